package parallax.coordinator.json;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.maintenance.Spans;
import parallax.coordinator.view.objective.BurnWindow;
import parallax.coordinator.view.objective.ErrorBudget;

/** An objective and what is left of its error budget. */
public final class ObjectiveJson {
  private ObjectiveJson() {}

  /** Writes the field {@code objective}, null for a target without. */
  public static void write(Json json, TargetView view, Instant at, Spans maintenance)
      throws IOException {
    Optional<ErrorBudget> known = ErrorBudget.of(view, at, maintenance);
    if (known.isEmpty()) {
      json.nothing("objective");
      return;
    }
    ErrorBudget budget = known.get();
    json.object(
        "objective",
        fields -> {
          fields
              .number("target", budget.objective().target())
              .number("windowSeconds", budget.objective().window().toSeconds());
          ratio(fields, "ratio", budget.ratio());
          if (budget.isMet().isPresent()) {
            fields.flag("met", budget.isMet().get());
          } else {
            fields.nothing("met");
          }
          fields.object("errorBudget", left -> left(left, budget));
          fields.object("burnRate", rates -> rates(rates, view, budget, at, maintenance));
        });
  }

  private static void left(Json json, ErrorBudget budget) throws IOException {
    json.number("totalSeconds", budget.total().toMillis() / 1e3)
        .number("usedSeconds", budget.used().toMillis() / 1e3)
        .number("leftSeconds", budget.left().toMillis() / 1e3);
    ratio(json, "leftRatio", budget.leftRatio());
  }

  private static void rates(
      Json json, TargetView view, ErrorBudget budget, Instant at, Spans maintenance)
      throws IOException {
    for (BurnWindow window : BurnWindow.values()) {
      ratio(
          json,
          window.label(),
          ErrorBudget.burnRate(view, budget.objective(), window, at, maintenance));
    }
  }

  private static void ratio(Json json, String name, OptionalDouble ratio) throws IOException {
    if (ratio.isPresent()) {
      json.number(name, ratio.getAsDouble());
    } else {
      json.nothing(name);
    }
  }
}
