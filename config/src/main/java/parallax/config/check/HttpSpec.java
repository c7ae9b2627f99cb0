package parallax.config.check;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.check.http.HttpCredentials;
import parallax.config.check.http.HttpExpect;
import parallax.config.secret.Secret;

/**
 * Makes an HTTP request over a fresh connection and judges the answer (RFC 9110).
 *
 * @param url absolute, http or https, without user info and fragment
 * @param method in upper case
 * @param headers sent in this order; values may hold secrets
 * @param version which protocol versions are offered
 * @param redirects how many are followed; 0 judges the redirect itself
 * @param tls also for https that a redirect leads to
 */
public record HttpSpec(
    URI url,
    String method,
    List<Header> headers,
    Optional<Secret> body,
    HttpExpect expect,
    HttpCredentials credentials,
    Version version,
    int redirects,
    TlsPolicy tls,
    Optional<ProxyAddress> proxy,
    Naming naming,
    Duration timeout)
    implements CheckSpec {

  /** How many redirects are followed unless configured otherwise. */
  public static final int DEFAULT_REDIRECTS = 5;

  /** The most redirects that can be configured. */
  public static final int MAX_REDIRECTS = 10;

  public HttpSpec {
    headers = List.copyOf(headers);
    if (redirects < 0 || redirects > MAX_REDIRECTS) {
      throw new IllegalArgumentException("redirects must be 0 to 10: " + redirects);
    }
  }

  @Override
  public CheckKind kind() {
    return CheckKind.HTTP;
  }

  /** A request header. */
  public record Header(String name, Secret value) {}

  /** Which protocol versions are offered. */
  public enum Version {
    /** HTTP/2 where the server agrees (ALPN), else HTTP/1.1. */
    ANY,
    HTTP_1_1,
    HTTP_2
  }

  /** A forward proxy (CONNECT for https), with credentials where it asks for them. */
  public record ProxyAddress(ServerAddress server, Optional<HttpCredentials.Basic> credentials) {}
}
