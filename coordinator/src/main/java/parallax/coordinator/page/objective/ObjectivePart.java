package parallax.coordinator.page.objective;

import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.item;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.maintenance.Spans;
import parallax.coordinator.view.objective.BurnWindow;
import parallax.coordinator.view.objective.ErrorBudget;
import parallax.coordinator.words.Say;

/** The objective of a target, on its page. */
public final class ObjectivePart {
  private final ErrorBudget budget;
  private final Say say;

  ObjectivePart(ErrorBudget budget, Say say) {
    this.budget = budget;
    this.say = say;
  }

  /** Writes it, if the target has one. */
  public static void write(
      StringBuilder html, TargetView view, Instant now, Spans maintenance, Say say) {
    Optional<ErrorBudget> known = ErrorBudget.of(view, now, maintenance);
    if (known.isEmpty()) {
      return;
    }
    ErrorBudget budget = known.get();
    ObjectivePart part = new ObjectivePart(budget, say);
    html.append("<section aria-labelledby=\"objective\"><h2 id=\"objective\">")
        .append(say.html("objective.title") + "</h2><dl>")
        .append(item(say.of("column.aim"), escaped(part.target())))
        .append(
            item(
                say.of("column.share"),
                say.html("objective.is", escaped(part.share()), escaped(part.verdict()))))
        .append(item(say.of("objective.budget"), escaped(say.core().of(budget.total()))))
        .append(item(say.of("objective.used"), escaped(say.core().of(budget.used()))))
        .append(item(say.of("objective.left"), escaped(part.left())));
    for (BurnWindow window : BurnWindow.values()) {
      OptionalDouble rate =
          ErrorBudget.burnRate(view, budget.objective(), window, now, maintenance);
      String name = say.of("objective.rate", say.core().of(window.length()));
      html.append(item(name, escaped(part.rate(rate))));
    }
    html.append("</dl><p><a href=\"/objectives\">" + say.html("objective.all"))
        .append("</a></p></section>\n");
  }

  /** How much of the time it is to be up. */
  String target() {
    return say.of(
        "objective.of",
        percent(budget.objective().target()),
        say.core().of(budget.objective().window()));
  }

  /** A configured share, with as many digits as it has. */
  private String percent(double share) {
    String digits = String.format(Locale.ROOT, "%.3f", share * 100).replaceAll("\\.?0+$", "");
    return say.of("percent", digits);
  }

  /** How much of the time it is up. */
  String share() {
    OptionalDouble ratio = budget.ratio();
    return ratio.isPresent() ? say.percent(ratio.getAsDouble()) : say.of("unknown");
  }

  String verdict() {
    return budget
        .isMet()
        .map(met -> say.of(met ? "objective.met" : "objective.missed"))
        .orElseGet(() -> say.of("unknown"));
  }

  /** What is left, in time and as a share. */
  String left() {
    OptionalDouble ratio = budget.leftRatio();
    if (ratio.isEmpty()) {
      return say.of("unknown");
    }
    Duration left = budget.left();
    String time =
        left.isNegative()
            ? say.of("objective.over", say.core().of(left.negated()))
            : say.core().of(left);
    return say.of("objective.part", time, say.wholePercent(ratio.getAsDouble()));
  }

  /** How fast the budget burns. */
  String rate(OptionalDouble rate) {
    return rate.isPresent()
        ? String.format(Locale.ROOT, "%.1f", rate.getAsDouble())
        : say.of("unknown");
  }
}
