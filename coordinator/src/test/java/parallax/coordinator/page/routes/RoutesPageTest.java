package parallax.coordinator.page.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.page.Assets;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

final class RoutesPageTest {
  private static final Instant NOON = Examples.NOON;

  private static TargetView view(String name) {
    return new TargetView(
        Examples.target(name),
        Examples.verdict(name, TargetState.UP, NOON),
        List.of(),
        UptimeHistory.EMPTY,
        Optional.empty());
  }

  private static TargetView seeing(
      TargetView view, String region, Outcome outcome, Facts.RouteSeen... routes) {
    Vantage from = new Vantage(new ProbeName(region + "-1"), new Region(region), Optional.empty());
    return view.seeing(
        Examples.with(
            Facts.NONE.withRoutes(List.of(routes)),
            Examples.observation(from, view.target().name().value(), CheckKind.BGP, outcome, NOON),
            NOON));
  }

  private static Facts.RouteSeen route(String prefix, String reach, int seeing, long origin) {
    return new Facts.RouteSeen(
        prefix,
        List.of(64_500L),
        Facts.RouteRole.SERVERS,
        List.of(),
        Optional.of(
            new Facts.RouteSight(
                reach, seeing, 20, Optional.of(origin), Optional.empty(), NOON, Optional.empty())));
  }

  private static String page(List<TargetView> views, int number) {
    return new RoutesPage(new Frame(new Assets(), "1"))
        .render(new Shown().show(views), new RoutesPage.Part(new LabelFilter(""), number));
  }

  @Test
  void withoutRoutesThatIsSaid() {
    assertThat(page(List.of(), 0)).contains("No route is watched");
    assertThat(page(List.of(view("shop")), 0)).contains("No route is watched");
  }

  @Test
  void theWorstComesFirstWithAllWhoStandOnIt() {
    TargetView shop =
        seeing(
            seeing(
                view("shop"), "tokyo", Outcome.up(), route("192.0.2.0/24", "VISIBLE", 20, 64_500)),
            "lima",
            Outcome.up(),
            route("192.0.2.0/24", "VISIBLE", 12, 64_500));
    TargetView wiki =
        seeing(
            view("wiki"),
            "tokyo",
            Outcome.degraded(Reason.ROUTE_FOREIGN_ORIGIN, "198.51.100.0/24 by AS666"),
            route("192.0.2.0/24", "VISIBLE", 20, 64_500),
            route("198.51.100.0/24", "WITHDRAWN", 1, 666));
    assertThat(page(List.of(shop, wiki), 0))
        .containsSubsequence(
            "announced by a foreign network: 198.51.100.0/24 by AS666",
            "2 prefixes",
            "198.51.100.0/24",
            "<span class=\"down\">withdrawn</span>",
            "AS666, normally AS64500",
            "1 of 20 (5 %)",
            "192.0.2.0/24",
            "<span class=\"up\">visible</span>",
            "20 of 20 (100 %)",
            "lima 12 of 20, tokyo 20 of 20",
            ">shop</a>, ",
            ">wiki</a>");
  }

  @Test
  void whatIsNotKnownIsGrey() {
    Facts.RouteSeen unknown =
        new Facts.RouteSeen(
            "192.0.2.0/24", List.of(), Facts.RouteRole.SERVERS, List.of(), Optional.empty());
    assertThat(page(List.of(seeing(view("shop"), "tokyo", Outcome.up(), unknown)), 0))
        .contains("<span class=\"unknown\">not known yet</span>", "No check of routes objects");
  }

  @Test
  void tenThousandComeInParts() {
    List<TargetView> views = new ArrayList<>();
    IntStream.range(0, 10_000)
        .forEach(
            number ->
                views.add(
                    seeing(
                        view("t" + number),
                        "tokyo",
                        Outcome.up(),
                        route(
                            "10." + number / 256 + "." + number % 256 + ".0/24",
                            "VISIBLE",
                            20,
                            64_500))));
    String first = page(views, 0);
    assertThat(first.length()).isLessThan(100_000);
    assertThat(first).contains("10000 prefixes", "page=1").doesNotContain(">Before<");
    assertThat(page(views, 99)).contains(">Before<").doesNotContain("page=100");
  }
}
