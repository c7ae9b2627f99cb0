package parallax.probe.spool;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a spool is and how large it may become.
 *
 * @param folder belongs to this spool alone
 * @param maxBytes on disk, of all segments; at least eight segments
 * @param segmentBytes after which a segment is closed; what is dropped is dropped by segments
 * @param syncEvery an observation is safe from a loss of power after this long at most, as long as
 *     {@code tick} is called
 * @param syncBytes or after this many bytes of newer ones
 */
public record SpoolSettings(
    Path folder, long maxBytes, int segmentBytes, Duration syncEvery, int syncBytes) {
  /** Observations of a day at more than 30 a second. */
  public static final long USUAL_MAX_BYTES = 512L * 1024 * 1024;

  public static final int USUAL_SEGMENT_BYTES = 4 * 1024 * 1024;
  public static final Duration USUAL_SYNC_EVERY = Duration.ofSeconds(1);
  public static final int USUAL_SYNC_BYTES = 1024 * 1024;

  /** So that a drop is never most of what there is. */
  private static final int LEAST_SEGMENTS = 8;

  public SpoolSettings {
    if (segmentBytes < 1 || maxBytes / LEAST_SEGMENTS < segmentBytes || syncBytes < 1) {
      throw new IllegalArgumentException(
          maxBytes + " bytes in segments of " + segmentBytes + ", synced by " + syncBytes);
    }
  }

  /** As is usual, in {@code folder}. */
  public static SpoolSettings of(Path folder) {
    return new SpoolSettings(
        folder, USUAL_MAX_BYTES, USUAL_SEGMENT_BYTES, USUAL_SYNC_EVERY, USUAL_SYNC_BYTES);
  }
}
