package parallax.coordinator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.observation.Outcome;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;

/** Drives a core by hand: every look is one second after the one before, and takes 10 ms. */
final class Script {
  static final TargetName SHOP = new TargetName("shop");
  static final Duration TOOK = Duration.ofMillis(10);

  private final List<Effect> effects = new ArrayList<>();
  private State state = State.initial();
  private Instant now = Given.T0;
  private long sequence;

  static Script watching(CheckKind... kinds) {
    Script script = new Script();
    script.configure(Given.configuration(Given.target("shop", Duration.ofSeconds(1), kinds)));
    return script;
  }

  static Script of(State state, Instant now) {
    Script script = new Script();
    script.state = state;
    script.now = now;
    script.sequence = 1_000_000;
    return script;
  }

  Script configure(Configuration configuration) {
    return step(new Input.Configured(configuration));
  }

  Script sees(Outcome... outcomes) {
    return sees(CheckKind.TCP, "p1", outcomes);
  }

  Script sees(CheckKind check, String probe, Outcome... outcomes) {
    for (Outcome outcome : outcomes) {
      Instant started = now;
      now = now.plusSeconds(1);
      Given.Look look = new Given.Look("shop", check, probe, sequence++, started, outcome);
      step(new Input.Observed(look.arriving(TOOK, now)));
    }
    return this;
  }

  Script hears(Evidence evidence) {
    return step(new Input.Observed(evidence));
  }

  /** Nothing but the clock for a while. */
  Script waits(Duration duration) {
    for (Instant end = now.plus(duration); now.isBefore(end); ) {
      now = now.plusSeconds(1);
      step(new Input.Tick());
    }
    return this;
  }

  private Script step(Input input) {
    Step step = Core.step(state, input, now);
    state = step.state();
    effects.addAll(step.effects());
    return this;
  }

  Instant now() {
    return now;
  }

  State state() {
    return state;
  }

  Verdict verdict() {
    return state.verdict(SHOP).orElseThrow();
  }

  TargetState shown() {
    return verdict().state();
  }

  Optional<Incident> open() {
    return state.openIncidents().stream().findFirst();
  }

  /** The effects since this was asked last. */
  List<Effect> effects() {
    List<Effect> since = List.copyOf(effects);
    effects.clear();
    return since;
  }

  List<Notice.Kind> told() {
    return effects().stream()
        .flatMap(
            effect ->
                effect instanceof Effect.Tell(Notice notice)
                    ? Stream.of(notice.kind())
                    : Stream.empty())
        .toList();
  }

  List<Duration> asked() {
    return effects().stream()
        .flatMap(
            effect ->
                effect instanceof Effect.AskAgain ask ? Stream.of(ask.after()) : Stream.empty())
        .toList();
  }
}
