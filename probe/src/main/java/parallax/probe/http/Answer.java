package parallax.probe.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.probe.http.body.Body;
import parallax.probe.http.body.BodyWindow;
import parallax.probe.tls.TlsClient;

/**
 * What a server answered.
 *
 * @param body as far as it was wanted and read
 * @param trailers fields after the body (RFC 9110 section 6.5)
 */
public record Answer(Head head, Optional<Body> body, Link link, HttpHeaders trailers) {
  /**
   * Status line and header.
   *
   * @param status RFC 9110 section 15
   * @param phrase as sent, may be empty
   * @param version "1.0", "1.1", "2" or "3"
   */
  public record Head(int status, String phrase, String version, HttpHeaders headers) {}

  /**
   * The connection it came over.
   *
   * @param address connected to: the server's, or the proxy's
   * @param proxied whether a proxy stood between
   * @param protocol what is spoken over it
   * @param warning what the certificate makes degraded
   * @param tls what the handshake showed, if there was one
   */
  public record Link(
      InetAddress address,
      boolean proxied,
      Protocol protocol,
      Optional<Finding> warning,
      Optional<TlsClient.Seen> tls) {}

  /** What is spoken over a connection. */
  public enum Protocol {
    /** 1.0 or 1.1, as the answer says. */
    HTTP_1,
    HTTP_2,
    HTTP_3
  }

  /** Who waits for the answer. */
  public interface Listener {
    /** How many bytes of the body are read at most. */
    default int maxBodyBytes() {
      return BodyWindow.MAX_BYTES;
    }

    /** The request is about to be sent over this connection. */
    default void sending(Link link) {}

    /** Whether the body has to be read. */
    boolean wantsBody(Head head);

    /** Whether its bytes have to be kept, or only counted. */
    boolean keepsBody(Head head);

    /** The answer is there and the connection closed. */
    void answered(Answer answer);
  }
}
