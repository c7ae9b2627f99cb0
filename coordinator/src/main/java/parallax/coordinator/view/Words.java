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

  /** One sentence about an incident: what, why, for whom, since when or for how long. */
  public static String of(Incident incident) {
    String who = subject(incident);
    if (incident.subject() == Incident.Subject.VANTAGE) {
      return who + ": " + of(incident.cause());
    }
    Optional<Duration> lasted = duration(incident);
    return lasted
        .map(time -> " works again after " + of(time) + "; it was " + of(incident.cause()))
        .map(who::concat)
        .orElse(
            "%s is not working: %s; %s; since %s"
                .formatted(who, blamed(incident), scope(incident), incident.onset()));
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

  private static String scope(Incident incident) {
    return incident.regions().isEmpty()
        ? of(incident.scope())
        : "from "
            + String.join(", ", incident.regions().stream().map(Object::toString).toList())
            + " only";
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
