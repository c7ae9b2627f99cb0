package parallax.probe.registration.courtesy;

import java.time.Duration;
import java.util.Optional;

/** What a host answered, as far as it tells how often it may be asked. */
public sealed interface Heard {
  /** An answer, whatever it says of the name. */
  record Answer() implements Heard {}

  /** That it has been asked too often, or too many. */
  record Quota(Optional<Duration> retryAfter) implements Heard {}

  /** Nothing that helps: silence, an error, garbage. */
  record Failure() implements Heard {}
}
