package parallax.coordinator.oidc;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.coordinator.access.LocalPath;
import parallax.coordinator.access.Seal;

/**
 * Somebody who was sent away to say who they are. What is needed when they come back is in a cookie
 * of their browser, so any coordinator may be the one that they come back to; and what only we may
 * know is a mark of it.
 *
 * @param id also the state (RFC 6749 section 10.12)
 * @param to where they wanted to go, a path of ours
 * @param began in whole seconds
 */
public record Trip(String id, String to, Instant began) {
  /** They have to be back by then. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  private static final String PURPOSE = "trip";

  /** As it is kept in a cookie. */
  public String sealed(Seal seal) {
    return seal.sealed(PURPOSE, id + "\n" + began.getEpochSecond() + "\n" + to);
  }

  /** Whoever comes back in time; empty when a cookie is not of ours, or too old. */
  public static Optional<Trip> opened(Seal seal, String sealed, Instant now) {
    return seal.opened(PURPOSE, sealed).flatMap(Trip::read).filter(trip -> trip.isOf(now));
  }

  private static Optional<Trip> read(String text) {
    String[] fields = text.split("\n", 3);
    if (fields.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Trip(
              fields[0],
              LocalPath.of(Optional.of(fields[2])),
              Instant.ofEpochSecond(Long.parseLong(fields[1]))));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private boolean isOf(Instant now) {
    return now.isBefore(began.plus(LONGEST)) && !began.isAfter(now.plus(IdToken.SKEW));
  }

  /** The nonce (OpenID Connect Core 1.0 section 3.1.2.1). */
  public String nonce(Seal seal) {
    return seal.mark("nonce", id);
  }

  /** The code verifier (RFC 7636 section 4.1): 43 characters. */
  public String verifier(Seal seal) {
    return seal.mark("verifier", id);
  }
}
