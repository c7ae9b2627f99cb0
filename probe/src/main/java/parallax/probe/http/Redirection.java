package parallax.probe.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.config.check.HttpSpec.Header;
import parallax.config.check.TlsPolicy;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.net.NetworkPolicy;

/**
 * What request a redirect leads to (RFC 9110 section 15.4). Whatever may hold a secret stays with
 * the origin it was configured for: at another one credentials, the body, the client certificate
 * and all configured headers but the harmless ones are left behind, and they do not come back.
 */
final class Redirection {
  private static final int MAX_LOCATION = 8192;

  private static final List<String> HARMLESS =
      List.of(
          "accept",
          "accept-encoding",
          "accept-language",
          "cache-control",
          "pragma",
          "upgrade-insecure-requests",
          "user-agent");

  private Redirection() {}

  /** What comes of it. */
  sealed interface Next {}

  record Follow(Outgoing request) implements Next {}

  record Refused(Finding finding) implements Next {}

  static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /**
   * The request after {@code from}.
   *
   * @param location value of the Location header
   * @param hop how this redirect is to be judged by the network policy
   */
  static Next next(Outgoing from, int status, Optional<String> location, NetworkPolicy.Hop hop) {
    if (location.isEmpty() || location.get().length() > MAX_LOCATION) {
      return invalid(location.isEmpty() ? status + " without Location" : "Location too long");
    }
    String written = location.get();
    Optional<URI> uri = from.url().locate(written);
    Optional<HttpUrl> url = uri.flatMap(HttpUrl::of);
    if (url.isEmpty()) {
      return invalid(withoutUserInfo(written));
    }
    return follow(from, url.get(), status, hop);
  }

  private static Next follow(Outgoing from, HttpUrl to, int status, NetworkPolicy.Hop hop) {
    boolean rewritten =
        (status == 303 && !from.method().equals("HEAD"))
            || ((status == 301 || status == 302) && from.method().equals("POST"));
    boolean sameOrigin = to.origin().equals(from.url().origin());
    boolean upgraded = to.secure() && !from.url().secure() && to.host().equals(from.url().host());
    Optional<Secret> body = rewritten ? Optional.empty() : from.body();
    if (body.isPresent() && !sameOrigin && !upgraded) {
      return new Refused(
          new Finding(
              Reason.HTTP_REDIRECT_FORBIDDEN,
              status + " would carry the request's body to " + to.origin()));
    }
    List<Header> headers =
        from.headers().stream()
            .filter(header -> sameOrigin || HARMLESS.contains(lower(header)))
            .filter(header -> !rewritten || !lower(header).startsWith("content-"))
            .toList();
    return new Follow(
        new Outgoing(
            to,
            rewritten ? "GET" : from.method(),
            headers,
            body,
            sameOrigin ? from.authorization() : Optional.empty(),
            sameOrigin ? from.tls() : elsewhere(from.tls()),
            hop));
  }

  /** The policy for another origin: same demands, but neither our certificate nor another name. */
  private static TlsPolicy elsewhere(TlsPolicy policy) {
    return new TlsPolicy(
        policy.expiryWarn(),
        policy.expiryFail(),
        policy.authorities(),
        Optional.empty(),
        Optional.empty(),
        policy.minimum());
  }

  private static String lower(Header header) {
    return header.name().toLowerCase(Locale.ROOT);
  }

  private static Refused invalid(String detail) {
    return new Refused(new Finding(Reason.HTTP_REDIRECT_INVALID, detail));
  }

  private static String withoutUserInfo(String location) {
    int at = location.indexOf('@');
    int authority = location.indexOf("//");
    return authority >= 0 && at > authority
        ? location.substring(0, authority + 2) + "…" + location.substring(at)
        : location;
  }
}
