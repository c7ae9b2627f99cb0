package parallax.probe.blackbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateGateTest {
  private long now;
  private final RateGate gate =
      new RateGate(new WebConfig.Rate(Duration.ofMillis(100), 3), () -> now);

  private int let(int requests) {
    int let = 0;
    for (int at = 0; at < requests; at++) {
      let += gate.lets() ? 1 : 0;
    }
    return let;
  }

  @Test
  void someComeInAtOnceAndThenOneInEachInterval() {
    assertThat(let(10)).isEqualTo(3);
    now += Duration.ofMillis(99).toNanos();
    assertThat(let(1)).isZero();
    now += Duration.ofMillis(1).toNanos();
    assertThat(let(2)).isEqualTo(1);
    now += Duration.ofHours(1).toNanos();
    assertThat(let(10)).isEqualTo(3);
  }
}
