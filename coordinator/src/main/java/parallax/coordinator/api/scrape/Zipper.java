package parallax.coordinator.api.scrape;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import parallax.coordinator.metrics.MetricsPage;

/** Compresses a page while it is read (RFC 1952), for little CPU time rather than little size. */
final class Zipper {
  /** What is compressed is handed on in parts of at least so many bytes. */
  private static final int PART = 32 * 1024;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * PART);
  private final FastGzip zip;
  private boolean over;

  Zipper() {
    try {
      zip = new FastGzip(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** The next part; none when that was all. */
  Optional<Buffer> next(MetricsPage.Reading reading) {
    try {
      while (!over && bytes.size() < PART) {
        Optional<Buffer> part = reading.next();
        if (part.isPresent()) {
          zip.write(part.get().getBytes());
        } else {
          over = true;
          zip.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    if (bytes.size() == 0) {
      return Optional.empty();
    }
    Buffer made = Buffer.buffer(bytes.toByteArray());
    bytes.reset();
    return Optional.of(made);
  }

  /** The level can be set by a subclass only. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out, PART);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
