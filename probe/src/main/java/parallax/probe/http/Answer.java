package parallax.probe.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.probe.http.body.Body;

/**
 * What a server answered.
 *
 * @param body as far as it was wanted and read
 */
record Answer(Head head, Optional<Body> body, Link link) {
  /**
   * Status line and header.
   *
   * @param status RFC 9110 section 15
   * @param phrase as sent, may be empty
   * @param version "1.0", "1.1" or "2"
   */
  record Head(int status, String phrase, String version, HttpHeaders headers) {}

  /**
   * The connection it came over.
   *
   * @param address connected to: the server's, or the proxy's
   * @param proxied whether a proxy stood between
   * @param http2 whether HTTP/2 was spoken
   * @param warning what the certificate makes degraded
   */
  record Link(InetAddress address, boolean proxied, boolean http2, Optional<Finding> warning) {}

  /** Who waits for the answer. */
  interface Listener {
    /** Whether the body has to be read. */
    boolean wantsBody(Head head);

    /** Whether its bytes have to be kept, or only counted. */
    boolean keepsBody(Head head);

    /** The answer is there and the connection closed. */
    void answered(Answer answer);
  }
}
