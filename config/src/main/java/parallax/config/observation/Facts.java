package parallax.config.observation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.WalkSeen;

/**
 * What a check saw beside its outcome: the raw facts behind a verdict. Absent where the check did
 * not get that far.
 *
 * @param address the address that was connected to, without port
 * @param httpStatus the final status code
 * @param httpVersion "1.1", "2" or "3"
 * @param tlsVersion "TLSv1.3"
 * @param certificateExpiry the earliest notAfter of the chain that the server sent
 * @param issuer who issued the server's own certificate, trusted or not: the organisation, or the
 *     common name where there is none; at most {@link #MAX_ISSUER} characters
 * @param redirects how many redirects were followed
 * @param bodyBytes bytes of body read, decoded
 * @param answers DNS answers in presentation form, sorted, at most {@link #MAX_ANSWERS}
 * @param canonicalNames the chain of aliases that names led through (RFC 1034 section 3.6.2), in
 *     lower case, without the last dot, no two the same, at most {@link #MAX_CANONICAL_NAMES}
 * @param signatureExpiry when the first of the zone's own signatures ends (RFC 4034 section 3.1.5)
 * @param registration who holds the domain, as its registry told last
 * @param routes that the target stands on, no two the same, at most {@link #MAX_ROUTES}
 * @param chain the certificates that were sent; told again only when they change, and now and then
 * @param walk the way from the root; told again only when it changes, and now and then
 * @param parts the requests of which the look is made, where there are several
 * @param reach what was seen on the way to the server, and of packets without a connection
 */
