package parallax.config.observation;

/**
 * Identity of an observation. Delivery is at least once; whoever receives the same identity twice
 * has received one observation.
 *
 * @param probe who looked
 * @param boot distinguishes runs of the probe: milliseconds of its start since the epoch
 * @param sequence counts from 0 within a boot
 */
public record ObservationId(ProbeName probe, long boot, long sequence) {
  @Override
  public String toString() {
    return probe + ":" + Long.toString(boot, 36) + ":" + sequence;
  }
}
