package parallax.coordinator.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.policy.Cron;
import parallax.config.policy.CronText;
import parallax.config.policy.Maintenance;
import parallax.config.target.TargetName;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.store.Store;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.view.maintenance.Spans;
import parallax.coordinator.view.maintenance.Windows;

final class UptimeHistoryTest {
  private static final Instant NOW = Examples.NOON;
  private static final List<TargetState> STATES = List.of(TargetState.values());

  private static Instant ago(String time) {
    return NOW.minus(Duration.parse(time));
  }

  @Test
  void isUnknownBeforeAnythingWasSeen() {
    assertThat(UptimeHistory.EMPTY.ratio(Window.DAY, NOW)).isEmpty();
    UptimeHistory unknown = UptimeHistory.EMPTY.with(ago("PT5H"), TargetState.UNKNOWN);
    assertThat(unknown.ratio(Window.DAY, NOW)).isEmpty();
  }

  @Test
  void isTheShareOfTheKnownTime() {
    UptimeHistory history =
        UptimeHistory.EMPTY
            .with(ago("PT10H"), TargetState.UP)
            .with(ago("PT4H"), TargetState.UNKNOWN)
            .with(ago("PT2H"), TargetState.DOWN);
    assertThat(history.ratio(Window.DAY, NOW)).hasValue(6.0 / 8.0);
  }

  @Test
  void beingDegradedCountsAsUp() {
    UptimeHistory history =
        UptimeHistory.EMPTY
            .with(ago("PT4H"), TargetState.DEGRADED)
            .with(ago("PT2H"), TargetState.UP)
            .with(ago("PT1H"), TargetState.DOWN);
    assertThat(history.ratio(Window.DAY, NOW)).hasValue(0.75);
  }

  @Test
  void maintenanceCountsNeitherAsUpNorAsDown() {
    UptimeHistory history =
        UptimeHistory.EMPTY
            .with(ago("PT10H"), TargetState.UP)
            .with(ago("PT4H"), TargetState.DOWN)
            .with(ago("PT2H"), TargetState.UP);
    Spans apart =
        Spans.of(
            List.of(
                span("PT30M", "PT0S"),
                span("PT4H", "PT3H"),
                span("PT5H", "PT3H30M"),
                span("P3D", "P2D")));
    assertThat(apart.spans()).hasSize(3);
    assertThat(history.ratio(Window.DAY, NOW, apart)).hasValue(6.5 / 7.5);
    assertThat(apart.length(NOW.minus(Window.DAY.length()).toEpochMilli(), NOW.toEpochMilli()))
        .isEqualTo(Duration.ofMinutes(150).toMillis());
    Spans all = Spans.of(List.of(span("P200D", "PT0S")));
    assertThat(history.ratio(Window.DAY, NOW, all)).isEmpty();
  }

  private static Spans.Span span(String from, String until) {
    return new Spans.Span(ago(from).toEpochMilli(), ago(until).toEpochMilli());
  }

  @Test
  void windowsThatRecurAreFoundAsFarBackAsTheyWereAskedFor() {
    Cron daily = ((CronText.Valid) CronText.parse("0 2 * * *")).cron();
    Maintenance nightly =
        new Maintenance("n", new TreeMap<>(), daily, Duration.ofHours(1), ZoneOffset.UTC);
    Instant from = NOW.minus(Duration.ofDays(7));
    Windows windows = new Windows(List.of(nightly), NOW, Duration.ofDays(7));
    Spans spans = windows.of(Examples.target("shop"));
    assertThat(spans.length(from.toEpochMilli(), NOW.toEpochMilli()))
        .isEqualTo(Duration.ofHours(7).toMillis());
    assertThat(windows.open(Examples.target("shop"))).isEmpty();
    Instant open = Instant.parse("2026-03-01T02:30:00Z");
    assertThat(new Windows(List.of(nightly), open, Duration.ZERO).open(Examples.target("shop")))
        .contains(new Windows.Open("n", Instant.parse("2026-03-01T03:00:00Z")));
  }

