package parallax.coordinator.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wall time that does not run backwards, unless somebody set the clock. For one thread. */
public final class SteadyClock {
  /** A clock that was set back by less than this stands still instead. */
  static final Duration SLACK = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);

  private final InstantSource wall;
  private Instant last;

  public SteadyClock(InstantSource wall) {
    this.wall = wall;
    last = wall.instant();
  }

  public Instant now() {
    Instant read = wall.instant();
    if (read.isBefore(last)) {
      if (read.isAfter(last.minus(SLACK))) {
        return last;
      }
      LOG.warn("clock=set_back by={}", Duration.between(read, last));
    }
    last = read;
    return read;
  }
}
