package parallax.coordinator.ingest;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.store.StoreException;

/** Tries to write, and tells how it goes. For one thread; others may ask for the trouble. */
final class Tries {
  static final Duration FIRST_RETRY = Duration.ofMillis(100);
  static final Duration LAST_RETRY = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Tries.class);

  private final Tally failures;
  private Duration pause = Duration.ZERO;
  private volatile Optional<String> trouble = Optional.empty();

  Tries(Tally failures) {
    this.failures = failures;
    for (String operation : List.of("record", "append", "prune")) {
      failures.add(0, operation);
    }
  }

  enum Result {
    DONE,
    /** The store fails; the same may work later. */
    LATER,
    /** The store works, but cannot take this. */
    IMPOSSIBLE
  }

  /** How long the store is left alone before the next try; zero while it works. */
  Duration pause() {
    return pause;
  }

  /** Why nothing is written right now; empty while writing works. */
  Optional<String> trouble() {
    return trouble;
  }

  /** What failed, and why, for the log; what visitors are shown leaves out the why. */
  private static String words(StoreException failure) {
    String what = String.valueOf(failure.getMessage());
    Throwable cause = failure.getCause();
    return cause == null ? what : what + ": " + cause.getMessage();
  }

  Result attempt(String operation, Runnable write) {
    try {
      write.run();
      if (trouble.isPresent()) {
        LOG.info("store=works");
      }
      trouble = Optional.empty();
      pause = Duration.ZERO;
      return Result.DONE;
    } catch (StoreException e) {
      failures.count(operation);
      if (trouble.isEmpty()) {
        LOG.error("store=failing operation={} error=\"{}\"", operation, words(e));
      }
      trouble = Optional.of("the store cannot be written: " + e.getMessage());
      Duration doubled = pause.multipliedBy(2);
      pause =
          pause.isZero() ? FIRST_RETRY : doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
      return Result.LATER;
    } catch (RuntimeException e) {
      failures.count(operation);
      LOG.error("store=refused operation={} error={}", operation, e.toString(), e);
      return Result.IMPOSSIBLE;
    }
  }
}