public record Facts(
    Optional<String> address,
    Optional<Integer> httpStatus,
    Optional<String> httpVersion,
    Optional<String> tlsVersion,
    Optional<Instant> certificateExpiry,
    Optional<String> issuer,
    int redirects,
    Optional<Long> bodyBytes,
    List<String> answers,
    List<String> canonicalNames,
    Optional<Instant> signatureExpiry,
    Optional<RegistrationSeen> registration,
    List<RouteSeen> routes,
    Optional<ChainSeen> chain,
    Optional<WalkSeen> walk,
    Optional<PartsSeen> parts,
    Optional<ReachSeen> reach) {

  /** More answers than this are dropped. */
  public static final int MAX_ANSWERS = 64;

  /** Longer names of issuers are cut, in UTF-16 code units. */
  public static final int MAX_ISSUER = 100;

  /** Longer texts about a registration are cut, in UTF-16 code units. */
  public static final int MAX_REGISTRATION = 200;

  /** More canonical names than this are dropped. */
  public static final int MAX_CANONICAL_NAMES = 16;

  /** More routes than this are dropped. */
  public static final int MAX_ROUTES = 64;

  /** The longest name (RFC 1035 section 2.3.4), written without escapes. */
  private static final int MAX_NAME = 253;

  public static final Facts NONE =
      new Facts(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public Facts {
    // Facts are noted one by one, and most checks have none of these.
    answers = answers.isEmpty() ? List.of() : boundedAnswers(answers);
    issuer = issuer.map(name -> Printable.bounded(name, MAX_ISSUER));
    canonicalNames = canonicalNames.isEmpty() ? List.of() : boundedNames(canonicalNames);
    routes = routes.isEmpty() ? List.of() : routes.stream().distinct().limit(MAX_ROUTES).toList();
  }

  private static List<String> boundedAnswers(List<String> answers) {
    return answers.stream()
        .limit(MAX_ANSWERS)
        .map(answer -> Printable.bounded(answer, Finding.MAX_DETAIL))
        .sorted()
        .toList();
  }

  private static List<String> boundedNames(List<String> names) {
    return names.stream()
        .map(name -> Printable.bounded(name, MAX_NAME))
        .distinct()
        .limit(MAX_CANONICAL_NAMES)
        .toList();
  }

  public Facts withAddress(String value) {
    return with(draft -> draft.address = Optional.of(value));
  }

  public Facts withHttp(int status, String version) {
    return with(
        draft -> {
          draft.httpStatus = Optional.of(status);
          draft.httpVersion = Optional.of(version);
        });
  }

  public Facts withTls(String version, Optional<Instant> expiry) {
    return with(
        draft -> {
          draft.tlsVersion = Optional.of(version);
          draft.certificateExpiry = expiry;
        });
  }

  public Facts withIssuer(String name) {
    return with(draft -> draft.issuer = Optional.of(name));
  }

  public Facts withRedirects(int count) {
    return with(draft -> draft.redirects = count);
  }

  public Facts withBodyBytes(long bytes) {
    return with(draft -> draft.bodyBytes = Optional.of(bytes));
  }

  public Facts withAnswers(List<String> values) {
    return with(draft -> draft.answers = values);
  }

  public Facts withCanonicalNames(List<String> names) {
    return with(draft -> draft.canonicalNames = names);
  }

  public Facts withSignatureExpiry(Instant end) {
    return with(draft -> draft.signatureExpiry = Optional.of(end));
  }

  public Facts withRegistration(RegistrationSeen seen) {
    return with(draft -> draft.registration = Optional.of(seen));
  }

  public Facts withRoutes(List<RouteSeen> seen) {
    return with(draft -> draft.routes = seen);
  }

  public Facts withChain(ChainSeen seen) {
    return with(draft -> draft.chain = Optional.of(seen));
  }

  public Facts withWalk(WalkSeen seen) {
    return with(draft -> draft.walk = Optional.of(seen));
  }

  public Facts withParts(PartsSeen seen) {
    return with(draft -> draft.parts = Optional.of(seen));
  }

  /** With what {@code seen} says, beside what is known of the way already. */
  public Facts withReach(ReachSeen seen) {
    return with(draft -> draft.reach = Optional.of(reach.map(seen::beside).orElse(seen)));
  }

  /** The same without what is told again only when it changes. */
  public Facts brief() {
    return isBrief()
        ? this
        : with(
            draft -> {
              draft.chain = Optional.empty();
              draft.walk = Optional.empty();
            });
  }

  /** Whether {@link #brief} leaves it as it is. */
  public boolean isBrief() {
    return chain.isEmpty() && walk.isEmpty();
  }

  private Facts with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.done();
  }

  /** Facts while one of them is changed. */
  private static final class Draft {
    private Optional<String> address;
    private Optional<Integer> httpStatus;
    private Optional<String> httpVersion;
    private Optional<String> tlsVersion;
    private Optional<Instant> certificateExpiry;
    private Optional<String> issuer;
    private int redirects;
    private Optional<Long> bodyBytes;
    private List<String> answers;
    private List<String> canonicalNames;
    private Optional<Instant> signatureExpiry;
    private Optional<RegistrationSeen> registration;
    private List<RouteSeen> routes;
    private Optional<ChainSeen> chain;
    private Optional<WalkSeen> walk;
    private Optional<PartsSeen> parts;
    private Optional<ReachSeen> reach;

    Draft(Facts facts) {
      address = facts.address;
      httpStatus = facts.httpStatus;
      httpVersion = facts.httpVersion;
      tlsVersion = facts.tlsVersion;
      certificateExpiry = facts.certificateExpiry;
      issuer = facts.issuer;
      redirects = facts.redirects;
      bodyBytes = facts.bodyBytes;
      answers = facts.answers;
      canonicalNames = facts.canonicalNames;
      signatureExpiry = facts.signatureExpiry;
      registration = facts.registration;
      routes = facts.routes;
      chain = facts.chain;
      walk = facts.walk;
      parts = facts.parts;
      reach = facts.reach;
    }

    Facts done() {
      return new Facts(
          address,
          httpStatus,
          httpVersion,
          tlsVersion,
          certificateExpiry,
          issuer,
          redirects,
          bodyBytes,
          answers,
          canonicalNames,
          signatureExpiry,
          registration,
          routes,
          chain,
          walk,
          parts,
          reach);
    }
  }

  /**
   * Who holds a domain, as its registry told.
   *
   * @param domain the registrable name, in A-labels, lower case
   * @param registry the host that was asked
   * @param registrar by name; at most {@link #MAX_REGISTRATION} characters
   * @param contact mail address or page of who can mend it; at most {@link #MAX_REGISTRATION}
   *     characters
   * @param expiry the earliest end that is told
   * @param asOf when it was told
   */
  public record RegistrationSeen(
      String domain,
      String registry,
      Optional<String> registrar,
      Optional<String> contact,
      Optional<Instant> expiry,
      Instant asOf) {
    public RegistrationSeen {
      domain = Printable.bounded(domain, MAX_REGISTRATION);
      registry = Printable.bounded(registry, MAX_REGISTRATION);
      registrar = registrar.map(text -> Printable.bounded(text, MAX_REGISTRATION));
      contact = contact.map(text -> Printable.bounded(text, MAX_REGISTRATION));
    }
  }

  /** What is reached by a route. */
  public enum RouteRole {
    /** The servers of the zone that the target's name lies in. */
    NAME_SERVERS,
    /** The service itself. */
    SERVERS
  }

  /**
   * A route that a target stands on, as collectors of routes see it.
   *
   * @param prefix in CIDR notation (RFC 4632, RFC 4291 section 2.3): the longest that is normally
   *     announced for the addresses
   * @param origins the autonomous systems that normally announce it, sorted; empty while unknown
   * @param addresses that stand on it, at most {@link #MAX_ADDRESSES}; with their names for name
   *     servers: {@code a.ns.example 192.0.2.1}
   * @param sight how it is seen now; empty when nothing can be said: collectors are not heard, or
   *     it is still being learnt
   */
  public record RouteSeen(
      String prefix,
      List<Long> origins,
      RouteRole role,
      List<String> addresses,
      Optional<RouteSight> sight) {
    /** More addresses than this are dropped. */
    public static final int MAX_ADDRESSES = 8;

    public RouteSeen {
      prefix = Printable.bounded(prefix, MAX_NAME);
      origins = origins.stream().sorted().distinct().limit(MAX_ADDRESSES).toList();
      addresses =
          addresses.stream()
              .map(address -> Printable.bounded(address, MAX_NAME + MAX_REGISTRATION))
              .distinct()
              .limit(MAX_ADDRESSES)
              .toList();
    }
  }

  /**
   * How a prefix is seen by peers of route collectors.
   *
   * @param reach the verdict with memory, as a word: {@code VISIBLE}, {@code PARTIAL}, {@code
   *     WITHDRAWN}, {@code FALLBACK}, {@code RECOVERING}, {@code LOCAL_COLLECTOR}
   * @param seeing how many voters have it
   * @param known of how many that had it lately and are heard
   * @param origin who announces it to most of those that have it
   * @param coveredBy the less specific prefix that is left of it
   * @param since when its reach began
   * @param firstLoss when the first voter of this time lost it
   */
  public record RouteSight(
      String reach,
      int seeing,
      int known,
      Optional<Long> origin,
      Optional<String> coveredBy,
      Instant since,
      Optional<Instant> firstLoss) {
    public RouteSight {
      reach = Printable.bounded(reach, MAX_REGISTRATION);
      coveredBy = coveredBy.map(prefix -> Printable.bounded(prefix, MAX_REGISTRATION));
      if (seeing < 0 || known < seeing) {
        throw new IllegalArgumentException(seeing + " of " + known + " see it");
      }
    }

    /** The share of voters that have it, from 0 to 1; 1 where nobody is known. */
    public double visibility() {
      return known == 0 ? 1 : (double) seeing / known;
    }
  }
}
