package parallax.bench.compare.run;

import java.util.List;
import parallax.config.check.CheckKind;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Watched;

/**
 * What there is to see. Asked in the order of time, and with the same answer for whoever asks:
 * listeners cannot disturb one another.
 */
public interface World {
  Vantages vantages();

  /** Sorted by name. */
  List<Watched> targets();

  /** How all targets are looked at. */
  List<Cadence> cadences();

  /** Whether neither results nor signs of life leave the probe at {@code time}. */
  boolean isSilent(int probe, long time);

  /** What a check finds that starts at {@code time}. */
  Answer answer(int probe, int target, CheckKind check, long time);
}
