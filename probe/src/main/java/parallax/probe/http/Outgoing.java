package parallax.probe.http;

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

  static Outgoing first(HttpUrl url, HttpSpec spec, Optional<Secret> authorization) {
    return new Outgoing(
        url,
        spec.method(),
        spec.headers(),
        spec.body(),
        authorization,
        spec.tls(),
        NetworkPolicy.Hop.CONFIGURED);
  }

  /** Whether a header of that name was configured. */
  boolean has(String name) {
    return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
  }
}
