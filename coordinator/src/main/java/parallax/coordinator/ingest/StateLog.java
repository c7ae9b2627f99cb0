package parallax.coordinator.ingest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import parallax.config.observation.Layer;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.view.Words;

/** One line of key=value for each change that an operator may want to read about. */
final class StateLog {
  private StateLog() {}

  /** Logs all of them, and gives them back. */
  static List<Effect> of(Logger log, List<Effect> effects) {
    effects.forEach(effect -> of(effect).ifPresent(line -> line.accept(log)));
    return effects;
  }

  /** What is logged about an effect, if anything is. */
  static Optional<Consumer<Logger>> of(Effect effect) {
    return switch (effect) {
      case Effect.VerdictChanged(Verdict verdict) ->
          Optional.of(log -> log.info("{}", line(verdict)));
      case Effect.TargetForgotten(var target) ->
          Optional.of(log -> log.info("target={} state=FORGOTTEN", target));
      case Effect.IncidentChanged(Incident incident) ->
          Optional.of(log -> log.info("{}", line(incident)));
      case Effect.Tell(Notice notice) -> Optional.of(log -> log.warn("{}", line(notice)));
      case Effect.AskAgain _ -> Optional.empty();
    };
  }

  static String line(Verdict verdict) {
    return String.format(
        Locale.ROOT,
        "target=%s state=%s%s%s since=%s confidence=%.3f rule=%s",
        verdict.target(),
        verdict.state(),
        verdict.scope().map(scope -> " scope=" + scope).orElse(""),
        verdict.cause().map(StateLog::fields).orElse(""),
        verdict.since(),
        verdict.confidence(),
        quoted(verdict.why().rule()));
  }

  static String line(Incident incident) {
    return String.format(
        Locale.ROOT,
        "incident=%s subject=%s status=%s scope=%s%s targets=%d first=%s onset=%s opened=%s%s%s",
        incident.id(),
        incident.subject(),
        incident.isOpen() ? "open" : "resolved",
        incident.scope(),
        fields(incident.cause()),
        incident.targets().size(),
        incident.targets().stream().findFirst().map(TargetName::value).orElse("-"),
        incident.onset(),
        incident.opened(),
        incident.published().map(at -> " published=" + at).orElse(""),
        incident.resolved().map(at -> " resolved=" + at).orElse(""));
  }

  static String line(Notice notice) {
    return String.format(
        Locale.ROOT,
        "notice=%s incident=%s receivers=%s summary=%s",
        notice.kind(),
        notice.incident().id(),
        notice.receivers().isEmpty() ? "log" : String.join(",", notice.receivers()),
        quoted(Words.of(notice.incident())));
  }

  private static String fields(Cause cause) {
    return String.format(
        Locale.ROOT,
        " layer=%s reason=%s detail=%s culprit=%s",
        cause.layer().map(Layer::name).orElse("-"),
        quoted(cause.finding().reason().text()),
        quoted(cause.finding().detail()),
        quoted(cause.culprit()));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
