package parallax.coordinator.replay;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.replay.judge.Words;

/** What the core wants done, a line for every change, for people who look for its reasons. */
public final class TraceText implements Trace {
  private final Consumer<String> lines;
  private final Map<String, String> last = new TreeMap<>();

  public TraceText(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void effect(long atMs, Effect effect) {
    switch (effect) {
      case Effect.VerdictChanged(Verdict verdict) ->
          tellChange(atMs, "verdict " + verdict.target(), words(verdict));
      case Effect.IncidentChanged(Incident incident) ->
          tellChange(atMs, "incident " + incident.id(), words(incident));
      case Effect.AskAgain ask ->
          tell(
              atMs,
              "ask %s %s %s after %s"
                  .formatted(ask.probe(), ask.target(), ask.check().label(), ask.after()));
      case Effect.TargetForgotten(var target) -> tell(atMs, "forgotten " + target);
      case Effect.Tell(var notice) ->
          tell(atMs, "tell " + notice.kind() + " " + notice.incident().id());
    }
  }

  private void tellChange(long atMs, String what, String words) {
    if (!words.equals(last.put(what, words))) {
      tell(atMs, what + ": " + words);
    }
  }

  private void tell(long atMs, String line) {
    lines.accept("%12s  %s".formatted(Words.time(atMs), line));
  }

  private static String words(Verdict verdict) {
    return verdict.state()
        + verdict.scope().map(scope -> " " + scope + verdict.regions()).orElse("")
        + verdict
            .cause()
            .map(cause -> ", " + cause.culprit() + ", " + cause.finding().reason())
            .orElse("")
        + ", rule: "
        + verdict.why().rule();
  }

  private static String words(Incident incident) {
    String progress =
        incident.resolved().isPresent()
            ? "resolved"
            : incident.published().isPresent() ? "published" : "followed";
    return "%s %s %s%s, %s %s, reopened %d, on %s, rule: %s"
        .formatted(
            incident.subject(),
            progress,
            incident.scope(),
            incident.regions(),
            incident.cause().layer().map(layer -> layer.yamlName()).orElse("no layer"),
            incident.cause().culprit(),
            incident.reopened(),
            incident.targets().stream().map(String::valueOf).collect(Collectors.joining(" ")),
            incident.why().rule());
  }
}
