package parallax.coordinator.page.objective;

import static parallax.coordinator.page.Html.item;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.coordinator.page.TargetRows;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Words;
import parallax.coordinator.view.maintenance.Spans;
import parallax.coordinator.view.objective.BurnWindow;
import parallax.coordinator.view.objective.ErrorBudget;

/** The objective of a target, on its page. */
public final class ObjectivePart {
  private static final String UNKNOWN = "not known";

  private ObjectivePart() {}

  /** Writes it, if the target has one. */
  public static void write(StringBuilder html, TargetView view, Instant now, Spans maintenance) {
    Optional<ErrorBudget> known = ErrorBudget.of(view, now, maintenance);
    if (known.isEmpty()) {
      return;
    }
    ErrorBudget budget = known.get();
    html.append("<section aria-labelledby=\"objective\"><h2 id=\"objective\">Objective</h2><dl>")
        .append(item("To be up", target(budget)))
        .append(item("Is up", share(budget.ratio()) + ", " + verdict(budget)))
        .append(item("Error budget", Words.of(budget.total())))
        .append(item("Used", Words.of(budget.used())))
        .append(item("Left", left(budget)));
    for (BurnWindow window : BurnWindow.values()) {
      html.append(
          item("Burn rate, " + window.label(), rate(view, budget, window, now, maintenance)));
    }
    html.append("</dl><p><a href=\"/objectives\">All objectives</a></p></section>\n");
  }

  static String target(ErrorBudget budget) {
    return percent(budget.objective().target()) + " of " + Words.of(budget.objective().window());
  }

  /** A configured share, with as many digits as it has. */
  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.3f", share * 100).replaceAll("\\.?0+$", "") + " %";
  }

  static String share(OptionalDouble ratio) {
    return ratio.isPresent() ? TargetRows.percent(ratio.getAsDouble()) : UNKNOWN;
  }

  static String verdict(ErrorBudget budget) {
    return budget.isMet().map(met -> met ? "met" : "missed").orElse(UNKNOWN);
  }

  /** What is left, in time and as a share. */
  static String left(ErrorBudget budget) {
    OptionalDouble ratio = budget.leftRatio();
    if (ratio.isEmpty()) {
      return UNKNOWN;
    }
    Duration left = budget.left();
    String time = left.isNegative() ? "overspent by " + Words.of(left.negated()) : Words.of(left);
    return time + " (" + Math.round(Math.floor(ratio.getAsDouble() * 100)) + " %)";
  }

  static String rate(
      TargetView view, ErrorBudget budget, BurnWindow window, Instant now, Spans maintenance) {
    OptionalDouble rate = ErrorBudget.burnRate(view, budget.objective(), window, now, maintenance);
    return rate.isPresent() ? String.format(Locale.ROOT, "%.1f", rate.getAsDouble()) : UNKNOWN;
  }
}
