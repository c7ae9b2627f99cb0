package parallax.coordinator.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.Told;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

final class ChangesTest {
  private final Shown shown = new Shown();

  private static TargetView view(String name, TargetState state) {
    return view(Examples.verdict(name, state, Examples.NOON));
  }

  private static TargetView view(Verdict verdict) {
    return new TargetView(
        Examples.target(verdict.target().value()),
        verdict,
        List.of(),
        UptimeHistory.EMPTY,
        Optional.empty());
  }

  @Test
  void newChangedAndRemovedTargetsAreToldAndOthersAreNot() {
    TargetView same = view("same", TargetState.UP);
    Snapshot before =
        shown.show(List.of(view("a", TargetState.UP), view("gone", TargetState.UP), same));
    Snapshot after =
        shown.show(List.of(view("a", TargetState.DOWN), view("new", TargetState.UP), same));
    Changes changes = Changes.between(before, after);
    assertThat(changes.verdicts())
        .extracting(change -> change.target().value())
        .containsExactly("a", "gone", "new");
    assertThat(changes.verdicts().get(0).verdict().orElseThrow().state())
        .isEqualTo(TargetState.DOWN);
    assertThat(changes.verdicts().get(1).verdict()).isEmpty();
  }

  @Test
  void aVerdictThatOnlyRestsOnOtherLooksIsNoChange() {
    Snapshot before = shown.show(List.of(view("a", TargetState.DOWN)));
    Snapshot after = shown.show(List.of(view("a", TargetState.DOWN)));
    assertThat(before.targets().getFirst().verdict())
        .isNotEqualTo(after.targets().getFirst().verdict());
    assertThat(Changes.between(before, after).isEmpty()).isTrue();
  }

  @Test
  void incidentsOpenChangeAndEnd() {
    Incident open = Told.blocked();
    Snapshot none = shown.show(List.of());
    Snapshot one = shown.show(List.of(), List.of(open));
    Snapshot confirmed = shown.show(List.of(), List.of(Judged.resolved(open, Examples.NOON)));
    assertThat(Changes.between(none, one).incidents()).containsExactly(open);
    assertThat(Changes.between(one, shown.show(List.of(), List.of(open))).isEmpty()).isTrue();
    assertThat(Changes.between(one, none).ended()).containsExactly(open.id());
    assertThat(Changes.between(one, shown.show(List.of(), List.of(Told.shared()))).ended())
        .containsExactly(open.id());
    assertThat(Changes.between(one, confirmed).incidents()).isEmpty();
  }
}
