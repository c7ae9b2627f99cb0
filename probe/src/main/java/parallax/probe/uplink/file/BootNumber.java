package parallax.probe.uplink.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number of a run of the probe: the milliseconds of its start since the epoch, but always more
 * than any run before had, though the clock may have been set back.
 */
public final class BootNumber {
  private static final Logger LOG = LoggerFactory.getLogger(BootNumber.class);
  private static final int MAX_BYTES = 32;

  private BootNumber() {}

  /**
   * Takes the next number, and writes it down.
   *
   * @param file where the last one is kept; when it cannot be written, only the clock tells runs
   *     apart, which is logged
   */
  public static long next(Path file, Instant now) {
    long next = Math.max(now.toEpochMilli(), last(file) + 1);
    try {
      PrivateFile.replace(file, (next + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      LOG.warn("boot={} written=false why=\"{}\"", next, e.toString());
    }
    return next;
  }

  private static long last(Path file) {
    if (!Files.exists(file)) {
      return Long.MIN_VALUE;
    }
    try {
      String text = new String(PrivateFile.read(file, MAX_BYTES), StandardCharsets.US_ASCII);
      long last = Long.parseLong(text.strip());
      if (last < 0 || last == Long.MAX_VALUE) {
        throw new NumberFormatException("not the number of a run");
      }
      return last;
    } catch (IOException | NumberFormatException e) {
      LOG.warn("boot_file={} readable=false why=\"{}\"", file, e.toString());
      return Long.MIN_VALUE;
    }
  }
}
