package parallax.coordinator.api.access;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.config.Configuration;
import parallax.coordinator.api.exchange.Network;

/** By which way a request came: from where, and whether nobody could read along. */
final class Ways {
  /** Addresses of a way that are looked at, from its end. */
  private static final int MAX_HOPS = 20;

  private static final String HTTPS = "https";

  private Ways() {}

  /** Of whom it comes: what proxies that are believed say, or the connection. */
  static String network(HttpServerRequest request, Configuration configuration) {
    List<String> proxies = configuration.access().proxies();
    SocketAddress peer = request.remoteAddress();
    String written = request.getHeader("X-Forwarded-For");
    if (written == null || !isAmong(proxies, host(peer))) {
      return Network.of(peer);
    }
    List<String> hops = Arrays.asList(written.split(",", -1)).reversed();
    for (String hop : hops.stream().limit(MAX_HOPS).map(String::strip).toList()) {
      if (!isAmong(proxies, Optional.of(hop))) {
        return isAddress(hop)
            ? Network.of(SocketAddress.inetSocketAddress(1, hop))
            : Network.of(peer);
      }
    }
    return Network.of(peer);
  }

  /** Whether the browser spoke https, as far as we know. */
  static boolean isSecure(HttpServerRequest request, Configuration configuration) {
    if (request.isSSL()) {
      return true;
    }
    String said = request.getHeader("X-Forwarded-Proto");
    if (said != null && isAmong(configuration.access().proxies(), host(request.remoteAddress()))) {
      return said.strip().toLowerCase(Locale.ROOT).equals(HTTPS);
    }
    Optional<URI> page = configuration.page().filter(address -> HTTPS.equals(address.getScheme()));
    return page.isPresent() && page.map(URI::getRawAuthority).equals(hostHeader(request));
  }

  /** As HTTP/1.1 and HTTP/2 (RFC 9113 section 8.3.1) have it. */
  static Optional<String> hostHeader(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("Host"))
        .or(() -> Optional.ofNullable(request.authority()).map(HostAndPort::toString));
  }

  static boolean isLoopback(@Nullable SocketAddress address) {
    return host(address).filter(Ways::isAddress).isPresent()
        && InetAddress.ofLiteral(host(address).orElseThrow()).isLoopbackAddress();
  }

  private static Optional<String> host(@Nullable SocketAddress address) {
    return address == null ? Optional.empty() : Optional.ofNullable(address.hostAddress());
  }

  private static boolean isAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether an address is in one of the networks, which are in CIDR notation. */
  static boolean isAmong(List<String> networks, Optional<String> address) {
    return address.filter(Ways::isAddress).isPresent()
        && networks.stream()
            .anyMatch(network -> contains(network, InetAddress.ofLiteral(address.orElseThrow())));
  }

  private static boolean contains(String network, InetAddress address) {
    int slash = network.indexOf('/');
    byte[] base = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
    byte[] bytes = address.getAddress();
    int bits = Integer.parseInt(network.substring(slash + 1));
    if (base.length != bytes.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int shift = 7 - bit % 8;
      if (((base[bit / 8] ^ bytes[bit / 8]) >> shift & 1) != 0) {
        return false;
      }
    }
    return true;
  }
}
