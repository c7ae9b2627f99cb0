package parallax.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.observation.Reason;
import parallax.coordinator.core.verdict.Scope;

/** Who hears of which trouble. */
class RoutingTest {
  private static final String RECEIVERS =
      """
      receivers:
        - {name: audit, webhook: {url: https://hooks.example.com/1}}
        - {name: pager, webhook: {url: https://hooks.example.com/2}}
        - {name: web, webhook: {url: https://hooks.example.com/3}}
        - {name: net, webhook: {url: https://hooks.example.com/4}}
        - {name: notes, webhook: {url: https://hooks.example.com/5}}
        - {name: rest, webhook: {url: https://hooks.example.com/6}}
      targets:
        - {name: shop, url: "https://shop.example.com/", labels: {team: web, tier: critical}}
        - {name: blog, url: "https://blog.example.com/", labels: {team: web}}
        - {name: db, url: "https://db.example.com/"}
      """;

  private static final String ROUTES =
      RECEIVERS
          + """
          routes:
            - {severity: [critical, warning], to: audit, continue: true}
            - {severity: note, to: notes}
            - {layer: [bgp, delegation], to: net}
            - {provider: [fastly, "registrar:Reidai"], to: net, continue: true}
            - {match: {tier: critical}, scope: [global, unconfirmed], to: [pager, web]}
            - {match: {team: web}, to: web}
            - {to: rest}
          """;

  static List<Arguments> routed() {
    Trouble shop = Trouble.of("x", "shop");
    return List.of(
        Arguments.of("the first that matches", shop, List.of("audit", "pager", "web")),
        Arguments.of("scope", shop.in(Scope.REGIONAL), List.of("audit", "web")),
        Arguments.of("as far as one can tell", shop.in(Scope.UNCONFIRMED), of("audit pager web")),
        Arguments.of("labels", Trouble.of("x", "blog"), List.of("audit", "web")),
        Arguments.of("all others", Trouble.of("x", "db"), List.of("audit", "rest")),
        Arguments.of("layer", shop.by(Reason.ROUTE_WITHDRAWN), List.of("audit", "net")),
        Arguments.of("another layer", shop.by(Reason.NXDOMAIN), of("audit pager web")),
        Arguments.of("provider", shop.blaming("cdn:fastly"), of("audit net pager web")),
        Arguments.of("its part", shop.blaming("cdn:fastly/lon"), of("audit net pager web")),
        Arguments.of("not its like", shop.blaming("cdn:fastlyx"), of("audit pager web")),
        Arguments.of("culprit", shop.blaming("registrar:Reidai"), of("audit net pager web")),
        Arguments.of("another kind", shop.blaming("ca:Reidai"), of("audit pager web")),
        Arguments.of("what will run out", Trouble.due("x", "shop"), List.of("notes")),
        Arguments.of("our own", Trouble.ours("x"), List.of("notes")),
        Arguments.of("several", shop.with("db"), of("audit pager rest web")),
        Arguments.of("a target nobody knows", Trouble.of("x", "gone"), List.of()));
  }

  private static List<String> of(String names) {
    return List.of(names.split(" "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("routed")
  void thoseHearOfItWhomTheRoutesName(String what, Trouble trouble, List<String> receivers) {
    assertThat(new Office(ROUTES).opens(trouble).told("x")).isEqualTo(receivers);
  }

  @Test
  void withoutRoutesEverybodyHearsOfEverything() {
    List<String> all = of("audit net notes pager rest web");
    assertThat(new Office(RECEIVERS).opens(Trouble.of("x", "db")).told("x")).isEqualTo(all);
    assertThat(new Office(RECEIVERS).opens(Trouble.ours("x")).told("x")).isEqualTo(all);
  }

  @Test
  void ourOwnTroubleGoesToThoseWhoHearOfWhateverHasNoRouteOfItsOwn() {
    String some = RECEIVERS + "routes: [{match: {team: web}, to: web}, {to: rest}]\n";
    assertThat(new Office(some).opens(Trouble.ours("x")).told("x")).containsExactly("rest");
    String none = RECEIVERS + "routes: [{match: {team: web}, to: web}]\n";
    assertThat(new Office(none).opens(Trouble.ours("x")).told("x")).hasSize(6);
    assertThat(new Office(none).opens(Trouble.of("x", "db")).told("x")).isEmpty();
  }

  @Test
  void whoeverIsNamedLaterIsToldThen() {
    Trouble shop = Trouble.of("x", "shop").in(Scope.REGIONAL);
    Office office = new Office(ROUTES).opens(shop);
    office.passes(Duration.ofSeconds(5)).changes(shop.with("db"));
    office.passes(Duration.ofSeconds(2));
    assertThat(office.letters())
        .containsExactly(
            "12:00:00 OPENED x > audit", "12:00:00 OPENED x > web", "12:00:06 OPENED x > rest");
  }
}
