package parallax.probe.registration.courtesy;

import java.time.Duration;
import java.time.Instant;

/**
 * What is owed to one host. The bucket is kept as the generic cell rate algorithm does (ITU-T I.371
 * section A.1): one instant, at which it would be full again.
 *
 * @param fullAt when the bucket is full again
 * @param quietUntil before then nothing is asked
 * @param quotas answers in a row that spoke of a quota
 */
public record HostManners(Instant fullAt, Instant quietUntil, int quotas) {
  static final Duration FIRST_BACK_OFF = Duration.ofMinutes(10);
  static final Duration LONGEST_BACK_OFF = Duration.ofHours(24);

  /** So many in a row open the circuit: then the host is left alone for the longest time. */
  static final int CIRCUIT_QUOTAS = 3;

  static final HostManners NEW = new HostManners(Instant.EPOCH, Instant.EPOCH, 0);

  boolean isOpen() {
    return quotas >= CIRCUIT_QUOTAS;
  }

  /** When one more question fits into the bucket. */
  Instant fitsAt(Pace pace) {
    return fullAt.minus(pace.every().multipliedBy(pace.burst() - 1L));
  }

  HostManners asked(Pace pace, Instant now) {
    Instant from = fullAt.isAfter(now) ? fullAt : now;
    return new HostManners(from.plus(pace.every()), quietUntil, quotas);
  }

  /** As {@link Courtesy#answered}. */
  HostManners heard(Heard heard, Instant now, double jitter) {
    return switch (heard) {
      case Heard.Answer _ -> new HostManners(fullAt, quietUntil, 0);
      case Heard.Failure _ -> this;
      case Heard.Quota(var retryAfter) -> {
        int count = Math.min(quotas + 1, CIRCUIT_QUOTAS);
        Duration own =
            count >= CIRCUIT_QUOTAS
                ? LONGEST_BACK_OFF
                : Courtesy.jittered(FIRST_BACK_OFF.multipliedBy(1L << quotas), jitter);
        Duration asked =
            Courtesy.jittered(bounded(retryAfter.orElse(Duration.ZERO)), Math.abs(jitter));
        Duration quiet = retryAfter.isPresent() && count < CIRCUIT_QUOTAS ? asked : own;
        yield new HostManners(fullAt, now.plus(bounded(quiet)), count);
      }
    };
  }

  private static Duration bounded(Duration wait) {
    return wait.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : wait;
  }
}
