package parallax.probe.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.HttpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.secret.Secret;
import parallax.probe.net.NetworkPolicy;

/**
 * One request on its way.
 *
 * @param headers as configured, as far as they may go there
 * @param authorization value of the Authorization header
 * @param hop how the check came to want this server
 */
public record Outgoing(
    HttpUrl url,
    String method,
    List<HttpSpec.Header> headers,
    Optional<Secret> body,
    Optional<Secret> authorization,
    TlsPolicy tls,
    NetworkPolicy.Hop hop) {

  public Outgoing {
    headers = List.copyOf(headers);
  }

  static Outgoing first(
      HttpUrl url, HttpSpec spec, Optional<Secret> authorization, NetworkPolicy.Hop hop) {
    return new Outgoing(
        url, spec.method(), spec.headers(), spec.body(), authorization, spec.tls(), hop);
  }

  /** The same with these cookies, unless cookies were configured. */
  Outgoing with(Optional<Secret> cookies) {
    if (cookies.isEmpty() || has("cookie")) {
      return this;
    }
    List<HttpSpec.Header> all = new ArrayList<>(headers);
    all.add(new HttpSpec.Header("cookie", cookies.get()));
    return new Outgoing(url, method, all, body, authorization, tls, hop);
  }

  /** Whether a header of that name was configured. */
  boolean has(String name) {
    return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
  }
}
