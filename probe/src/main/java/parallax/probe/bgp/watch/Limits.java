package parallax.probe.bgp.watch;

import parallax.config.routes.RouteLimits;
import parallax.probe.bgp.visibility.VisibilitySettings;
import parallax.probe.bgp.visibility.VisibilitySettings.OriginLimits;
import parallax.probe.bgp.visibility.VisibilitySettings.ReachLimits;
import parallax.probe.bgp.visibility.VisibilitySettings.SourceLimits;

/** What users may tune, laid over what they may not. */
public final class Limits {
  private Limits() {}

  public static VisibilitySettings of(RouteLimits limits) {
    ReachLimits reach = ReachLimits.DEFAULT;
    SourceLimits source = SourceLimits.DEFAULT;
    OriginLimits origin = OriginLimits.DEFAULT;
    return new VisibilitySettings(
        new ReachLimits(
            limits.visible(),
            reach.burst(),
            limits.partialFor(),
            limits.withdrawn(),
            limits.minVoters(),
            limits.minCollectors(),
            limits.withdrawnFor(),
            limits.restoredFor(),
            reach.recovering()),
        new SourceLimits(
            limits.start().voters(),
            limits.start().after(),
            source.baseline(),
            limits.silent(),
            source.concentrated(),
            source.besideDown(),
            source.besideSessions(),
            source.canaries()),
        new OriginLimits(
            limits.origin().voters(),
            limits.origin().collectors(),
            limits.origin().learnAfter(),
            origin.neighbourFor(),
            origin.over()));
  }
}
