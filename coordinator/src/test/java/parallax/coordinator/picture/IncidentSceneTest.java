package parallax.coordinator.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.sight.Sights;
import parallax.coordinator.store.Store;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;

final class IncidentSceneTest {
  private static final Instant ONSET = Examples.NOON;
  private static final Finding REFUSED = new Finding(Reason.CONNECTION_REFUSED, "");
  private static final Evidence SEEN = Examples.evidence("shop", new Outcome.Down(REFUSED), ONSET);
  private static final TargetName SHOP = Examples.target("shop").name();
  private static final IncidentScene.Style STYLE =
      new IncidentScene.Style("shop is down", ZoneOffset.UTC, Vocabulary.ENGLISH);

  private static Incident incident(List<TargetName> targets) {
    return Judged.incident(
        "abc",
        targets,
        Scope.GLOBAL,
        new Cause(Optional.of(Layer.TCP), REFUSED, "target:shop"),
        ONSET,
        ONSET.plusSeconds(20),
        List.of(SEEN));
  }

  private static Entry entry(long number, long seconds, String who, Happening what) {
    return new Entry(number, incident(List.of(SHOP)).id(), ONSET.plusSeconds(seconds), who, what);
  }

  private static Happening told(String receiver, boolean arrived) {
    return new Happening.Told(receiver, Notice.Kind.OPENED, arrived, arrived ? "" : "gone");
  }

  private static IncidentScene.Known known(Incident incident, List<Entry> entries) {
    return new IncidentScene.Known(incident, entries, List.of(), Optional.empty());
  }

  @Test
  void aPictureShowsWhatWasBeforeAndEndsNow() {
    Instant now = ONSET.plus(Duration.ofHours(5));
    IncidentScene.Reach reach = IncidentScene.Reach.of(incident(List.of(SHOP)), now);
    assertThat(reach.from()).isEqualTo(ONSET.minus(Duration.ofHours(1)));
    assertThat(reach.to()).isEqualTo(now);
  }

  @Test
  void ofWhatIsOverThePictureShowsWhatCameAfter() {
    Incident over = Judged.resolved(incident(List.of(SHOP)), ONSET.plus(Duration.ofHours(5)));
    Instant now = ONSET.plus(Duration.ofDays(9));
    IncidentScene.Reach reach = IncidentScene.Reach.of(over, now);
    assertThat(reach.to()).isEqualTo(ONSET.plus(Duration.ofHours(6)));
    Instant soon = ONSET.plus(Duration.ofHours(5)).plusSeconds(1);
    assertThat(IncidentScene.Reach.of(over, soon).to()).isEqualTo(soon);
  }

  @Test
  void ofTheFirstMomentThereIsSomeTimeBefore() {
    IncidentScene.Reach reach = IncidentScene.Reach.of(incident(List.of(SHOP)), ONSET);
    assertThat(reach.length()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void verdictsAreCutToWhatIsShownAndWhatLastsGoesToItsEnd() {
    Incident incident = incident(List.of(SHOP));
    IncidentScene.Reach reach = IncidentScene.Reach.of(incident, ONSET.plus(Duration.ofHours(1)));
    List<Store.Interval> intervals =
        List.of(
            interval(TargetState.UP, ONSET.minus(Duration.ofDays(3)), Optional.of(ONSET)),
            interval(TargetState.DOWN, ONSET, Optional.empty()));
    Scene scene =
        IncidentScene.of(
            new IncidentScene.Known(
                incident,
                List.of(),
                List.of(new IncidentScene.Verdicts(SHOP, intervals)),
                Optional.empty()),
            reach,
            STYLE);
    assertThat(scene.lanes())
        .singleElement()
        .extracting(Scene.Lane::name)
        .isEqualTo("Verdict: shop");
    assertThat(scene.lanes().getFirst().spans())
        .containsExactly(
            new Scene.Span(TargetState.UP, reach.from(), ONSET),
            new Scene.Span(TargetState.DOWN, ONSET, reach.to()));
  }

  private static Store.Interval interval(TargetState state, Instant from, Optional<Instant> to) {
    return new Store.Interval(SHOP, state, Optional.empty(), Optional.empty(), from, to);
  }

  @Test
  void whatWasSeenFromARegionIsALaneWithoutWhereNothingWasSeen() {
    Sights.Seen seen = Sights.Seen.of(SEEN.observation());
    Sights sights =
        new Sights(
            ONSET,
            Duration.ofMinutes(1),
            List.of(List.of(seen), List.of(seen), List.of(), List.of(seen)));
    Incident incident = incident(List.of(SHOP));
    IncidentScene.Reach reach = IncidentScene.Reach.of(incident, ONSET.plus(Duration.ofMinutes(4)));
    Scene scene =
        IncidentScene.of(
            new IncidentScene.Known(incident, List.of(), List.of(), Optional.of(sights)),
            reach,
            STYLE);
    assertThat(scene.lanes().getFirst().name()).isEqualTo(seen.region().value());
    assertThat(scene.lanes().getFirst().spans())
        .containsExactly(
            new Scene.Span(TargetState.DOWN, ONSET, ONSET.plusSeconds(120)),
            new Scene.Span(TargetState.DOWN, ONSET.plusSeconds(180), ONSET.plusSeconds(240)));
  }

  @Test
  void whatHappenedIsMarkedInOrderAndFailedLettersAreNot() {
    Incident over = Judged.resolved(incident(List.of(SHOP)), ONSET.plusSeconds(600));
    Scene scene =
        IncidentScene.of(
            known(
                over,
                List.of(
                    entry(1, 22, "receiver:gone", told("gone", false)),
                    entry(2, 23, "receiver:ops", told("ops", true)),
                    entry(3, 60, "ann", new Happening.Acknowledged("mine")),
                    entry(4, 70, "ann", new Happening.Note("looking")))),
            IncidentScene.Reach.of(over, ONSET.plusSeconds(700)),
            STYLE);
    assertThat(scene.marks())
        .extracting(mark -> Duration.between(ONSET, mark.at()).toSeconds(), Scene.Mark::words)
        .containsExactly(
            tuple(0L, "First sign"),
            tuple(20L, "Confirmed"),
            tuple(23L, "ops was told"),
            tuple(60L, "Acknowledged by ann"),
            tuple(600L, "Over"));
  }

  @Test
  void howItEndedIsMarkedHoweverMuchHappened() {
    Incident over = Judged.resolved(incident(List.of(SHOP)), ONSET.plusSeconds(600));
    List<Entry> entries = new ArrayList<>();
    for (int number = 1; number <= 50; number++) {
      entries.add(entry(number, number, "ann", new Happening.Reopened(number)));
    }
    Scene scene =
        IncidentScene.of(
            known(over, entries), IncidentScene.Reach.of(over, ONSET.plusSeconds(700)), STYLE);
    assertThat(scene.marks()).hasSize(Scene.MAX_MARKS);
    assertThat(scene.marks().getLast().words()).isEqualTo("Over");
  }

  @Test
  void ofManyTargetsTheFirstFewAreShown() {
    List<TargetName> many = new ArrayList<>();
    for (int number = 0; number < 100; number++) {
      many.add(new TargetName("t" + number));
    }
    assertThat(IncidentScene.targets(incident(many))).hasSize(IncidentScene.MAX_TARGETS);
  }
}
