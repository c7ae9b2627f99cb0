package parallax.coordinator.uplink;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import parallax.coordinator.uplink.session.Rules;
import parallax.coordinator.uplink.socket.Door;
import parallax.coordinator.uplink.socket.PemFiles;

/**
 * Where the uplink listens and what it puts up with.
 *
 * @param port 0: any
 * @param tls empty: plain, for a loopback address or behind a proxy that ends TLS
 */
public record UplinkSettings(String host, int port, Optional<Tls> tls, Bounds bounds, Rules rules) {
  /** With the bounds that are meant for operation. */
  public static UplinkSettings of(String host, int port, Optional<Tls> tls) {
    return new UplinkSettings(host, port, tls, Bounds.USUAL, Rules.USUAL);
  }

  /**
   * PEM files, read again when they change.
   *
   * @param certificate the chain, the own one first
   * @param clientCa who vouches for certificates of probes; empty: only tokens count
   */
  public record Tls(Path certificate, Path key, Optional<Path> clientCa) {
    PemFiles read() throws IOException {
      return PemFiles.read(certificate, key, clientCa);
    }
  }

  /**
   * Bounds of the server as a whole.
   *
   * @param handshake until the WebSocket must be there
   * @param slow a reader that takes nothing for so long is cut
   */
  public record Bounds(Door.Limits door, Duration handshake, Duration slow) {
    /**
     * For operation: a thousand probes and those that took their place, some behind one address.
     */
    public static final Bounds USUAL =
        new Bounds(
            new Door.Limits(4_000, 1_500, 20), Duration.ofSeconds(10), Duration.ofSeconds(20));
  }
}
