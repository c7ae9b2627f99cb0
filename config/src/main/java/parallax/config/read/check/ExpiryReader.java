package parallax.config.read.check;

import java.time.Duration;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;

/** {@code {warn: 21d, fail: 3d}}: how long before its end something is told of. */
final class ExpiryReader {
  private static final Duration MAX = Duration.ofDays(3_650);

  private static final Field<Duration> WARN =
      Field.optional(
          "warn",
          Kinds.duration(Duration.ZERO, MAX),
          "DEGRADED when it ends within this time, as in 21d.");
  private static final Field<Duration> FAIL =
      Field.optional(
          "fail",
          Kinds.duration(Duration.ZERO, MAX),
          "DOWN when it ends within this time, as in 3d.");
  private static final Shape SHAPE =
      Shape.of("expiry", "How long before its end something is told of.", WARN, FAIL);

  private ExpiryReader() {}

  /** Both times; {@code warn} is never shorter than {@code fail}. */
  record Expiry(Duration warn, Duration fail) {}

  /** An expiry; what is left out is as in {@code standard}, or as far as the other one asks. */
  static Kind<Expiry> expiry(Expiry standard) {
    return Kinds.fields(
        SHAPE,
        (values, node, reading) -> {
          Optional<Duration> warn = values.get(WARN);
          Optional<Duration> fail = values.get(FAIL);
          if (warn.isPresent() && fail.isPresent() && warn.get().compareTo(fail.get()) < 0) {
            return reading.refuse(
                values.placeOf(WARN.key()),
                "warns later than it fails: 'warn' must be at least as long as 'fail'");
          }
          Duration failing =
              fail.orElseGet(() -> shorter(standard.fail(), warn.orElse(standard.fail())));
          Duration warning =
              warn.orElseGet(
                  () -> standard.warn().compareTo(failing) < 0 ? failing : standard.warn());
          return Optional.of(new Expiry(warning, failing));
        });
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
