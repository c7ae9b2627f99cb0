package parallax.probe.bgp.rislive.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection. Who does not take frames slows the sender down. One thread uses it; any may close
 * it.
 */
public interface Connection extends AutoCloseable {
  /**
   * Sends a frame.
   *
   * @throws IOException when it could not be sent in time
   */
  void send(String frame) throws IOException, InterruptedException;

  /**
   * The next frame, empty when none comes within {@code most}.
   *
   * @throws IOException with the reason, when the connection has ended and all its frames are taken
   */
  Optional<String> next(Duration most) throws IOException, InterruptedException;

  /** Ends it, without a word and without waiting. */
  @Override
  void close();
}
