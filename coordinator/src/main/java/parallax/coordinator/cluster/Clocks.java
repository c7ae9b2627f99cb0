package parallax.coordinator.cluster;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The clocks of a member.
 *
 * @param wall for what is shown and recorded
 * @param own the wall clock of this machine, right or wrong, for the others to compare with
 * @param nanos that never goes back, for how long something takes
 * @param randomId a number that no other start of a member has, not 0
 */
public record Clocks(InstantSource wall, InstantSource own, LongSupplier nanos, long randomId) {
  /** With the wall clock of this machine for everything. */
  public Clocks(InstantSource wall, LongSupplier nanos, long randomId) {
    this(wall, wall, nanos, randomId);
  }
}
