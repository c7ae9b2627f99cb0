package parallax.probe.blackbox.read;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import parallax.probe.blackbox.module.HttpClientSettings.Login;
import parallax.probe.blackbox.module.HttpClientSettings.ProxyUrl;
import parallax.probe.blackbox.module.Value;

/** Proxies as URLs. */
public final class ProxyText {
  private static final int HTTP = 80;

  private ProxyText() {}

  /** The proxy at a URL with scheme http; empty when it is another. */
  public static Optional<ProxyUrl> read(String text) {
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
      return Optional.of(new ProxyUrl(host, url.getPort() < 0 ? HTTP : url.getPort(), credentials));
    } catch (URISyntaxException notUrl) {
      return Optional.empty();
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
