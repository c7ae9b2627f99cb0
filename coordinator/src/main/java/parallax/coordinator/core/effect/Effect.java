package parallax.coordinator.core.effect;

import java.time.Duration;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Verdict;

/** What the core wants done. Carried out by the shell, in the order given. */
public sealed interface Effect {
  /** State, scope or cause of a target changed: a new verdict interval begins. */
  record VerdictChanged(Verdict verdict) implements Effect {}

  /** A target left the configuration: its interval ends. */
  record TargetForgotten(TargetName target) implements Effect {}

  /** An incident was opened, changed, published or resolved. */
  record IncidentChanged(Incident incident) implements Effect {}

  /** Tell people, once. */
  record Tell(Notice notice) implements Effect {}

  /** Ask one probe to look at a target once more, now or a little later. */
  record AskAgain(TargetName target, CheckKind check, ProbeName probe, Duration after)
      implements Effect {}
}
