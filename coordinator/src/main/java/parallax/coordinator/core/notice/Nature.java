package parallax.coordinator.core.notice;

import parallax.config.observation.Reason;
import parallax.config.policy.Severity;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Vote.Ballot;

/** What kind of trouble an incident is, as far as whoever is told is concerned. */
public enum Nature {
  /** Down for everybody, as far as anybody can tell. */
  DOWN,
  /** Down for some. */
  FAILS,
  /** It works, but not as it should. */
  DEGRADED,
  /** It works, and somebody seems to stand between it and its users. */
  BLOCKED,
  /** The same, and whoever stands there says so. */
  STATED,
  /** It works, and something runs out. Never an outage. */
  DUE,
  /** Trouble of our own side. */
  OWN;

  /** Of an incident of which is known whether it looks like a block. */
  public static Nature of(Incident incident, Interference blocked) {
    if (incident.subject() == Incident.Subject.VANTAGE) {
      return OWN;
    }
    if (runsOut(incident.cause().finding().reason())) {
      return DUE;
    }
    if (blocked.isLikely()) {
      return blocked.isStated() ? STATED : BLOCKED;
    }
    if (onlyNotable(incident)) {
      return DEGRADED;
    }
    return isForAll(incident.scope()) ? DOWN : FAILS;
  }

  /** Whether any user of a target notices. */
  public boolean hitsUsers() {
    return switch (this) {
      case DOWN, FAILS, DEGRADED, BLOCKED, STATED -> true;
      case DUE, OWN -> false;
    };
  }

  /** How bad an incident of this kind is, while it lasts. */
  public Severity severity(Incident incident) {
    return switch (this) {
      case DOWN -> incident.scope() == Scope.PROBE_LOCAL ? Severity.NOTE : Severity.CRITICAL;
      case FAILS, DEGRADED, BLOCKED, STATED -> Severity.WARNING;
      case DUE -> isNear(incident) ? Severity.WARNING : Severity.NOTE;
      case OWN -> Severity.NOTE;
    };
  }

  private static boolean isForAll(Scope scope) {
    return switch (scope) {
      case GLOBAL, UNCONFIRMED, PROBE_LOCAL -> true;
      case REGIONAL, NETWORK, PARTIAL -> false;
    };
  }

  /** Whether all works, and something will not for much longer. */
  public static boolean runsOut(Reason reason) {
    return switch (reason) {
      case REGISTRATION_EXPIRES_SOON,
          REGISTRATION_RENEWAL_UNPAID,
          REGISTRATION_TO_BE_SUSPENDED,
          REGISTRATION_PROVISIONAL_DUE,
          NAME_SERVERS_SIGNATURE_EXPIRES_SOON,
          CERTIFICATE_EXPIRES_SOON ->
          true;
      default -> false;
    };
  }

  private static boolean onlyNotable(Incident incident) {
    return incident.votes().stream().anyMatch(vote -> vote.ballot() == Ballot.NOTABLE)
        && incident.votes().stream().noneMatch(vote -> vote.ballot() == Ballot.FAILED);
  }

  /** A check fails by what runs out once it is nearer than its policy allows, and not before. */
  private static boolean isNear(Incident incident) {
    Reason reason = incident.cause().finding().reason();
    return incident.votes().stream()
        .filter(vote -> vote.ballot() == Ballot.FAILED)
        .flatMap(vote -> vote.finding().stream())
        .anyMatch(finding -> finding.reason() == reason);
  }
}
