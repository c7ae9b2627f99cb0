package parallax.bench.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;

/** What twelve probes in four regions see. */
final class Looks {
  static final int PROBES = 12;
  static final Outcome BROKEN = Outcome.down(Reason.HTTP_STATUS, "500, expected 200-299");

  private static final List<String> REGIONS = List.of("tokyo", "frankfurt", "virginia", "oslo");
  private static final long FIRST_ASN = 64_500;
  private static final long BOOT = System.currentTimeMillis();
  private static final Timings TIMINGS =
      Timings.NONE
          .plus(Phase.RESOLVE, Duration.ofNanos(1_200_345))
          .plus(Phase.CONNECT, Duration.ofNanos(8_400_121))
          .plus(Phase.FIRST_BYTE, Duration.ofNanos(42_000_999));

  private Looks() {}

  static String name(int target) {
    return "site-%05d".formatted(target);
  }

  static Vantage vantage(int probe) {
    return new Vantage(
        new ProbeName("bench-" + probe),
        new Region(REGIONS.get(probe % REGIONS.size())),
        Optional.of(FIRST_ASN + probe));
  }

  /** A look of now. */
  static Evidence of(int probe, int target, long sequence, boolean up) {
    Instant now = Instant.now();
    return new Evidence(
        new Observation(
            new ObservationId(new ProbeName("bench-" + probe), BOOT, sequence),
            vantage(probe),
            new TargetName(name(target)),
            CheckKind.HTTP,
            up ? Layer.CONTENT : Layer.HTTP,
            now,
            now,
            Duration.ofMillis(70),
            up ? Outcome.up() : BROKEN,
            TIMINGS,
            Facts.NONE
                .withAddress("192.0.2.80")
                .withHttp(up ? 200 : 500, "1.1")
                .withBodyBytes(5_120)),
        now);
  }
}
