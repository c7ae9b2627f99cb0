package parallax.coordinator.view;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.testing.Examples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Vantage;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.target.Region;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.testing.Examples;

final class TargetViewTest {
  private static final TargetView UNSEEN =
      new TargetView(
          Examples.target("shop"),
          Examples.verdict("shop", TargetState.UNKNOWN, NOON),
          List.of(),
          UptimeHistory.EMPTY,
          Optional.empty());

  private static Evidence look(String probe, CheckKind check, Outcome outcome, Instant at) {
    Vantage vantage = new Vantage(new ProbeName(probe), new Region("eu"), Optional.empty());
    return new Evidence(Examples.observation(vantage, "shop", check, outcome, at), at);
  }

  @Test
  void keepsTheNewestLookOfEachProbeAndCheck() {
    TargetView view =
        UNSEEN
            .seeing(look("one", CheckKind.HTTP, Outcome.up(), NOON))
            .seeing(look("one", CheckKind.HTTP, Examples.REFUSED, NOON.plusSeconds(1)))
            .seeing(look("one", CheckKind.HTTP, Outcome.up(), NOON.minusSeconds(9)))
            .seeing(look("two", CheckKind.HTTP, Outcome.up(), NOON));
    assertThat(view.looks())
        .extracting(look -> look.observation().outcome().label())
        .containsExactlyInAnyOrder("down", "up");
    assertThat(view.certificateExpiry()).contains(Examples.EXPIRY);
    assertThat(view.signatureExpiry()).contains(Examples.EXPIRY);
  }

  @Test
  void certificatesStayWhileTheyAreNotToldAgain() {
    ChainSeen chain = new ChainSeen(List.of(), 0, Optional.of("expired"));
    Evidence told =
        Examples.with(
            Facts.NONE.withChain(chain),
            look("one", CheckKind.TLS, Outcome.up(), NOON).observation(),
            NOON);
    TargetView view =
        UNSEEN.seeing(told).seeing(look("one", CheckKind.TLS, Outcome.up(), NOON.plusSeconds(9)));
    assertThat(view.chains().all())
        .singleElement()
        .satisfies(one -> assertThat(one.what()).isEqualTo(chain));
    assertThat(UNSEEN.seeing(told).looks().getFirst().observation().facts()).isEqualTo(Facts.NONE);
    assertThat(view.reconfigured(view.target(), view.verdict()).chains()).isEqualTo(view.chains());
  }

  @Test
  void holdsABoundedNumberOfLooks() {
    TargetView view = UNSEEN;
    for (int probe = 0; probe < 2 * TargetView.MAX_LOOKS; probe++) {
      view = view.seeing(look("p" + probe, CheckKind.HTTP, Outcome.up(), NOON));
    }
    assertThat(view.looks()).hasSize(TargetView.MAX_LOOKS);
  }

  @Test
  void whatComesLateTakesNobodysPlace() {
    TargetView full = UNSEEN;
    for (int probe = 0; probe < TargetView.MAX_LOOKS; probe++) {
      full = full.seeing(look("p" + probe, CheckKind.HTTP, Outcome.up(), NOON));
    }
    assertThat(full.seeing(look("late", CheckKind.HTTP, Examples.REFUSED, NOON.minusSeconds(1))))
        .isSameAs(full);
    assertThat(full.seeing(look("p3", CheckKind.HTTP, Examples.REFUSED, NOON.minusSeconds(1))))
        .isSameAs(full);
    assertThat(full.seeing(look("now", CheckKind.HTTP, Outcome.up(), NOON)).looks())
        .hasSize(TargetView.MAX_LOOKS)
        .extracting(look -> look.observation().vantage().probe().value())
        .contains("now")
        .doesNotContain("p0");
  }

  @Test
  void aRegionShowsTheWorstLookAndOfSeveralTheEarliestLayer() {
    Outcome status = Outcome.down(Reason.HTTP_STATUS, "503");
    RegionView region =
        UNSEEN
            .seeing(look("one", CheckKind.DNS, Outcome.up(), NOON))
            .seeing(look("one", CheckKind.HTTP, status, NOON))
            .seeing(look("one", CheckKind.TCP, Examples.REFUSED, NOON))
            .regions(NOON)
            .getFirst();
    assertThat(region.state()).isEqualTo(TargetState.DOWN);
    assertThat(region.deciding().orElseThrow().observation().layer()).isEqualTo(Layer.TCP);
    assertThat(region.deepest().observation().check()).isEqualTo(CheckKind.HTTP);
  }

  @Test
  void aProbesOwnTroubleIsNotAStateOfTheTarget() {
    Outcome blind = Outcome.inconclusive(Reason.PROBE_NO_ROUTE, "");
    TargetView view = UNSEEN.seeing(look("one", CheckKind.HTTP, blind, NOON));
    assertThat(view.regions(NOON).getFirst().state()).isEqualTo(TargetState.UNKNOWN);
    view = view.seeing(look("two", CheckKind.HTTP, Outcome.up(), NOON));
    assertThat(view.regions(NOON).getFirst().state()).isEqualTo(TargetState.UP);
  }

  @Test
  void whatWasSeenLongAgoSaysNothingOfNow() {
    TargetView view = UNSEEN.seeing(look("one", CheckKind.HTTP, Outcome.up(), NOON));
    Instant later = NOON.plus(RegionView.FRESH).plus(Duration.ofSeconds(1));
    assertThat(view.regions(later).getFirst().state()).isEqualTo(TargetState.UNKNOWN);
    assertThat(RegionView.freshFor(Duration.ofMinutes(10))).isEqualTo(Duration.ofMinutes(15));
  }
}
