package parallax.coordinator.core.unit;

import java.time.Instant;
import java.util.Optional;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.watch.Cadence;

/**
 * What one kind of check says about one target: the unit of decision.
 *
 * @param vague the newest look that could not tell, or told of something that is not as it should
 *     be; where few look, also the newest of a layer below what users see that failed
 */
public record Unit(Cadence cadence, Looks looks, Phase phase, Optional<Evidence> vague) {
  static final int LOCAL = 1;

  public static Unit start(Cadence cadence) {
    return new Unit(cadence, Looks.NONE, Phase.CALM, Optional.empty());
  }

  Unit with(Looks other) {
    return new Unit(cadence, other, phase, vague);
  }

  public Unit with(Phase other) {
    return new Unit(cadence, looks, other, vague);
  }

  public Unit with(Cadence other) {
    return new Unit(other, looks, phase, vague);
  }

  /** After the clock was set back: without looks, and nothing suspected. */
  public Unit setBack(Instant now) {
    Phase kept =
        switch (phase) {
          case Phase.Calm calm -> calm;
          case Phase.Suspected _ -> Phase.CALM;
          case Phase.Failing failing -> failing.setBack(now);
        };
    return new Unit(cadence, Looks.NONE, kept, Optional.empty());
  }

  public boolean isFailing() {
    return phase instanceof Phase.Failing;
  }
}
