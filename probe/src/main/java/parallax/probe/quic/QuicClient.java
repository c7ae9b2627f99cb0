package parallax.probe.quic;

import java.net.InetAddress;
import java.util.function.Consumer;
import parallax.config.check.TlsPolicy.TlsVersion;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
import parallax.probe.tls.TlsClient;

/**
 * Connections by QUIC, each on a UDP socket of its own. The time until the first datagram of the
 * server counts as connecting, from there to the end of the handshake as TLS.
 */
public final class QuicClient {
  /** What HTTP/3 is called in ALPN (RFC 9114 section 3.1). */
  public static final String H3 = "h3";

  private final Connector connector;
  private final TlsClient tls;

  public QuicClient(Connector connector, TlsClient tls) {
    this.connector = connector;
    this.tls = tls;
  }

  /**
   * A connection whose server's certificate is good, or need not be; held by its attempt.
   *
   * @param address the one connected to
   */
  public record Connected(Http3Line line, InetAddress address, TlsClient.Session session) {}

  /**
   * Connects, shakes hands, and goes on with {@code next} when the certificate is good; else the
   * attempt has ended. {@code next} runs before anything but the handshake was said.
   *
   * @param terms that offer {@link #H3}
   */
  public void connect(
      Attempt attempt,
      Connector.Destination destination,
      TlsClient.Terms terms,
      Consumer<Connected> next) {
    if (terms.leniency().offered().newest().compareTo(TlsVersion.TLS_1_3) < 0) {
      attempt.failed(Reason.PROBE_NOT_CONFIGURED, "HTTP/3 needs TLS 1.3");
      return;
    }
    attempt.await(Reason.PROBE_OVERLOADED);
    tls.speaksQuic()
        .onComplete(
            speaks ->
                attempt.onLoop(
                    () -> {
                      if (speaks.succeeded() && speaks.result()) {
                        approach(attempt, destination, terms, next);
                      } else {
                        attempt.failed(
                            Reason.PROBE_NOT_CONFIGURED,
                            "HTTP/3 is not available on this machine:"
                                + " no native library of QUIC for it");
                      }
                    }));
  }

  private void approach(
      Attempt attempt,
      Connector.Destination destination,
      TlsClient.Terms terms,
      Consumer<Connected> next) {
    connector.approach(
        attempt,
        destination,
        Reason.UDP_NO_ANSWER,
        (socket, turn) ->
            Handshake.start(
                new Handshake.Way(attempt, connector, tls, terms),
                socket,
                turn,
                (line, session) -> {
                  if (session.protocol().filter(H3::equals).isEmpty()) {
                    attempt.failed(
                        new Finding(
                            Reason.TLS_HANDSHAKE, "the server does not agree to HTTP/3 (ALPN)"));
                  } else {
                    next.accept(new Connected(line, socket.address(), session));
                  }
                }));
  }
}
