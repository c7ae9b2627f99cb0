package parallax.coordinator.core.watch;

import java.time.Instant;

/** When trouble of a target is followed but told to nobody. Equal ones cover the same times. */
public interface QuietTimes {
  boolean cover(Instant now);

  /** A single window, half open. */
  record Window(Instant from, Instant until) implements QuietTimes {
    @Override
    public boolean cover(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }
}
