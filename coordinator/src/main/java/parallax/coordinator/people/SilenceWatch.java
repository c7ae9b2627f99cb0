package parallax.coordinator.people;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.People;

/**
 * Looks once a second for what is silenced, by whichever coordinator it was asked for, and tells
 * when that changed. While the record cannot be read it stays as it was.
 */
public final class SilenceWatch implements AutoCloseable {
  private final People people;
  private final InstantSource clock;
  private final Predicate<List<Silence>> listener;
  private final Rounds rounds = new Rounds("silences", this::look);
  private List<Silence> told = List.of();

  /**
   * One that has told of nothing yet.
   *
   * @param listener is told of all that are not over, from one thread; whether it could take it
   */
  public SilenceWatch(People people, InstantSource clock, Predicate<List<Silence>> listener) {
    this.people = people;
    this.clock = clock;
    this.listener = listener;
  }

  public void start() {
    rounds.start();
  }

  @Override
  public void close() {
    rounds.close();
  }

  private void look() {
    List<Silence> now = people.silences(clock.instant());
    if (!now.equals(told) && listener.test(now)) {
      told = now;
    }
  }
}
