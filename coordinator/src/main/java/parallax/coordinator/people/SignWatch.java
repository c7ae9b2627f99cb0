package parallax.coordinator.people;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import parallax.config.Configuration;
import parallax.coordinator.job.Signs;
import parallax.coordinator.store.People;

/** Reads once a second what jobs said of themselves, where there are any. */
public final class SignWatch implements AutoCloseable {
  private final People people;
  private final InstantSource clock;
  private final Supplier<Configuration> configuration;
  private final Rounds rounds = new Rounds("heartbeats", this::look);
  private volatile Optional<Signs> newest = Optional.empty();

  /** One that has read nothing yet. */
  public SignWatch(People people, InstantSource clock, Supplier<Configuration> configuration) {
    this.people = people;
    this.clock = clock;
    this.configuration = configuration;
  }

  public void start() {
    rounds.start();
  }

  /** What was read last. */
  public Optional<Signs> newest() {
    return newest;
  }

  @Override
  public void close() {
    rounds.close();
  }

  /** One look. */
  void look() {
    boolean wanted =
        configuration.get().targets().stream().anyMatch(each -> each.heartbeat().isPresent());
    if (wanted) {
      // Dated before it is read: what is heard meanwhile may be missing.
      Instant now = clock.instant();
      newest = Optional.of(Signs.of(people.heartbeats(), now));
    }
  }
}
