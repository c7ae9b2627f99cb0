package parallax.coordinator.uplink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the uplink listens and what it puts up with.
 *
 * @param port 0: any
 * @param tls empty: plain, for a loopback address or behind a proxy that ends TLS
 */
public record UplinkSettings(String host, int port, Optional<Tls> tls, Bounds bounds) {
  /** With the bounds that are meant for operation. */
  public static UplinkSettings of(String host, int port, Optional<Tls> tls) {
    return new UplinkSettings(host, port, tls, Bounds.USUAL);
  }

  /**
   * PEM files, read again when they change.
   *
   * @param certificate the chain, the own one first
   * @param clientCa who vouches for certificates of probes; empty: only tokens count
   */
  public record Tls(Path certificate, Path key, Optional<Path> clientCa) {}

  /**
   * Bounds of the server as a whole; those of one stream are {@link
   * parallax.coordinator.uplink.session.Rules}.
   *
   * @param sockets open at once
   * @param socketsPerAddress of one address
   * @param handshakesPerSecond of one address; as many may come at once
   * @param handshake until the WebSocket must be there
   * @param slow a reader that takes nothing for so long is cut
   */
  public record Bounds(
      int sockets,
      int socketsPerAddress,
      int handshakesPerSecond,
      Duration handshake,
      Duration slow) {
    /** For operation: a thousand probes, some of them behind one address. */
    public static final Bounds USUAL =
        new Bounds(4_000, 1_500, 20, Duration.ofSeconds(10), Duration.ofSeconds(20));
  }
}
