package parallax.coordinator.core.incident;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Layer;
import parallax.config.target.TargetName;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Verdict;

/**
 * From verdicts to incidents. DOWN opens one, at most one a target; DEGRADED opens none; UP or
 * DEGRADED resolves it; UNKNOWN leaves it as it is, for nothing was seen that would end it.
 */
public final class IncidentRule {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 12;

  private IncidentRule() {}

  /**
   * What a new verdict means to a target's incident.
   *
   * @param open the incident of the target that is open
   * @param onset when the trouble began; empty: now
   * @return the incident as it is now, when it changed
   */
  public static Optional<Incident> step(
      Optional<Incident> open, Verdict verdict, Optional<Instant> onset, Instant now) {
    return switch (verdict.state()) {
      case DOWN ->
          open.isPresent() ? changed(open.get(), verdict) : opened(verdict, onset.orElse(now), now);
      case UP, DEGRADED -> open.map(incident -> resolved(incident, now));
      case UNKNOWN -> Optional.empty();
    };
  }

  /** The incident, over. */
  public static Incident resolved(Incident incident, Instant now) {
    return with(incident, incident.scope(), incident.cause(), Optional.of(now));
  }

  /** The same for the same target and onset: 60 bits of SHA-256 in base 32 (RFC 4648). */
  static IncidentId identity(TargetName target, Instant onset) {
    byte[] digest = sha256(target + " " + onset);
    StringBuilder id = new StringBuilder(ID_LENGTH);
    long bits = 0;
    for (int index = 0; index < Long.BYTES; index++) {
      bits = bits << Byte.SIZE | (digest[index] & 0xff);
    }
    for (int digit = 0; digit < ID_LENGTH; digit++) {
      id.append(ALPHABET.charAt((int) (bits >>> 59)));
      bits <<= 5;
    }
    return new IncidentId(id.toString());
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Optional<Incident> opened(Verdict verdict, Instant onset, Instant now) {
    return verdict
        .cause()
        .map(
            cause ->
                new Incident(
                    identity(verdict.target(), onset),
                    List.of(verdict.target()),
                    verdict.scope().orElse(Scope.UNCONFIRMED),
                    cause,
                    onset,
                    now,
                    Optional.empty(),
                    verdict.evidence()));
  }

  private static Optional<Incident> changed(Incident open, Verdict verdict) {
    Scope scope = verdict.scope().orElse(open.scope());
    Cause cause = verdict.cause().filter(seen -> replaces(seen, open.cause())).orElse(open.cause());
    boolean same = scope == open.scope() && cause.equals(open.cause());
    return same ? Optional.empty() : Optional.of(with(open, scope, cause, Optional.empty()));
  }

  /**
   * The first domino is kept: only an earlier layer replaces it. Between the layers at which users
   * meet the service (TCP and later) the cause follows what is seen, for there one trouble often
   * turns into another while people repair.
   */
  private static boolean replaces(Cause seen, Cause known) {
    boolean same = seen.layer() == known.layer();
    if (same && seen.finding().reason() == known.finding().reason()) {
      return false;
    }
    return same || seen.layer().breaks(known.layer()) || !known.layer().breaks(Layer.TCP);
  }

  private static Incident with(
      Incident incident, Scope scope, Cause cause, Optional<Instant> resolved) {
    return new Incident(
        incident.id(),
        incident.targets(),
        scope,
        cause,
        incident.onset(),
        incident.opened(),
        resolved,
        incident.evidence());
  }
}
