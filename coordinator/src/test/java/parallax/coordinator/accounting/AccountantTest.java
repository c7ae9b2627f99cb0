package parallax.coordinator.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.store.InMemoryStore;
import parallax.coordinator.testing.Examples;

/** Reports of what is on record. */
final class AccountantTest {
  private static final Month MARCH = Month.parse("2026-03", "UTC");
  private static final Configuration SHOP =
      Examples.configuration("1", Examples.target("quiet"), Examples.target("shop"));

  private final InMemoryStore store = new InMemoryStore();

  private void look(Outcome outcome, String at) {
    Instant when = Instant.parse(at);
    store.append(List.of(new Evidence(Examples.observation("shop", outcome, when), when)));
  }

  private MonthlyReport report(String now) {
    return new Accountant(store).report(MARCH, SHOP, _ -> true, Instant.parse(now));
  }

  @Test
  void latencyIsOfLooksOfTheMonthFromWhenAllAreKept() {
    look(Outcome.up(), "2026-03-10T00:00:00Z");
    look(Outcome.up(), "2026-03-29T12:00:00Z");
    look(Outcome.degraded(Reason.HTTP_SLOW, ""), "2026-03-31T23:59:59Z");
    look(Outcome.down(Reason.HTTP_STATUS, "503"), "2026-03-31T12:00:00Z");
    look(Outcome.up(), "2026-04-01T00:00:00Z");

    MonthlyReport report = report("2026-04-03T00:00:00Z");
    assertThat(report.looksFrom()).isEqualTo("2026-03-27T00:00:00Z");
    assertThat(report.targets().getFirst().latency()).isEmpty();
    Optional<Latency> latency = report.targets().getLast().latency();
    assertThat(latency).map(Latency::looks).contains(2L);
    assertThat(latency).map(Latency::check).contains(CheckKind.HTTP);
    assertThat(latency.orElseThrow().middle())
        .isBetween(Duration.ofMillis(41), Duration.ofMillis(43));
  }

  @Test
  void ofAMonthThatGoesOnLooksCountFromItsBeginning() {
    look(Outcome.up(), "2026-02-28T23:59:59Z");
    look(Outcome.up(), "2026-03-01T00:00:00Z");

    MonthlyReport report = report("2026-03-04T00:00:00Z");
    assertThat(report.looksFrom()).isEqualTo(MARCH.from());
    assertThat(report.targets().getLast().latency()).map(Latency::looks).contains(1L);
  }

  @Test
  void ofAMonthLongAgoNoLatencyIsTold() {
    look(Outcome.up(), "2026-03-10T00:00:00Z");

    MonthlyReport report = report("2026-06-01T00:00:00Z");
    assertThat(report.tellsLatency()).isFalse();
    assertThat(report.targets()).allSatisfy(each -> assertThat(each.latency()).isEmpty());
  }
}
