package parallax.coordinator.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Facts.RouteRole;
import parallax.config.observation.Facts.RouteSeen;
import parallax.config.observation.Facts.RouteSight;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.watch.RouteView;

final class RouteViewsTest {
  private static final String PREFIX = "192.0.2.0/24";

  private final RouteViews views = new RouteViews();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  private List<RouteView> say(String probe, int seeing, int known) {
    RouteSight sight =
        new RouteSight(
            "VISIBLE",
            seeing,
            known,
            Optional.of(64_500L),
            Optional.empty(),
            now,
            Optional.empty());
    return say(probe, Optional.of(sight));
  }

  private List<RouteView> say(String probe, Optional<RouteSight> sight) {
    RouteSeen seen =
        new RouteSeen(PREFIX, List.of(64_500L), RouteRole.SERVERS, List.of("192.0.2.1"), sight);
    Vantage vantage = new Vantage(new ProbeName(probe), new Region("tokyo"), Optional.of(64_511L));
    return views.saw(
        new Observation(
            new ObservationId(vantage.probe(), 1, 1),
            vantage,
            new TargetName("shop"),
            CheckKind.BGP,
            Layer.BGP,
            now,
            now,
            Duration.ZERO,
            Outcome.up(),
            Timings.NONE,
            Facts.NONE.withRoutes(List.of(seen))),
        now);
  }

  private static double visibility(List<RouteView> told) {
    return told.getFirst().sight().orElseThrow().visibility();
  }

  @Test
  void whoKnowsMostVotersIsBelieved() {
    assertThat(visibility(say("small", 1, 4))).isEqualTo(0.25);
    assertThat(visibility(say("large", 300, 300))).isEqualTo(1);
    assertThat(say("small", 0, 4)).isEmpty();
    assertThat(visibility(say("large", 150, 300))).isEqualTo(0.5);
  }

  @Test
  void onlyWhatChangedIsTold() {
    assertThat(say("one", 3, 4)).hasSize(1);
    assertThat(say("one", 3, 4)).isEmpty();
  }

  @Test
  void whatNobodySeesAnyMoreIsNotKnown() {
    say("one", 3, 4);
    assertThat(say("one", Optional.empty()))
        .containsExactly(new RouteView(PREFIX, Optional.empty()));
    assertThat(say("one", Optional.empty())).isEmpty();
  }

  @Test
  void aProbeThatFallsSilentIsBelievedForAWhileOnly() {
    say("large", 0, 300);
    now = now.plus(RouteViews.LASTS.dividedBy(2));
    say("small", 4, 4);
    assertThat(views.passed(now)).isEmpty();
    now = now.plus(RouteViews.LASTS.dividedBy(2));
    assertThat(visibility(views.passed(now))).isEqualTo(1);
    now = now.plus(RouteViews.LASTS);
    assertThat(views.passed(now)).containsExactly(new RouteView(PREFIX, Optional.empty()));
    now = now.plus(RouteViews.LASTS);
    assertThat(views.passed(now)).isEmpty();
  }
}
