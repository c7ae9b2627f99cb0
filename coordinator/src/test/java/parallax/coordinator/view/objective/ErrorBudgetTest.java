package parallax.coordinator.view.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.metrics.ExpositionFormat;
import parallax.config.target.Objective;
import parallax.config.target.Target;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.page.Assets;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.page.objective.ObjectivesPage;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.maintenance.Spans;

final class ErrorBudgetTest {
  private static final Instant NOW = Examples.NOON;
  private static final List<TargetState> STATES = List.of(TargetState.values());
  private static final Objective MONTH = new Objective(0.999, Duration.ofDays(30));

  private static Instant ago(String time) {
    return NOW.minus(Duration.parse(time));
  }

  private static TargetView view(String name, Optional<Objective> objective, UptimeHistory past) {
    Target target = Examples.target(name).with(objective);
    return new TargetView(
        target,
        Examples.verdict(name, TargetState.UP, ago("PT1H")),
        List.of(),
        past,
        Optional.empty());
  }

  private static ErrorBudget budget(UptimeHistory past, Spans maintenance) {
    return ErrorBudget.of(view("shop", Optional.of(MONTH), past), NOW, maintenance).orElseThrow();
  }

  /** Up for a hundred days but for {@code minutes}, two hours ago. */
  private static UptimeHistory downFor(long minutes) {
    return UptimeHistory.EMPTY
        .with(ago("P100D"), TargetState.UP)
        .with(ago("PT2H"), TargetState.DOWN)
        .with(ago("PT2H").plus(Duration.ofMinutes(minutes)), TargetState.UP);
  }

  @Test
  void threeNinesOfThirtyDaysAllowFortyThreeMinutes() {
    ErrorBudget budget = budget(downFor(10), Spans.NONE);

    assertThat(budget.total()).isEqualTo(Duration.ofSeconds(43 * 60 + 12));
    assertThat(budget.used()).isEqualTo(Duration.ofMinutes(10));
    assertThat(budget.left()).isEqualTo(Duration.ofSeconds(33 * 60 + 12));
    assertThat(budget.leftRatio().orElseThrow()).isCloseTo(33.2 / 43.2, within(1e-9));
    assertThat(budget.isMet()).contains(true);
  }

  @Test
  void moreThanThereIsCanBeUsed() {
    ErrorBudget budget = budget(downFor(60), Spans.NONE);

    assertThat(budget.left()).isNegative();
    assertThat(budget.leftRatio().orElseThrow()).isNegative();
    assertThat(budget.isMet()).contains(false);
  }

  @Test
  void maintenanceNeitherBurnsNorFills() {
    long from = ago("PT2H").toEpochMilli();
    Spans planned =
        Spans.of(List.of(new Spans.Span(from, from + Duration.ofMinutes(60).toMillis())));

    ErrorBudget budget = budget(downFor(60), planned);

    assertThat(budget.used()).isZero();
    assertThat(budget.total())
        .isEqualTo(Duration.ofMillis(Math.round(0.001 * (30 * 24 - 1) * 36e5)));
  }

  @Test
  void unknownTimeDoesNotCount() {
    UptimeHistory past =
        UptimeHistory.EMPTY
            .with(ago("P10D"), TargetState.UP)
            .with(ago("P5D"), TargetState.UNKNOWN)
            .with(ago("P1D"), TargetState.DEGRADED);

    assertThat(budget(past, Spans.NONE).known()).isEqualTo(Duration.ofDays(6).toMillis());
    assertThat(budget(past, Spans.NONE).leftRatio()).hasValue(1);
    assertThat(budget(UptimeHistory.EMPTY, Spans.NONE).isMet()).isEmpty();
    assertThat(budget(UptimeHistory.EMPTY, Spans.NONE).leftRatio()).isEmpty();
  }

  @Test
  void burnsAtTheRateOfTheWindow() {
    TargetView view = view("shop", Optional.of(MONTH), downFor(9));

    assertThat(rate(view, BurnWindow.HOUR)).hasValue(0);
    assertThat(rate(view, BurnWindow.SIX_HOURS).orElseThrow()).isCloseTo(25, within(1e-9));
    assertThat(rate(view, BurnWindow.THREE_DAYS).orElseThrow())
        .isCloseTo(9.0 / (3 * 24 * 60) / 0.001, within(1e-9));
  }

  private static OptionalDouble rate(TargetView view, BurnWindow window) {
    return ErrorBudget.burnRate(view, MONTH, window, NOW, Spans.NONE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithTheUptimeOfTheSameWindow(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    UptimeHistory past = UptimeHistory.EMPTY;
    Instant at = ago("P95D");
    while (at.isBefore(NOW)) {
      past = past.with(at, STATES.get(random.nextInt(STATES.size())));
      at = at.plusSeconds(random.nextLong(1, 400_000));
    }
    long hour = Duration.ofHours(1).toMillis();
    long from = NOW.toEpochMilli() - random.nextLong(90) * 24 * hour;
    Spans apart = Spans.of(List.of(new Spans.Span(from, from + hour)));

    ErrorBudget budget = budget(past, apart);

    assertThat(budget.ratio()).isEqualTo(past.ratio(Window.MONTH, NOW, apart));
    assertThat(budget.leftRatio().orElseThrow())
        .isCloseTo(1 - (1 - budget.ratio().orElseThrow()) / MONTH.allowed(), within(1e-6));
  }

  @Test
  void metricsTellWhatIsLeftOfThoseThatHaveOne() {
    Shown shown = new Shown();
    shown.show(
        List.of(
            view("none", Optional.empty(), downFor(10)),
            view("shop", Optional.of(MONTH), downFor(9)),
            view("unseen", Optional.of(MONTH), UptimeHistory.EMPTY)),
        List.of());
    Meters meters = new Meters();
    try {
      String page =
          new MetricsPage(shown, new CheckDurations(), meters, List.of())
              .render(ExpositionFormat.PROMETHEUS)
              .toString();

      assertThat(page)
          .contains(
              "parallax_objective_ratio{target=\"shop\"} 0.999\n",
              "parallax_objective_ratio{target=\"unseen\"} 0.999\n",
              "parallax_error_budget_remaining_ratio{target=\"shop\"} 0.79",
              "parallax_burn_rate{target=\"shop\",window=\"1h\"} 0",
              "parallax_burn_rate{target=\"shop\",window=\"6h\"} 2")
          .doesNotContain("objective_ratio{target=\"none\"}", "remaining_ratio{target=\"unseen\"}");
    } finally {
      meters.close();
    }
  }

  @Test
  void thePageHasTheLeastLeftFirst() {
    Shown shown = new Shown();
    shown.show(
        List.of(
            view("fine", Optional.of(MONTH), downFor(1)),
            view("none", Optional.empty(), downFor(10)),
            view("spent", Optional.of(MONTH), downFor(90)),
            view("unseen", Optional.of(MONTH), UptimeHistory.EMPTY)),
        List.of());

    String html =
        new ObjectivesPage(new Frame(new Assets(), "1"))
            .render(shown.snapshot(), new ObjectivesPage.Part(new LabelFilter(""), 0));

    assertThat(html)
        .containsSubsequence("3 targets have an objective", "spent", "fine", "unseen")
        .contains("99.9 % of 30d", "overspent by 46m 48s (-109 %)", "missed", "not known")
        .doesNotContain("/targets/none");
  }
}
