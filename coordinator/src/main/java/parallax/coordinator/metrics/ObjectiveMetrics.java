package parallax.coordinator.metrics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parallax.config.target.Objective;
import parallax.coordinator.metrics.kept.KeptLines;
import parallax.coordinator.metrics.kept.KeptTargets.Told;
import parallax.coordinator.metrics.text.Family;
import parallax.coordinator.metrics.text.PromText;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.maintenance.Spans;
import parallax.coordinator.view.maintenance.Windows;
import parallax.coordinator.view.objective.BurnWindow;
import parallax.coordinator.view.objective.ErrorBudget;

/** Objectives of targets: five series for each target that has one. */
final class ObjectiveMetrics {
  /** The most samples of one target. */
  static final int MAX_SAMPLES = 2 + BurnWindow.values().length;

  private static final String TARGET = "parallax_objective_ratio";
  private static final String LEFT = "parallax_error_budget_remaining_ratio";
  private static final String BURN = "parallax_burn_rate";
  private static final byte[] TARGET_BYTES = PromText.encoded(TARGET);
  private static final byte[] LEFT_BYTES = PromText.encoded(LEFT);
  private static final byte[] BURN_BYTES = PromText.encoded(BURN);
  private static final PromText.Type GAUGE = PromText.Type.GAUGE;

  private ObjectiveMetrics() {}

  private record Aimed(TargetView view, ErrorBudget budget, Spans maintenance, KeptLines lines) {}

  static List<Family<?>> of(Snapshot snapshot, List<Told> targets) {
    Instant now = snapshot.at();
    Windows apart = new Windows(snapshot.configuration().maintenance(), now, Window.LONGEST);
    List<Aimed> aimed = new ArrayList<>();
    for (Told told : targets) {
      TargetView view = told.view();
      if (view.target().objective().isPresent()) {
        Spans spans = apart.of(view.target());
        ErrorBudget.of(view, now, spans)
            .ifPresent(it -> aimed.add(new Aimed(view, it, spans, told.lines())));
      }
    }
    return List.of(
        new Family<>(
            TARGET,
            GAUGE,
            "Share of the known time a target is to be up.",
            aimed,
            (text, it) ->
                it.lines()
                    .sample(text, TARGET_BYTES)
                    .number(it.budget().objective().target())
                    .line()),
        new Family<>(
            LEFT,
            GAUGE,
            "Share of the error budget that is left, negative when overspent; absent while"
                + " unknown.",
            aimed,
            (text, it) ->
                it.budget()
                    .leftRatio()
                    .ifPresent(left -> it.lines().sample(text, LEFT_BYTES).number(left).line())),
        new Family<>(
            BURN,
            GAUGE,
            "How fast the error budget burns; 1 uses it up at the end of the objective's window.",
            aimed,
            (text, it) -> burn(text, it, now)));
  }

  private static void burn(PromText text, Aimed it, Instant now) {
    Objective objective = it.budget().objective();
    for (BurnWindow window : BurnWindow.values()) {
      ErrorBudget.burnRate(it.view(), objective, window, now, it.maintenance())
          .ifPresent(
              rate ->
                  it.lines()
                      .open(text, BURN_BYTES)
                      .text(",window=\"")
                      .text(window.label())
                      .text("\"} ")
                      .number(rate)
                      .line());
    }
  }
}
