package parallax.coordinator.core.fleet;

/**
 * How often a probe sees failures that nobody else sees, learnt on-line: a Beta distribution that
 * forgets.
 *
 * @param alone failures that turned out to be nothing
 * @param looks looks that counted
 */
public record Trust(double alone, double looks) {
  /** Where everybody starts: 4 in 1000. */
  public static final Trust START = new Trust(4, 1000);

  /** Beyond this many looks older ones are forgotten. */
  private static final double MEMORY = 2000;

  /** No probe is better than this. */
  private static final double LEAST = 0.001;

  private static final double MOST = 0.5;

  Trust with(int moreAlone, int moreLooks) {
    double allAlone = alone + moreAlone;
    double allLooks = looks + moreLooks;
    double keep = allLooks > MEMORY ? MEMORY / allLooks : 1;
    return new Trust(allAlone * keep, allLooks * keep);
  }

  /** The probability that one of its looks fails though nothing is wrong. */
  public double falseAlarm() {
    return Math.clamp(alone / looks, LEAST, MOST);
  }
}
