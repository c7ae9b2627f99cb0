package parallax.coordinator.core.watch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.target.Region;
import parallax.config.target.TargetName;

/**
 * A target as the core sees it.
 *
 * @param from the regions that look; empty means all
 * @param checks at most one of each kind, in causal order
 * @param dependencies as they are known from the configuration; checks may learn more
 * @param quiet maintenance
 * @param version differs when a check now looks at something else: what was seen no longer counts
 */
public record Watched(
    TargetName name,
    List<Region> from,
    List<Cadence> checks,
    Dependencies dependencies,
    List<QuietTimes> quiet,
    int version) {

  public Watched {
    from = List.copyOf(from);
    checks = List.copyOf(checks);
    quiet = List.copyOf(quiet);
  }

  /** How often this kind of check looks, if it does. */
  public Optional<Cadence> cadence(CheckKind check) {
    for (Cadence cadence : checks) {
      if (cadence.check() == check) {
        return Optional.of(cadence);
      }
    }
    return Optional.empty();
  }

  /** Whether probes of {@code region} look at this target. */
  public boolean isWatchedFrom(Region region) {
    return from.isEmpty() || from.contains(region);
  }

  /** Whether trouble is told to nobody now. */
  public boolean isQuiet(Instant now) {
    for (QuietTimes times : quiet) {
      if (times.cover(now)) {
        return true;
      }
    }
    return false;
  }
}
