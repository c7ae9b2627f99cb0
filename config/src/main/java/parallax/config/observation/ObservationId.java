package parallax.config.observation;

import java.util.Optional;
import parallax.config.target.Label;

/**
 * Identity of an observation. Delivery is at least once; whoever receives the same identity twice
 * has received one observation.
 *
 * @param probe who looked
 * @param boot distinguishes runs of the probe: milliseconds of its start since the epoch
 * @param sequence counts from 0 within a boot
 */
public record ObservationId(ProbeName probe, long boot, long sequence) {
  private static final int BASE = 36;

  /** The longest text of one, with room to spare. */
  private static final int MAX_TEXT = 128;

  /** Reads what {@link #toString} wrote; empty when it is no such text. */
  public static Optional<ObservationId> parse(String text) {
    String[] parts = text.length() > MAX_TEXT ? new String[0] : text.split(":", -1);
    if (parts.length != 3 || !Label.isValid(parts[0])) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ObservationId(
              new ProbeName(parts[0]), Long.parseLong(parts[1], BASE), Long.parseLong(parts[2])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return probe + ":" + Long.toString(boot, BASE) + ":" + sequence;
  }
}
