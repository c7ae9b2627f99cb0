package parallax.probe.service.talk;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What comes next in a dialogue. */
public sealed interface Move {

  /** Says {@code bytes}, which may be none, and listens. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Say(byte[] bytes, Step then) implements Move {}

  /** Goes over to TLS, and then on. */
  record Secure(Supplier<Move> then) implements Move {}

  /**
   * The service works.
   *
   * @param seen what it said of itself
   * @param farewell sent before the connection is closed; may be empty
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Fine(String seen, byte[] farewell) implements Move {}

  /**
   * The service works. What is left to say is said, and the end is waited for a while: nothing that
   * comes of it makes the service worse.
   *
   * @param until ends the wait with a {@link Fine}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Leave(Fine done, byte[] farewell, Step until) implements Move {}

  static Move listen(Step then) {
    return new Say(new byte[0], then);
  }

  /** Says a line, ended as the protocols of the Internet do. */
  static Move line(String line, Step then) {
    return new Say((line + "\r\n").getBytes(StandardCharsets.UTF_8), then);
  }

  static Move fine(String seen, String farewell) {
    return new Fine(seen, farewell.getBytes(StandardCharsets.US_ASCII));
  }
}
