package parallax.probe.blackbox.module;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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
  public record ProxyUrl(String host, int port, Optional<Login.Basic> credentials) {
    private static final int HTTP = 80;

    /** The proxy at a URL with scheme http; empty when it is another. */
    public static Optional<ProxyUrl> parse(String text) {
      try {
        URI url = new URI(text);
        if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
          return Optional.empty();
        }
        String host = url.getHost().replaceAll("^\\[|]$", "");
        Optional<Login.Basic> credentials =
            Optional.ofNullable(url.getRawUserInfo())
                .map(
                    info -> {
                      String[] parts = info.split(":", 2);
                      return new Login.Basic(
                          Value.of(decoded(parts[0])),
                          Value.of(parts.length > 1 ? decoded(parts[1]) : ""));
                    });
        return Optional.of(
            new ProxyUrl(host, url.getPort() < 0 ? HTTP : url.getPort(), credentials));
      } catch (URISyntaxException notUrl) {
        return Optional.empty();
      }
    }

    private static String decoded(String text) {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }

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
