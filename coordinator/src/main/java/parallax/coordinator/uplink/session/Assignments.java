package parallax.coordinator.uplink.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import parallax.config.check.CheckKind;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.AssignmentParts;
import parallax.config.wire.CoordinatorFrames;
import parallax.config.wire.check.RouteWatchingWire;

/**
 * Who looks at what: the targets of one revision, and the names of the one before. Each region's
 * share is encoded once, when it is first asked for. Thread-safe.
 */
public final class Assignments {
  /** The largest frame of an assignment, in bytes. */
  static final int PART_BYTES = 512 * 1024;

  /** Regions are named by probes: the shares of more than these are not kept. */
  static final int MAX_REGIONS = 1_000;

  private final long revision;
  private final List<Target> targets;
  private final RouteWatching routes;
  private final Map<TargetName, List<Region>> names;
  private final Map<TargetName, List<Region>> namesBefore;
  private final ConcurrentHashMap<Region, Share> shares = new ConcurrentHashMap<>();

  private Assignments(
      long revision,
      List<Target> targets,
      RouteWatching routes,
      Map<TargetName, List<Region>> namesBefore) {
    this.routes = routes;
    this.revision = revision;
    this.targets = List.copyOf(targets);
    this.names = new HashMap<>();
    this.namesBefore = namesBefore;
    targets.forEach(target -> names.put(target.name(), target.from()));
  }

  /** The first ones, and how routes are watched for them. */
  public static Assignments first(long revision, List<Target> targets, RouteWatching routes) {
    return new Assignments(revision, targets, routes, Map.of());
  }

  /** Those after these. */
  public Assignments next(long nextRevision, List<Target> nextTargets, RouteWatching nextRoutes) {
    return new Assignments(nextRevision, nextTargets, nextRoutes, names);
  }

  public long revision() {
    return revision;
  }

  /** The share of a region; takes a while when it is asked for the first time. */
  public Share of(Region region) {
    Share known = shares.get(region);
    if (known != null) {
      return known;
    }
    return shares.size() >= MAX_REGIONS
        ? new Share(region)
        : shares.computeIfAbsent(region, Share::new);
  }

  /** What the probes of one region look at. Shows no secrets. */
  public final class Share {
    private final Region region;
    private final List<byte[]> frames;
    private final double perSecond;

    private Share(Region region) {
      this.region = region;
      List<Target> mine =
          targets.stream()
              .filter(each -> each.isWatchedFrom(region) && each.heartbeat().isEmpty())
              .toList();
      // Nobody is listened to, and no load put on who is, where no routes are looked at.
      boolean wanted = mine.stream().anyMatch(each -> each.check(CheckKind.BGP).isPresent());
      Optional<RouteWatching> told =
          Optional.of(RouteWatchingWire.told(routes))
              .filter(some -> wanted && !some.equals(RouteWatching.NONE));
      this.frames =
          CoordinatorFrames.assignment(
              new AssignmentParts.Whole(revision, mine, told, List.of()), PART_BYTES);
      this.perSecond =
          mine.stream()
              .mapToDouble(each -> each.checks().size() * 1e9 / each.interval().toNanos())
              .sum();
    }

    public long revision() {
      return revision;
    }

    /** As they go over the wire; not to be changed. They hold secrets. */
    public List<byte[]> frames() {
      return frames;
    }

    /** Observations a second that the schedule of one probe makes. */
    double perSecond() {
      return perSecond;
    }

    /** Whether it is assigned to this region, or was until the last change. */
    boolean covers(TargetName target) {
      return isWatched(names.get(target)) || isWatched(namesBefore.get(target));
    }

    private boolean isWatched(@Nullable List<Region> from) {
      return from != null && (from.isEmpty() || from.contains(region));
    }

    @Override
    public String toString() {
      return "revision " + revision + " for " + region;
    }
  }
}
