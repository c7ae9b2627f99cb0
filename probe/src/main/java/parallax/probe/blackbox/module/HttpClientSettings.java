package parallax.probe.blackbox.module;

import java.util.List;
import java.util.Optional;

/**
 * What Prometheus calls the configuration of an HTTP client.
 *
 * @param headers of {@code http_headers}
 */
public record HttpClientSettings(
    Login login,
    TlsSettings tls,
    boolean followRedirects,
    boolean http2,
    ProxySettings proxy,
    List<Header> headers) {
  /** Without anything special. */
  public static final HttpClientSettings DEFAULT =
      new HttpClientSettings(
          new Login.None(), TlsSettings.DEFAULT, true, true, ProxySettings.NONE, List.of());

  public HttpClientSettings {
    headers = List.copyOf(headers);
  }

  /** A header field of a request. */
  public record Header(String name, Value value) {}

  /**
   * Through which proxy.
   *
   * @param url empty: none
   * @param except hosts that are reached directly, as Go's {@code NO_PROXY} has them
   * @param fromEnvironment whether HTTP_PROXY, HTTPS_PROXY and NO_PROXY count
   * @param connectHeaders sent to the proxy
   */
  public record ProxySettings(
      Optional<ProxyUrl> url,
      List<String> except,
      boolean fromEnvironment,
      List<Header> connectHeaders) {
    public static final ProxySettings NONE =
        new ProxySettings(Optional.empty(), List.of(), false, List.of());

    public ProxySettings {
      except = List.copyOf(except);
      connectHeaders = List.copyOf(connectHeaders);
    }
  }

  /** A proxy that speaks HTTP, with the credentials of its URL. */
  public record ProxyUrl(String host, int port, Optional<Login.Basic> credentials) {}

  /** Who we say that we are. */
  public sealed interface Login {
    record None() implements Login {}

    /** RFC 7617. */
    record Basic(Value user, Value password) implements Login {}

    /** A header Authorization of that type. */
    record Typed(String type, Value credentials) implements Login {}

    /** By a token for client credentials (RFC 6749 section 4.4). */
    record ByToken(
        String clientId,
        Value clientSecret,
        String tokenUrl,
        List<String> scopes,
        List<Parameter> parameters)
        implements Login {
      public ByToken {
        scopes = List.copyOf(scopes);
        parameters = List.copyOf(parameters);
      }
    }
  }

  /** One of {@code endpoint_params}. */
  public record Parameter(String name, String value) {}
}
