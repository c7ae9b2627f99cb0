package parallax.config.target;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;

/**
 * What a user wants to be up, and how it is looked at.
 *
 * @param url as written; absent for targets that nobody connects to
 * @param labels sorted by key; keys and values go into alerts and metrics
 * @param interval from one check to the next, of each probe
 * @param from the regions that look; empty means all
 * @param checks at most one of each kind, in causal order
 * @param heartbeat of a job, which nobody looks at: it says itself that it is alive
 * @param objective how much of the time it is to be up; empty: nobody has said
 */
public record Target(
    TargetName name,
    Optional<URI> url,
    SortedMap<String, String> labels,
    Duration interval,
    List<Region> from,
    List<CheckSpec> checks,
    Optional<Heartbeat> heartbeat,
    Optional<Objective> objective) {

  public Target {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    from = List.copyOf(from);
    checks = List.copyOf(checks);
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException("interval of " + name + " must be positive: " + interval);
    }
    if (checks.stream().map(CheckSpec::kind).distinct().count() != checks.size()) {
      throw new IllegalArgumentException("two checks of one kind in " + name);
    }
  }

  /** One without an objective. */
  public Target(
      TargetName name,
      Optional<URI> url,
      SortedMap<String, String> labels,
      Duration interval,
      List<Region> from,
      List<CheckSpec> checks,
      Optional<Heartbeat> heartbeat) {
    this(name, url, labels, interval, from, checks, heartbeat, Optional.empty());
  }

  /** The same with another objective. */
  public Target with(Optional<Objective> other) {
    return new Target(name, url, labels, interval, from, checks, heartbeat, other);
  }

  /** One that is looked at. */
  public Target(
      TargetName name,
      Optional<URI> url,
      SortedMap<String, String> labels,
      Duration interval,
      List<Region> from,
      List<CheckSpec> checks) {
    this(name, url, labels, interval, from, checks, Optional.empty());
  }

  /** The check of this kind, if the target has one. */
  public Optional<CheckSpec> check(CheckKind kind) {
    return checks.stream().filter(spec -> spec.kind() == kind).findFirst();
  }

  /** Whether probes of {@code region} look at this target. */
  public boolean isWatchedFrom(Region region) {
    return from.isEmpty() || from.contains(region);
  }
}
