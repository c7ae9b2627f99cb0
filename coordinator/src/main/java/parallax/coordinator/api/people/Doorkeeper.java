package parallax.coordinator.api.people;

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
import parallax.coordinator.api.exchange.Reply;

/**
 * Who may do something. Where tokens are configured: whoever shows one (RFC 6750) that has the
 * role. Where none are: whoever is on this machine, unless it was a proxy or a page in a browser.
 */
public final class Doorkeeper {
  private static final String BEARER = "bearer ";

  private Doorkeeper() {}

  /** Whether somebody comes in. */
  public sealed interface Answer {
    record Enters(Caller caller) implements Answer {}

    record StaysOut(Reply reply) implements Answer {}
  }

  /** Lets in whoever comes, but for pages that make their visitors come. */
  public static Answer anybody(Knock knock) {
    return isOfAnotherPage(knock)
        ? new Answer.StaysOut(elsewhere())
        : new Answer.Enters(new Caller(Caller.ANYBODY));
  }

  private static Reply elsewhere() {
    return Reply.problem(403, "a page of another origin may not do this in your name");
  }

  /** Takes the same time for every token. */
  public static Answer ask(List<ApiToken> tokens, Knock knock, Role needed) {
    if (isOfAnotherPage(knock)) {
      return new Answer.StaysOut(elsewhere());
    }
    return tokens.isEmpty() ? local(knock) : known(tokens, knock, needed);
  }

  private static Answer local(Knock knock) {
    boolean here =
        knock.loopback()
            && !knock.forwarded()
            && knock.host().map(Doorkeeper::isHere).orElse(false);
    return here
        ? new Answer.Enters(new Caller(Caller.LOCAL))
        : new Answer.StaysOut(
            unknown(
                "only whoever is on the coordinator's own machine may do this, as long as there are"
                    + " no tokens under 'api' in the configuration"));
  }

  private static Answer known(List<ApiToken> tokens, Knock knock, Role needed) {
    byte[] shown = digest(knock.authorization().flatMap(Doorkeeper::bearer).orElse(""));
    Optional<ApiToken> found = Optional.empty();
    for (ApiToken token : tokens) {
      boolean same = MessageDigest.isEqual(shown, digest(token.token().reveal()));
      // A reference that could not be resolved is no token.
      if (same && !token.token().reveal().isEmpty()) {
        found = Optional.of(token);
      }
    }
    if (found.isEmpty()) {
      return new Answer.StaysOut(unknown("a bearer token of this API is needed"));
    }
    return found.get().role().includes(needed)
        ? new Answer.Enters(new Caller(found.get().name()))
        : new Answer.StaysOut(
            Reply.problem(
                403, "the role " + word(needed) + " is needed, not " + word(found.get().role())));
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static Reply unknown(String why) {
    return Reply.problem(401, why).with("WWW-Authenticate", "Bearer");
  }

  private static Optional<String> bearer(String authorization) {
    boolean is = authorization.toLowerCase(Locale.ROOT).startsWith(BEARER);
    return is ? Optional.of(authorization.substring(BEARER.length()).strip()) : Optional.empty();
  }

  /** Browsers say from which page a request is that is not only read (RFC 6454 section 7). */
  private static boolean isOfAnotherPage(Knock knock) {
    Optional<String> page = knock.origin().map(origin -> origin.replaceFirst("^[a-z]+://", ""));
    return page.isPresent() && !page.equals(knock.host());
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
