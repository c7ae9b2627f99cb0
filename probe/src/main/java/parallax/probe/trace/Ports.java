package parallax.probe.trace;

import java.net.URI;
import java.util.Optional;
import parallax.config.check.BgpSpec;
import parallax.config.check.CheckSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.RegistrationSpec;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec;

/** Which ports checks connect to. */
final class Ports {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private Ports() {}

  /**
   * The port that a check connects to first: a redirect may lead to another. Empty where it does
   * not connect, or to a server that is known only while it goes on.
   */
  static Optional<Integer> of(CheckSpec spec) {
    return switch (spec) {
      case TcpSpec tcp -> Optional.of(tcp.server().port());
      case TlsSpec tls -> Optional.of(tls.server().port());
      case CheckSpec.ServiceSpec service -> Optional.of(service.server().port());
      case HttpSpec http -> Optional.of(port(http.url(), http.proxy()));
      case HttpSpec.Openid openid -> Optional.of(port(openid.issuer(), openid.proxy()));
      case HttpSpec.Page page -> of(page.page());
      case HttpSpec.Journey _,
          CheckSpec.PacketSpec _,
          DnsSpec _,
          ZoneSpec _,
          RegistrationSpec _,
          BgpSpec _ ->
          Optional.empty();
    };
  }

  private static int port(URI url, Optional<HttpSpec.ProxyAddress> proxy) {
    if (proxy.isPresent()) {
      return proxy.get().server().port();
    }
    return url.getPort() > 0 ? url.getPort() : "http".equals(url.getScheme()) ? HTTP : HTTPS;
  }
}
