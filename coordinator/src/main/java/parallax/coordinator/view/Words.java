package parallax.coordinator.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.target.Region;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.reading.Shortcoming;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Verdict;

/** What the core found, in words for people. */
public final class Words {
  /** More regions, places or shortcomings than this are only counted. */
  private static final int MAX_TOLD = 8;

  private Words() {}

  /** For whom, as the rest of a sentence. */
  public static String of(Scope scope) {
    return switch (scope) {
      case GLOBAL -> "for everybody";
      case REGIONAL -> "for some regions";
      case NETWORK -> "for one network";
      case PARTIAL -> "for a part of requests or places";
      case PROBE_LOCAL -> "for one probe only, whose own trouble it is";
      case UNCONFIRMED -> "unconfirmed: seen from one place only";
    };
  }

  /** What broke first, with what was seen. */
  public static String of(Cause cause) {
    return cause.layer().map(layer -> layer + ": ").orElse("") + cause.finding().words();
  }

  /** A length of time in its two largest units: {@code 3d 4h}, {@code 2m 5s}, {@code 0s}. */
  public static String of(Duration time) {
    long seconds = Math.max(0, time.toSeconds());
    if (seconds >= 86_400) {
      return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }
    if (seconds >= 3600) {
      return two(seconds / 3600, "h", seconds % 3600 / 60, "m");
    }
    return seconds >= 60 ? two(seconds / 60, "m", seconds % 60, "s") : seconds + "s";
  }

  /** One sentence about a target: how it is, why, for whom, since when. */
  public static String of(Verdict verdict) {
    String since = "; since " + verdict.since();
    String why = verdict.cause().map(Words::of).orElse("") + where(verdict);
    Interference blocked = Interference.of(verdict);
    return switch (verdict.state()) {
          case UP -> "up" + but(Shortcoming.of(verdict));
          case DEGRADED ->
              blocked.isLikely()
                  ? of(blocked)
                  : verdict.works() ? "up, but " + why : "fails: " + why;
          case DOWN -> "down: " + why;
          case UNKNOWN -> "unknown: " + verdict.why().rule();
        }
        + since;
  }

  /** What is not as it should be somewhere while all is well elsewhere. */
  private static String but(List<Shortcoming> shortcomings) {
    return shortcomings.isEmpty()
        ? ""
        : ", but "
            + String.join("; ", shortcomings.stream().limit(MAX_TOLD).map(Words::of).toList());
  }

  /** What is not as it should be, and where: {@code HTTP: slower than allowed, in tokyo only}. */
  public static String of(Shortcoming shortcoming) {
    return "%s: %s, %s (%d of %d probes)"
        .formatted(
            shortcoming.layer(),
            shortcoming.reason().text(),
            where(shortcoming),
            shortcoming.probes(),
            shortcoming.looking());
  }

  private static String where(Shortcoming shortcoming) {
    if (shortcoming.everywhere()) {
      return shortcoming.looking() > 1 ? of(Scope.GLOBAL) : of(Scope.UNCONFIRMED);
    }
    return "in " + named(shortcoming.regions()) + " only";
  }

  private static String where(Verdict verdict) {
    Optional<String> seen =
        verdict.cause().filter(_ -> verdict.works()).stream()
            .flatMap(
                cause ->
                    Shortcoming.of(verdict).stream()
                        .filter(found -> found.reason() == cause.finding().reason()))
            .findFirst()
            .map(found -> "; " + where(found));
    return seen.orElseGet(
        () -> verdict.scope().map(scope -> "; " + of(scope, verdict.regions())).orElse(""));
  }

  /** What looks like a block, and where. */
  public static String of(Interference blocked) {
    return of(blocked, false);
  }

  private static String of(Interference blocked, boolean many) {
    String stated = many ? "are blocked in " : "is blocked in ";
    String likely = many ? "look blocked in " : "looks blocked in ";
    return (many ? "work, but " : "works, but ")
        + (blocked.isStated() ? stated : likely)
        + places(blocked);
  }

  private static String places(Interference blocked) {
    List<String> places = blocked.places().stream().limit(MAX_TOLD).map(Words::of).toList();
    return String.join("; and in ", places);
  }

  private static String of(Interference.Place place) {
    return place.name()
        + ": "
        + String.join(
            "; ",
            place.signs().stream()
                .map(sign -> sign.signature().words() + " (" + sign.probes() + " probes)")
                .toList());
  }

  private static String named(List<Region> regions) {
    int more = regions.size() - MAX_TOLD;
    return String.join(", ", regions.stream().limit(MAX_TOLD).map(Region::value).toList())
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** One sentence about an incident: what, why, for whom, since when or for how long. */
  public static String of(Incident incident) {
    String who = subject(incident);
    if (incident.subject() == Incident.Subject.VANTAGE) {
      return who + ": " + of(incident.cause());
    }
    Interference blocked = blocked(incident);
    boolean many = isMany(incident);
    if (incident.resolved().isPresent()) {
      String was = blocked.isLikely() ? "blocked in " + places(blocked) : of(incident.cause());
      String again = many ? " work again after " : " works again after ";
      return who + again + of(lasted(incident)) + "; it was " + was;
    }
    return blocked.isLikely()
        ? "%s %s; since %s".formatted(who, of(blocked, many), incident.onset())
        : "%s %s not working: %s; %s; since %s"
            .formatted(
                who,
                many ? "are" : "is",
                blamed(incident),
                of(incident.scope(), incident.regions()),
                incident.onset());
  }

  /** Whether {@link #subject} names several, so that what is said of it is said in the plural. */
  public static boolean isMany(Incident incident) {
    return incident.subject() == Incident.Subject.SERVICE && incident.targets().size() > 1;
  }

  /** Whether an incident looks like a block. */
  public static Interference blocked(Incident incident) {
    return Interference.of(
        incident.scope(), incident.regions(), incident.cause(), incident.votes(), incident.why());
  }

  /** Whom an incident is about: targets, or our own probes. */
  public static String subject(Incident incident) {
    if (incident.subject() == Incident.Subject.VANTAGE) {
      return "our own side, " + incident.cause().culprit();
    }
    String who = incident.targets().getFirst().value();
    int more = incident.targets().size() - 1;
    return more > 0 ? who + " and " + more + " more" : who;
  }

  /** The cause, with the culprit where it is not the target itself. */
  private static String blamed(Incident incident) {
    String culprit = incident.cause().culprit();
    boolean itself = culprit.startsWith("target:");
    return of(incident.cause()) + (itself ? "" : ", through " + culprit);
  }

  /** For whom, with the regions where they are known. */
  public static String of(Scope scope, List<Region> regions) {
    return regions.isEmpty() ? of(scope) : "from " + named(regions) + " only";
  }

  /** From onset to resolution; empty while it is open. */
  public static Optional<Duration> duration(Incident incident) {
    return incident.resolved().map(_ -> lasted(incident));
  }

  private static Duration lasted(Incident incident) {
    Instant end = incident.resolved().orElse(incident.onset());
    Duration time = Duration.between(incident.onset(), end);
    return time.isNegative() ? Duration.ZERO : time;
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
  }
}