  @Test
  void eachWindowCutsOffWhatLiesBeforeIt() {
    UptimeHistory history =
        UptimeHistory.EMPTY
            .with(ago("P60D"), TargetState.DOWN)
            .with(ago("P15D"), TargetState.UP)
            .with(ago("PT6H"), TargetState.DOWN);
    assertThat(history.ratio(Window.DAY, NOW)).hasValue(18.0 / 24);
    assertThat(history.ratio(Window.WEEK, NOW)).hasValue((7 * 24 - 6.0) / (7 * 24));
    assertThat(history.ratio(Window.MONTH, NOW)).hasValue((15 * 24 - 6.0) / (30 * 24));
    assertThat(history.ratio(Window.QUARTER, NOW)).hasValue((15 * 24 - 6.0) / (60 * 24));
  }

  @Test
  void aStateThatDidNotLastLeavesNoTrace() {
    UptimeHistory history =
        UptimeHistory.EMPTY
            .with(ago("PT2H"), TargetState.UP)
            .with(ago("PT1H"), TargetState.DOWN)
            .with(ago("PT1H"), TargetState.UP);
    assertThat(history.ratio(Window.DAY, NOW)).hasValue(1);
  }

  @Test
  void aClockSetBackDoesNotMakeTimeNegative() {
    UptimeHistory history =
        UptimeHistory.EMPTY.with(ago("PT2H"), TargetState.UP).with(ago("PT3H"), TargetState.DOWN);
    assertThat(history.ratio(Window.DAY, NOW)).hasValue(0);
  }

  @Test
  void whatWasBeforeThisProcessComesFirst() {
    UptimeHistory live = UptimeHistory.EMPTY.with(ago("PT1H"), TargetState.DOWN);
    UptimeHistory stored = UptimeHistory.of(List.of(interval("PT4H", TargetState.UP, "PT2H")));
    UptimeHistory whole = live.preceded(stored);
    assertThat(whole.ratio(Window.DAY, NOW)).hasValue(2.0 / 3);
    assertThat(UptimeHistory.EMPTY.preceded(stored).ratio(Window.DAY, NOW)).hasValue(1);
  }

  @Test
  void aTargetThatFlapsForMonthsStaysBounded() {
    UptimeHistory history = UptimeHistory.EMPTY;
    for (int second = 10 * UptimeHistory.MAX_CHANGES; second > 0; second--) {
      history =
          history.with(
              NOW.minusSeconds(second), second % 2 == 0 ? TargetState.UP : TargetState.DOWN);
    }
    assertThat(history.ratio(Window.QUARTER, NOW).orElseThrow()).isCloseTo(0.5, within(0.001));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithCountingMinuteByMinute(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TargetState> minutes = new ArrayList<>();
    UptimeHistory history = UptimeHistory.EMPTY;
    Instant begin = NOW.minus(Duration.ofHours(30));
    TargetState state = TargetState.UNKNOWN;
    for (int minute = 0; minute < 30 * 60; minute++) {
      if (random.nextInt(20) == 0) {
        state = STATES.get(random.nextInt(STATES.size()));
        history = history.with(begin.plus(Duration.ofMinutes(minute)), state);
      }
      minutes.add(state);
    }
    List<TargetState> day =
        minutes.subList(6 * 60, minutes.size()).stream()
            .filter(known -> known != TargetState.UNKNOWN)
            .toList();
    long up = day.stream().filter(known -> known != TargetState.DOWN).count();
    OptionalDouble ratio = history.ratio(Window.DAY, NOW);
    assertThat(ratio.orElseThrow()).isCloseTo((double) up / day.size(), within(1e-9));
  }

  private static Store.Interval interval(String from, TargetState state, String until) {
    return new Store.Interval(
        new TargetName("shop"),
        state,
        Optional.empty(),
        Optional.empty(),
        ago(from),
        Optional.of(ago(until)));
  }
}
