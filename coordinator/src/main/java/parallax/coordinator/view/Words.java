package parallax.coordinator.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;

/** What the core found, in words for people. */
public final class Words {
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
    return cause.layer() + ": " + cause.finding().words();
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

  /** One sentence about an incident: what, why, for whom, since when or for how long. */
  public static String of(Incident incident) {
    String who = incident.targets().getFirst().value();
    if (incident.targets().size() > 1) {
      who += " and " + (incident.targets().size() - 1) + " more";
    }
    Optional<Duration> lasted = duration(incident);
    return lasted
        .map(time -> " works again after " + of(time) + "; it was " + of(incident.cause()))
        .map(who::concat)
        .orElse(
            "%s is not working: %s; %s; since %s"
                .formatted(who, of(incident.cause()), of(incident.scope()), incident.onset()));
  }

  /** From onset to resolution; empty while it is open. */
  public static Optional<Duration> duration(Incident incident) {
    return incident
        .resolved()
        .map((Instant end) -> Duration.between(incident.onset(), end))
        .map(time -> time.isNegative() ? Duration.ZERO : time);
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
  }
}
