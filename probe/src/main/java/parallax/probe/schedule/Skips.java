package parallax.probe.schedule;

/**
 * Rounds that were not looked at, since the start.
 *
 * @param late asked for too late, as after a pause of the machine
 * @param running the look before was still under way
 */
public record Skips(long late, long running) {
  public static final Skips NONE = new Skips(0, 0);
}
