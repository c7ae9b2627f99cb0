package parallax.coordinator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.Step;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.replay.record.Recording;
import parallax.coordinator.replay.sample.Sample;
import parallax.coordinator.replay.scenario.Scenario;

/** Virtual time around the core. */
final class ReplayTest {
  private static final Instant START = Instant.parse("2021-01-01T00:00:00Z");

  private record Seen(long atMs, Input input) {}

  private final List<Seen> seen = new ArrayList<>();

  @Test
  void theCoreIsConfiguredFirstAndThenHearsEverythingInTheOrderOfTime() {
    Recording recording = run(Sample.withEvents("[]"), List.of());
    assertThat(seen.getFirst().input()).isInstanceOf(Input.Configured.class);
    assertThat(seen).extracting(Seen::atMs).isSorted();
    assertThat(count(Input.Heard.class)).isEqualTo(4 * 60);
    // 4 prefixes each minute from 1 s on.
    assertThat(count(Input.Routed.class)).isEqualTo(4 * 10);
    // The scenario ends at 600 s, at which the first check starts once more.
    assertThat(recording.checksScheduled()).isEqualTo(8 * (10 + 10 + 2 + 2) + 1);
    assertThat(recording.checksAsked()).isZero();
  }

  @Test
  void anAskedCheckStartsATenthOfASecondLaterAndIsAnsweredForThatMoment() {
    Scenario scenario =
        Sample.withEvents("- {at: [3.1, 3.2], from: {probes: [p4]}, see: {http: 503}}");
    Effect ask =
        new Effect.AskAgain(
            new TargetName("shop"), CheckKind.HTTP, new ProbeName("p4"), Duration.ofSeconds(2));
    Effect nonsense =
        new Effect.AskAgain(
            new TargetName("nothing"), CheckKind.HTTP, new ProbeName("p4"), Duration.ZERO);
    Recording recording = run(scenario, List.of(ask, nonsense));
    Observation answer =
        seen.stream()
            .filter(one -> one.atMs() == 3_400)
            .map(one -> ((Input.Observed) one.input()).evidence().observation())
            .findFirst()
            .orElseThrow();
    // Asked at 1 s, when routes are looked at; two seconds later, 0.1 s of way, 0.2 s of check.
    assertThat(answer.started()).isEqualTo(START.plusMillis(3_100));
    assertThat(answer.vantage().probe()).isEqualTo(new ProbeName("p4"));
    assertThat(answer.outcome().why().orElseThrow().detail()).isEqualTo("503");
    assertThat(recording.checksAsked()).isEqualTo(4);
  }

  @Test
  void theSameSeedGivesTheSameRunAndAnotherOneAnother() {
    Scenario scenario = Sample.of(Sample.HEAD + "noise: 0.1\nevents: []\nexpect: {}\n");
    assertThat(inputs(scenario, 42)).isEqualTo(inputs(scenario, 42));
    assertThat(inputs(scenario, 42)).isNotEqualTo(inputs(scenario, 43));
  }

  @Test
  void theRealCoreSaysTheSameEveryTime() {
    Scenario scenario = Sample.withEvents("- {at: [120, 400], see: {http: 503}}");
    List<String> first = report(scenario);
    assertThat(report(scenario)).isEqualTo(first);
  }

  private static List<String> report(Scenario scenario) {
    List<String> lines = new ArrayList<>();
    Replayed replayed = Replayed.of(scenario, 42, new TraceText(lines::add));
    lines.addAll(TextReport.lines(replayed));
    lines.add(replayed.recording().toString());
    return lines;
  }

  private static List<Input> inputs(Scenario scenario, long seed) {
    List<Input> inputs = new ArrayList<>();
    Replay.run(
        scenario,
        seed,
        (state, input, _) -> {
          inputs.add(input);
          return new Step(state, List.of());
        },
        Trace.NONE);
    return inputs;
  }

  /** Runs with a core that asks whenever it is told about a route for the first time. */
  private Recording run(Scenario scenario, List<Effect> effects) {
    return Replay.run(
        scenario,
        42,
        (state, input, now) -> {
          long atMs = Duration.between(START, now).toMillis();
          seen.add(new Seen(atMs, input));
          boolean first = input instanceof Input.Routed && atMs == 1_000;
          return new Step(state, first ? effects : List.of());
        },
        Trace.NONE);
  }

  private long count(Class<? extends Input> kind) {
    return seen.stream().filter(one -> kind.isInstance(one.input())).count();
  }
}
