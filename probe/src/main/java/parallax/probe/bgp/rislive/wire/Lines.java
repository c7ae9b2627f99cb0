package parallax.probe.bgp.rislive.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import parallax.probe.bgp.rislive.message.RisLiveReader;

/** Lines of bounded length. */
final class Lines {
  private static final int BUFFER = 16 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int at;
  private int end;

  Lines(InputStream in) {
    this.in = in;
  }

  /** The next whole line; empty at the end. */
  Optional<String> next() throws IOException {
    while (true) {
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      line.write(buffer, from, at - from);
      if (line.size() > RisLiveReader.MAX_FRAME) {
        throw new IOException("a line of more than " + RisLiveReader.MAX_FRAME + " bytes");
      }
      if (at < end) {
        at++;
        String text = line.toString(UTF_8);
        line.reset();
        return Optional.of(text);
      }
      at = 0;
      end = Math.max(0, in.read(buffer));
      if (end == 0) {
        return Optional.empty();
      }
    }
  }
}
