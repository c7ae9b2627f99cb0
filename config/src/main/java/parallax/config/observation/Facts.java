package parallax.config.observation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a check saw beside its outcome: the raw facts behind a verdict. Absent where the check did
 * not get that far.
 *
 * @param address the address that was connected to, without port
 * @param httpStatus the final status code
 * @param httpVersion "1.1" or "2"
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
    Optional<RegistrationSeen> registration) {

  /** More answers than this are dropped. */
  public static final int MAX_ANSWERS = 64;

  /** Longer names of issuers are cut, in UTF-16 code units. */
  public static final int MAX_ISSUER = 100;

  /** Longer texts about a registration are cut, in UTF-16 code units. */
  public static final int MAX_REGISTRATION = 200;

  /** More canonical names than this are dropped. */
  public static final int MAX_CANONICAL_NAMES = 16;

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
          Optional.empty());

  public Facts {
    answers =
        answers.stream()
            .limit(MAX_ANSWERS)
            .map(answer -> Printable.bounded(answer, Finding.MAX_DETAIL))
            .sorted()
            .toList();
    issuer = issuer.map(name -> Printable.bounded(name, MAX_ISSUER));
    canonicalNames =
        canonicalNames.stream()
            .map(name -> Printable.bounded(name, MAX_NAME))
            .distinct()
            .limit(MAX_CANONICAL_NAMES)
            .toList();
  }

  public Facts withAddress(String value) {
    return new Facts(
        Optional.of(value),
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
        registration);
  }

  public Facts withHttp(int status, String version) {
    return new Facts(
        address,
        Optional.of(status),
        Optional.of(version),
        tlsVersion,
        certificateExpiry,
        issuer,
        redirects,
        bodyBytes,
        answers,
        canonicalNames,
        signatureExpiry,
        registration);
  }

  public Facts withTls(String version, Optional<Instant> expiry) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        Optional.of(version),
        expiry,
        issuer,
        redirects,
        bodyBytes,
        answers,
        canonicalNames,
        signatureExpiry,
        registration);
  }

  public Facts withIssuer(String name) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        Optional.of(name),
        redirects,
        bodyBytes,
        answers,
        canonicalNames,
        signatureExpiry,
        registration);
  }

  public Facts withRedirects(int count) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        issuer,
        count,
        bodyBytes,
        answers,
        canonicalNames,
        signatureExpiry,
        registration);
  }

  public Facts withBodyBytes(long bytes) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        issuer,
        redirects,
        Optional.of(bytes),
        answers,
        canonicalNames,
        signatureExpiry,
        registration);
  }

  public Facts withAnswers(List<String> values) {
    return new Facts(
        address,
        httpStatus,
        httpVersion,
        tlsVersion,
        certificateExpiry,
        issuer,
        redirects,
        bodyBytes,
        values,
        canonicalNames,
        signatureExpiry,
        registration);
  }

  public Facts withCanonicalNames(List<String> names) {
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
        names,
        signatureExpiry,
        registration);
  }

  public Facts withSignatureExpiry(Instant end) {
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
        Optional.of(end),
        registration);
  }

  public Facts withRegistration(RegistrationSeen seen) {
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
        Optional.of(seen));
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
}
