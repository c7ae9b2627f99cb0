package parallax.probe.uplink;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import parallax.config.fault.Steps;
import parallax.probe.check.NanoSource;
import parallax.probe.uplink.file.KeptAssignment;
import parallax.probe.uplink.wire.Dialer;

/**
 * What an uplink stands on.
 *
 * @param lots decides how long pauses are
 * @param steps told of each step of an observation
 * @param keep where assignments are kept
 * @param kept what was kept there when the probe started
 */
public record Ground(
    Dialer dialer,
    Time time,
    RandomGenerator lots,
    Steps steps,
    KeptAssignment keep,
    KeptAssignment.Kept kept) {
  /**
   * The probe's clocks.
   *
   * @param clock shown to coordinators, never waited by
   */
  public record Time(InstantSource clock, NanoSource nanos) {}

  InstantSource clock() {
    return time.clock();
  }

  NanoSource nanos() {
    return time.nanos();
  }
}
