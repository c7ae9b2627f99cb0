package parallax.coordinator.replay.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.ObservationId;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;

/** What is written down of what the core says. */
final class RecorderTest {
  private static final Instant START = Instant.parse("2021-01-01T00:00:00Z");

  private final Recorder recorder = new Recorder(START, id -> id.probe() + "/" + id.sequence());

  @Test
  void anIncidentThatWasNeverPublishedIsNotRecorded() {
    recorder.incident(5_000, incident(Scope.PARTIAL, "target:shop", 0, 0));
    recorder.incident(9_000, incident(Scope.PARTIAL, "target:shop", 0, 9));
    assertThat(recorder.recording(0, 0).incidents()).isEmpty();
  }

  @Test
  void labelsAreWrittenFromThePublicationOnWheneverTheyChange() {
    recorder.incident(5_000, incident(Scope.REGIONAL, "target:blog", 0, 0));
    recorder.incident(30_000, incident(Scope.PARTIAL, "target:shop", 30, 0));
    recorder.incident(31_000, incident(Scope.PARTIAL, "target:shop", 30, 0));
    recorder.incident(32_000, incident(Scope.GLOBAL, "target:shop", 30, 0));
    recorder.incident(40_000, incident(Scope.GLOBAL, "target:shop", 30, 40));
    RecordedIncident recorded = recorder.recording(7, 2).incidents().getFirst();
    assertThat(recorded.labels()).extracting(Label::atMs).containsExactly(30_000L, 32_000L);
    assertThat(recorded.labels())
        .extracting(Label::scope)
        .containsExactly(Scope.PARTIAL, Scope.GLOBAL);
    assertThat(recorded.openedMs()).isEqualTo(2_000);
    assertThat(recorded.publishedMs()).isEqualTo(30_000);
    assertThat(recorded.resolvedMs()).isEqualTo(OptionalLong.of(40_000));
    assertThat(recorder.recording(7, 2).pages()).isEqualTo(1);
  }

  @Test
  void whatIsTakenBackAtTheSameMomentWasNeverInForce() {
    recorder.incident(30_000, incident(Scope.PARTIAL, "target:shop", 30, 0));
    recorder.incident(30_000, incident(Scope.GLOBAL, "target:shop", 30, 0));
    assertThat(recorder.recording(0, 0).incidents().getFirst().labels())
        .extracting(Label::scope)
        .containsExactly(Scope.GLOBAL);
  }

  @Test
  void anIncidentThatIsReopenedIsOpenAndStillTheSame() {
    recorder.incident(30_000, incident(Scope.PARTIAL, "target:shop", 30, 0));
    recorder.incident(40_000, incident(Scope.PARTIAL, "target:shop", 30, 40));
    recorder.incident(50_000, incident(Scope.PARTIAL, "target:shop", 30, 0));
    assertThat(recorder.recording(0, 0).incidents()).hasSize(1);
    assertThat(recorder.recording(0, 0).incidents().getFirst().resolvedMs()).isEmpty();
  }

  @Test
  void evidenceNamesTheNewestFailureOfEachRegion() {
    recorder.incident(30_000, incident(Scope.PARTIAL, "target:shop", 30, 0));
    assertThat(recorder.recording(0, 0).incidents().getFirst().evidence())
        .containsExactly("p1/9", "p3/4", "p4/5");
  }

  @Test
  void statesAreWrittenWheneverTheyChangeFromTheStartOn() {
    recorder.state(5_000, verdict(TargetState.UP));
    recorder.state(6_000, verdict(TargetState.UP));
    recorder.state(7_000, verdict(TargetState.DEGRADED));
    recorder.state(7_000, verdict(TargetState.DOWN));
    recorder.unknownUntilSaid("shop");
    recorder.unknownUntilSaid("blog");
    assertThat(recorder.recording(0, 0).states().get("shop"))
        .containsExactly(
            new StateChange(0, TargetState.UNKNOWN),
            new StateChange(5_000, TargetState.UP),
            new StateChange(7_000, TargetState.DOWN));
    assertThat(recorder.recording(0, 0).states().get("blog"))
        .containsExactly(new StateChange(0, TargetState.UNKNOWN));
  }

  private static Verdict verdict(TargetState state) {
    return new Verdict(
        new TargetName("shop"),
        state,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        START,
        1,
        List.of(),
        Why.rule("test"));
  }

  /** An incident of the shop; at 0 s it is not published, or not resolved. */
  private static Incident incident(Scope scope, String culprit, int publishedS, int resolvedS) {
    return new Incident(
        new IncidentId("i"),
        Incident.Subject.SERVICE,
        List.of(new TargetName("shop")),
        scope,
        List.of(),
        new Cause(Optional.of(Layer.HTTP), Finding.of(Reason.HTTP_STATUS), culprit),
        START,
        START.plusSeconds(2),
        at(publishedS),
        at(resolvedS),
        0,
        List.of(
            vote("p1", "east", 9, Vote.Ballot.FAILED),
            vote("p4", "north", 5, Vote.Ballot.FINE),
            vote("p2", "east", 8, Vote.Ballot.FAILED),
            vote("p3", "west", 3, Vote.Ballot.FINE),
            vote("p3", "west", 4, Vote.Ballot.NOTABLE)),
        List.of(),
        Why.rule("test"));
  }

  private static Optional<Instant> at(int seconds) {
    return seconds == 0 ? Optional.empty() : Optional.of(START.plusSeconds(seconds));
  }

  private static Vote vote(String probe, String region, long sequence, Vote.Ballot ballot) {
    return new Vote(
        new ObservationId(new ProbeName(probe), 0, sequence),
        new Vantage(new ProbeName(probe), new Region(region), Optional.empty()),
        CheckKind.HTTP,
        Layer.HTTP,
        START,
        ballot,
        Optional.empty(),
        0);
  }
}
