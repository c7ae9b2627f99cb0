package parallax.coordinator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import parallax.config.target.TargetName;

final class ReportGateTest {
  private static final TargetName SHOP = new TargetName("shop");

  private final AtomicLong nanos = new AtomicLong();
  private final ReportGate gate = new ReportGate(nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static TargetName target(int number) {
    return new TargetName("t" + number);
  }

  @Test
  void fromOnePlaceATargetIsReportedOnceInAWhile() {
    assertThat(gate.ask("a", SHOP)).isEmpty();
    assertThat(gate.ask("a", SHOP)).contains(ReportGate.ONCE_IN);
    pass(ReportGate.ONCE_IN.minusNanos(1));
    assertThat(gate.ask("a", SHOP)).contains(Duration.ofNanos(1));
    pass(Duration.ofNanos(1));
    assertThat(gate.ask("a", SHOP)).isEmpty();
    assertThat(gate.ask("b", SHOP)).isEmpty();
  }

  @Test
  void onePlaceReportsFewTargetsAtOnce() {
    for (int number = 0; number < ReportGate.AT_ONCE; number++) {
      assertThat(gate.ask("a", target(number))).isEmpty();
    }
    assertThat(gate.ask("a", SHOP)).contains(ReportGate.EACH_IN);
    pass(ReportGate.EACH_IN);
    assertThat(gate.ask("a", SHOP)).isEmpty();
    assertThat(gate.ask("a", target(99))).isPresent();
  }

  @Test
  void manyPlacesReportOneTargetAsFastAsTheRecordCanTakeIt() {
    for (int place = 0; place < ReportGate.OF_TARGET; place++) {
      assertThat(gate.ask("p" + place, SHOP)).isEmpty();
    }
    assertThat(gate.ask("late", SHOP)).contains(ReportGate.OF_TARGET_IN);
    assertThat(gate.ask("late", target(1))).isEmpty();
    pass(ReportGate.OF_TARGET_IN);
    assertThat(gate.ask("late", SHOP)).isEqualTo(Optional.empty());
  }

  @Test
  void whatIsRememberedIsBounded() {
    for (int place = 0; place < ReportGate.MAX_BUCKETS; place++) {
      pass(ReportGate.OF_TARGET_IN);
      gate.ask("p" + place, SHOP);
    }
    assertThat(gate.size()).isLessThanOrEqualTo(ReportGate.MAX_BUCKETS);
  }
}
