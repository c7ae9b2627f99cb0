package parallax.probe.bgp.visibility;

import java.time.Duration;

/**
 * When what is seen becomes a verdict. Shares are from 0 to 1.
 *
 * @param reach of the prefix itself
 * @param source of who tells it
 * @param origin of who announces it
 * @param upstream of the ways that lead to the origin
 */
public record VisibilitySettings(
    ReachLimits reach, SourceLimits source, OriginLimits origin, UpstreamLimits upstream) {
  public static final VisibilitySettings DEFAULT =
      new VisibilitySettings(ReachLimits.DEFAULT, SourceLimits.DEFAULT, OriginLimits.DEFAULT);

  public VisibilitySettings(ReachLimits reach, SourceLimits source, OriginLimits origin) {
    this(reach, source, origin, UpstreamLimits.DEFAULT);
  }

  /**
   * How many may miss it, for how long.
   *
   * @param visible this share and more is fine
   * @param burst so many losses, at {@code collectors} or more, are partial whatever the share
   * @param partialFor how long it is partial before that is said
   * @param gone this share and less is withdrawn
   * @param minKnown with fewer voters nothing is ever called withdrawn
   * @param collectors that must have lost it
   * @param goneFor how long it is gone before that is said
   * @param restoredFor how long it is visible again before that is said
   * @param recovering more than this share, after it was withdrawn
   */
  public record ReachLimits(
      double visible,
      int burst,
      Duration partialFor,
      double gone,
      int minKnown,
      int collectors,
      Duration goneFor,
      Duration restoredFor,
      double recovering) {
    public static final ReachLimits DEFAULT =
        new ReachLimits(
            0.9,
            5,
            Duration.ofMinutes(2),
            0.1,
            10,
            2,
            Duration.ofMinutes(1),
            Duration.ofMinutes(3),
            0.5);
  }

  /**
   * When a source, not the prefix, is what is wrong.
   *
   * @param warmUpVoters as many, and something can be said
   * @param warmUp after as long, with however many
   * @param baseline for how long who had the prefix counts
   * @param silent a source that says nothing for longer is not heard
   * @param concentrated this share of the losses at one collector is its own trouble
   * @param besideDown losses as near to the end of {@code besideSessions} sessions belong to it
   * @param besideSessions that end together
   * @param canaries this share of the canaries, and more, moved
   */
  public record SourceLimits(
      int warmUpVoters,
      Duration warmUp,
      Duration baseline,
      Duration silent,
      double concentrated,
      Duration besideDown,
      int besideSessions,
      double canaries) {
    public static final SourceLimits DEFAULT =
        new SourceLimits(
            20,
            Duration.ofHours(8),
            Duration.ofDays(1),
            Duration.ofMinutes(1),
            0.8,
            Duration.ofSeconds(5),
            3,
            0.3);
  }

  /**
   * When another origin, or neighbour of the origin, is told.
   *
   * @param voters so many must have it, with fewer it is a notice
   * @param collectors at which they are
   * @param learnAfter what was seen for so long is normal
   * @param neighbourFor how long a new neighbour stays before it is told
   * @param over of those that had it, this share and less have it still
   */
  public record OriginLimits(
      int voters, int collectors, Duration learnAfter, Duration neighbourFor, double over) {
    public static final OriginLimits DEFAULT =
        new OriginLimits(3, 2, Duration.ofDays(7), Duration.ofMinutes(2), 0.2);
  }

  /**
   * When it is told that ways to the origin have changed.
   *
   * @param shifted more than this share of the voters have it by another neighbour of the origin
   * @param shiftedFor for how long
   * @param over this share and less is as always again; well below {@code shifted}, so that one
   *     voter that comes and goes does not tell it over and over
   */
  public record UpstreamLimits(double shifted, Duration shiftedFor, double over) {
    public static final UpstreamLimits DEFAULT =
        new UpstreamLimits(0.5, Duration.ofMinutes(5), 0.25);
  }
}
