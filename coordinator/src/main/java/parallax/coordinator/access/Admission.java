package parallax.coordinator.access;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;

/**
 * Whether somebody comes in: the one decision that every request goes through. Where people are
 * told apart: whoever shows a token (RFC 6750) or has a session with the role. Where they are not:
 * everybody to read, and whoever is on this machine to do, unless it was a proxy or another page.
 */
public final class Admission {
  private static final String BEARER = "bearer ";
  private static final String FORM_PLACE = "place";

  /** What Sec-Fetch-Site says of what the page itself or its reader asked for. */
  private static final List<String> OWN = List.of("same-origin", "none");

  private Admission() {}

  /** Whether somebody comes in. */
  public sealed interface Answer {
    record Enters(Asker asker) implements Answer {}

    /**
     * Not so.
     *
     * @param status of HTTP: 401 when it is not known who it is, 403 when they may not
     * @param why in words
     */
    record StaysOut(int status, String why) implements Answer {}
  }

  /** The decision. */
  public static Answer ask(Rules rules, Knock knock, Need need) {
    if (knock.deed().changes() && isOfAnotherPage(knock)) {
      return new Answer.StaysOut(403, "a page of another origin may not do this in your name");
    }
    Asker asker = asker(rules, knock);
    Optional<Answer.StaysOut> refusal =
        refusal(rules, asker, need).or(() -> refusal(rules, knock, asker, need));
    return refusal.isPresent() ? refusal.get() : new Answer.Enters(asker);
  }

  /** Who it is, as far as that is known. Takes the same time for every token. */
  public static Asker asker(Rules rules, Knock knock) {
    if (!rules.access().tellsApart()) {
      return isLocal(knock) ? new Asker.Local() : new Asker.Anybody();
    }
    Optional<String> shown = knock.authorization().flatMap(Admission::bearer);
    if (shown.isPresent()) {
      return token(rules.access().tokens(), shown.get())
          .<Asker>map(token -> new Asker.Bearer(token.name(), token.role()))
          .orElseGet(Asker.Anybody::new);
    }
    return session(rules, knock).<Asker>map(Asker.SignedIn::new).orElseGet(Asker.Anybody::new);
  }

  private static Optional<Answer.StaysOut> refusal(Rules rules, Asker asker, Need need) {
    boolean open =
        need == Need.VIEWER && (!rules.access().tellsApart() || rules.access().readByAnybody());
    if (need.role().isEmpty() || open) {
      return Optional.empty();
    }
    Role needed = need.role().get();
    if (asker.role().isEmpty()) {
      return Optional.of(new Answer.StaysOut(401, unknown(rules)));
    }
    Role held = asker.role().get();
    return held.includes(needed)
        ? Optional.empty()
        : Optional.of(
            new Answer.StaysOut(403, "the role " + word(needed) + " is needed, not " + word(held)));
  }

  private static String unknown(Rules rules) {
    return rules.access().tellsApart()
        ? "a bearer token of this API, or to be signed in, is needed"
        : "only whoever is on the coordinator's own machine may do this, as long as there are no"
            + " tokens under 'api' in the configuration";
  }

  /** What a browser sends by itself is not enough to do something: a form of ours shows more. */
  private static Optional<Answer.StaysOut> refusal(
      Rules rules, Knock knock, Asker asker, Need need) {
    boolean bySession =
        asker instanceof Asker.SignedIn && knock.deed().changes() && need != Need.PUBLIC;
    boolean needed = (knock.deed().form() && !(asker instanceof Asker.Bearer)) || bySession;
    if (!needed) {
      return Optional.empty();
    }
    boolean shown =
        rules
            .seal()
            .flatMap(
                seal ->
                    formId(rules, knock, asker)
                        .flatMap(id -> knock.deed().token().map(t -> FormToken.isOf(seal, id, t))))
            .orElse(false);
    return shown
        ? Optional.empty()
        : Optional.of(
            new Answer.StaysOut(
                403, "this form is not of this session; load the page again and send it anew"));
  }

  /** What the forms of somebody are bound to: the session, or what stands in its place. */
  public static Optional<String> formId(Rules rules, Knock knock, Asker asker) {
    if (asker instanceof Asker.SignedIn(Session session)) {
      return Optional.of(session.id());
    }
    return rules
        .seal()
        .flatMap(seal -> knock.place().flatMap(cookie -> seal.opened(FORM_PLACE, cookie)));
  }

  /** The cookie that stands in the place of a session, of an id that nobody else has. */
  public static String place(Seal seal, String id) {
    return seal.sealed(FORM_PLACE, id);
  }

  /** The session that a request shows, if it holds and what it rests on is as it was. */
  private static Optional<Session> session(Rules rules, Knock knock) {
    if (rules.seal().isEmpty() || knock.session().isEmpty()) {
      return Optional.empty();
    }
    Seal seal = rules.seal().get();
    return Session.opened(seal, knock.session().get())
        .filter(session -> session.holds(knock.at()))
        .filter(session -> !rules.ended().covers(session))
        .filter(session -> stands(rules, seal, session));
  }

  private static boolean stands(Rules rules, Seal seal, Session session) {
    return switch (session.by()) {
      case Session.ByToken(String name, String proof) ->
          rules.access().tokens().stream()
              .filter(token -> token.name().equals(name) && token.role() == session.role())
              .filter(token -> !token.token().reveal().isEmpty())
              .anyMatch(token -> Seal.same(Rules.proof(seal, token), proof));
      case Session.ByPerson(_, String proof) ->
          rules
              .access()
              .oidc()
              .filter(provider -> Seal.same(Rules.proof(seal, provider), proof))
              .isPresent();
    };
  }

  /** The token that is shown; takes the same time for every one. */
  public static Optional<ApiToken> token(List<ApiToken> tokens, String shown) {
    byte[] digest = digest(shown);
    Optional<ApiToken> found = Optional.empty();
    for (ApiToken token : tokens) {
      boolean same = MessageDigest.isEqual(digest, digest(token.token().reveal()));
      // A reference that could not be resolved is no token.
      if (same && !token.token().reveal().isEmpty()) {
        found = Optional.of(token);
      }
    }
    return found;
  }

  private static boolean isLocal(Knock knock) {
    return knock.from().loopback()
        && !knock.from().forwarded()
        && knock.from().host().map(Admission::isHere).orElse(false);
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> bearer(String authorization) {
    boolean is = authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
    return is ? Optional.of(authorization.substring(BEARER.length()).strip()) : Optional.empty();
  }

  /**
   * Browsers say from which page a request is that is not only read. The newer header counts where
   * both are there: Origin is null in what a page sends that keeps its address to itself.
   */
  public static boolean isOfAnotherPage(Knock knock) {
    if (knock.page().site().isPresent()) {
      return !OWN.contains(knock.page().site().get());
    }
    Optional<String> page = knock.page().origin().map(text -> text.replaceFirst("^[a-z]+://", ""));
    return page.isPresent() && !page.equals(knock.from().host());
  }

  /** Whether a Host header names this machine, and not a name that somebody made lead to it. */
  private static boolean isHere(String header) {
    Optional<String> host = host(header);
    if (host.isEmpty()) {
      return false;
    }
    if (host.get().equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host.get()).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<String> host(String header) {
    try {
      return Optional.ofNullable(new URI("//" + header).getHost());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static byte[] digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
