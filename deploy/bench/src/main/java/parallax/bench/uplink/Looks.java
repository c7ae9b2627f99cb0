package parallax.bench.uplink;

import java.time.Duration;
import java.time.Instant;
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
import parallax.config.wire.Batch;

/** What virtual probes see: an HTTPS check the whole way, or a server's error. */
final class Looks {
  private static final String[] REGIONS = {"tokyo", "frankfurt", "virginia"};
  private static final int NETWORKS = 40;
  private static final long FIRST_ASN = 64_500;
  private static final Timings TIMINGS =
      Timings.NONE
          .plus(Phase.RESOLVE, Duration.ofNanos(1_200_345))
          .plus(Phase.CONNECT, Duration.ofNanos(8_400_121))
          .plus(Phase.TLS, Duration.ofNanos(17_100_007))
          .plus(Phase.FIRST_BYTE, Duration.ofNanos(42_000_999))
          .plus(Phase.TRANSFER, Duration.ofNanos(310_000));

  private Looks() {}

  static String name(int probe) {
    return "bench-" + probe;
  }

  static String target(int number) {
    return "live-" + (number + 1);
  }

  static Vantage vantage(int probe) {
    return new Vantage(
        new ProbeName(name(probe)),
        new Region(REGIONS[probe % REGIONS.length]),
        Optional.of(FIRST_ASN + probe % NETWORKS));
  }

  /** An observation as it stands in a frame: its number stands with the batch. */
  static byte[] encoded(Vantage vantage, int target, boolean up, Instant at) {
    Facts facts =
        Facts.NONE
            .withAddress("192.0.2.80")
            .withHttp(up ? 200 : 500, "2")
            .withTls("TLSv1.3", Optional.of(at.plus(Duration.ofDays(60))))
            .withIssuer("Example Trust Services")
            .withBodyBytes(5_120);
    return Batch.encode(
        new Observation(
            new ObservationId(vantage.probe(), 0, 0),
            vantage,
            new TargetName(target(target)),
            CheckKind.HTTP,
            up ? Layer.CONTENT : Layer.HTTP,
            at,
            at.plusNanos(3_141_592),
            Duration.ofNanos(69_011_472),
            up ? Outcome.up() : Outcome.down(Reason.HTTP_STATUS, "500"),
            TIMINGS,
            facts));
  }
}
