package parallax.probe.registration.check;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import parallax.probe.registration.courtesy.Courtesy;
import parallax.probe.registration.courtesy.Heard;
import parallax.probe.registration.courtesy.Pace;
import parallax.probe.registration.courtesy.Permission;
import parallax.probe.registration.courtesy.Permission.Postponed;
import parallax.probe.registration.lookup.Gate;

/** The one owner of a {@link Courtesy}. Safe for use by many threads. */
public final class Politeness implements Gate {
  private final AtomicReference<Courtesy> state = new AtomicReference<>(Courtesy.NEW);
  private final InstantSource clock;
  private final DoubleSupplier jitter;

  /**
   * @param jitter from -1 to 1
   */
  public Politeness(InstantSource clock, DoubleSupplier jitter) {
    this.clock = clock;
    this.jitter = jitter;
  }

  @Override
  public Optional<Postponed> ask(String host, Pace pace) {
    AtomicReference<Optional<Postponed>> refused = new AtomicReference<>(Optional.empty());
    state.updateAndGet(
        known ->
            switch (known.ask(host, pace, clock.instant())) {
              case Permission.Granted(Courtesy after) -> {
                refused.set(Optional.empty());
                yield after;
              }
              case Postponed not -> {
                refused.set(Optional.of(not));
                yield known;
              }
            });
    return refused.get();
  }

  @Override
  public void heard(String host, Heard heard) {
    double drawn = jitter.getAsDouble();
    state.updateAndGet(known -> known.answered(host, heard, clock.instant(), drawn));
  }

  /** Why {@code domain} may not be looked up now; empty when it may. */
  Optional<Postponed> lookUp(String domain, boolean broken) {
    return state
        .updateAndGet(known -> known.saw(domain, broken, clock.instant()))
        .lookUp(domain, broken, clock.instant());
  }

  void lookedUp(String domain, boolean broken, boolean learnt) {
    state.updateAndGet(known -> known.lookedUp(domain, broken, learnt, clock.instant()));
  }

  double draw() {
    return jitter.getAsDouble();
  }
}
