package parallax.probe.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.check.CheckResult;

/** Results of a probe that was late itself. */
final class OwnTroubleTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);

  @ParameterizedTest
  @CsvSource({
    "CONNECT_TIMEOUT, 0, 0, CONNECT_TIMEOUT",
    "CONNECT_TIMEOUT, 1000, 500, CONNECT_TIMEOUT",
    "CONNECT_TIMEOUT, 1001, 0, PROBE_OVERLOADED",
    "CONNECT_TIMEOUT, 0, 501, PROBE_OVERLOADED",
    "DNS_TIMEOUT, 0, 2000, PROBE_OVERLOADED",
    "TLS_TIMEOUT, 0, 2000, PROBE_OVERLOADED",
    "HTTP_TIMEOUT, 0, 2000, PROBE_OVERLOADED",
    "HTTP_BODY_TIMEOUT, 0, 2000, PROBE_OVERLOADED",
    "HTTP_SLOW, 0, 2000, PROBE_OVERLOADED",
    "PROBE_WALK_BOUND, 0, 2000, PROBE_OVERLOADED",
    "CONNECTION_REFUSED, 5000, 5000, CONNECTION_REFUSED",
    "NXDOMAIN, 5000, 5000, NXDOMAIN",
    "PROBE_RESOLVER_DOWN, 5000, 5000, PROBE_RESOLVER_DOWN"
  })
  void onlyTimeOutsOfALateProbeAreItsOwn(Reason seen, long start, long loop, Reason believed) {
    CheckResult result = CheckResult.failed(seen, "", Layer.TCP, Timings.NONE, Facts.NONE);
    Lag lag = new Lag(Duration.ofMillis(start), Duration.ofMillis(loop));
    assertThat(OwnTrouble.adjust(result, lag).outcome().why().map(Finding::reason))
        .contains(believed);
  }

  @Test
  void successOfALateProbeIsASuccess() {
    CheckResult up = CheckResult.up(Layer.HTTP, Timings.NONE, Facts.NONE);
    Lag lag = new Lag(Duration.ofHours(1), Duration.ofHours(1));
    assertThat(OwnTrouble.adjust(up, lag).outcome()).isEqualTo(Outcome.up());
  }

  @Test
  void aDelayCountsWhileItLastsAndForThoseWhoWereThere() {
    LoopLag lag = new LoopLag(nanos::get, 2);
    long before = nanos.get();
    pass(100);
    lag.beat(0);
    lag.beat(1);
    assertThat(lag.since(before)).isZero();
    pass(1_100);
    assertThat(lag.since(before)).isEqualTo(Duration.ofSeconds(1));
    lag.beat(0);
    lag.beat(1);
    pass(2_000);
    lag.beat(0);
    lag.beat(1);
    pass(3_000);
    lag.beat(0);
    lag.beat(1);
    assertThat(lag.ofLastMinute()).isEqualTo(Duration.ofMillis(2_900));
    long later = nanos.get();
    pass(1_500);
    lag.beat(0);
    lag.beat(1);
    pass(50);
    assertThat(lag.since(later + 1_500_000_000L)).isEqualTo(Duration.ofMillis(1_400));
  }

  @Test
  void oldDelaysAreForgotten() {
    WorstDelays delays = new WorstDelays(nanos::get);
    delays.note(Duration.ofSeconds(9));
    pass(30_000);
    delays.note(Duration.ofSeconds(2));
    assertThat(delays.ofLastMinute()).isEqualTo(Duration.ofSeconds(9));
    pass(40_000);
    assertThat(delays.ofLastMinute()).isEqualTo(Duration.ofSeconds(2));
    pass(10_000_000);
    assertThat(delays.ofLastMinute()).isZero();
  }

  private void pass(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
