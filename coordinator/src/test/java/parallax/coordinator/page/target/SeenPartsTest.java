package parallax.coordinator.page.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.WalkSeen;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.sight.Sights;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** Certificates, the way from the root, routes over time. */
final class SeenPartsTest {
  private static final Say ENGLISH = Say.in(Language.EN);

  private static final Instant NOON = Examples.NOON;

  private static TargetView view(String url) {
    Target target =
        new Target(
            new TargetName("shop"),
            Optional.of(URI.create(url)),
            new TreeMap<>(),
            Duration.ofSeconds(30),
            List.of(),
            List.of());
    return new TargetView(
        target,
        Examples.verdict("shop", TargetState.UP, NOON),
        List.of(),
        UptimeHistory.EMPTY,
        Optional.empty());
  }

  private static TargetView seeing(TargetView view, String region, Facts facts) {
    Vantage from = new Vantage(new ProbeName(region + "-1"), new Region(region), Optional.empty());
    return view.seeing(
        Examples.with(
            facts, Examples.observation(from, "shop", CheckKind.HTTP, Outcome.up(), NOON), NOON));
  }

  private static ChainSeen chain(Instant end, String... faults) {
    ChainSeen.Certificate own =
        new ChainSeen.Certificate(
            "CN=shop", "CN=ca", List.of("shop.example"), 3, NOON, end, "EC 256", "SHA256withRSA");
    return new ChainSeen(List.of(own), 2, List.of(faults).stream().findFirst());
  }

  private static String chains(TargetView view) {
    StringBuilder html = new StringBuilder();
    ChainPart.write(html, view, NOON, ENGLISH);
    return html.toString();
  }

  private static String walks(TargetView view, boolean expected) {
    StringBuilder html = new StringBuilder();
    WalkPart.write(html, view.walks(), expected, ENGLISH);
    return html.toString();
  }

  @Test
  void whatIsNotKnownIsGreyAndWhatIsNotExpectedIsLeftOut() {
    assertThat(chains(view("https://shop.example/"))).contains("unknown state\">not known");
    assertThat(chains(view("http://shop.example/"))).isEmpty();
    assertThat(walks(view("http://shop.example/"), true)).contains("unknown state\">not known");
    assertThat(walks(view("http://shop.example/"), false)).isEmpty();
  }

  @Test
  void theSameChainIsShownOnceAndAnotherForItself() {
    TargetView view = view("https://shop.example/");
    Facts good = Facts.NONE.withChain(chain(NOON.plus(Duration.ofDays(60))));
    view = seeing(seeing(view, "tokyo", good), "lima", good);
    view =
        seeing(view, "oslo", Facts.NONE.withChain(chain(NOON.minusSeconds(5), "expired <today>")));
    assertThat(chains(view))
        .containsSubsequence(
            "down state\">not as it should be</span>: expired &lt;today&gt;; from oslo",
            "<span class=\"down\">over</span>",
            "up state\">good</span>; from lima, tokyo",
            "CN=shop",
            "shop.example and 3 more",
            "in 60d",
            "EC 256",
            "SHA256withRSA",
            "and 2 more");
  }

  @Test
  void theRequestsOfTheNewestLookAreShownWithTheirFaults() {
    Duration took = Duration.ofMillis(3);
    PartsSeen.Spent spent = new PartsSeen.Spent(took, took, took, took, took);
    PartsSeen.Part fine =
        new PartsSeen.Part(
            "step 1 (<log in>)",
            Optional.of(200),
            Duration.ZERO,
            spent,
            Optional.of(7L),
            Optional.empty());
    PartsSeen.Part bad =
        new PartsSeen.Part(
            "step 2",
            Optional.of(401),
            Duration.ofMillis(16),
            spent,
            Optional.empty(),
            Optional.of("unexpected status"));
    TargetView view =
        seeing(
            view("https://shop.example/"),
            "tokyo",
            Facts.NONE.withParts(new PartsSeen(List.of(fine, bad), 4)));
    StringBuilder html = new StringBuilder();
    PartsPart.write(html, view, NOON, ENGLISH);
    assertThat(html.toString())
        .containsSubsequence(
            "The newest look from tokyo",
            "step 1 (&lt;log in&gt;)",
            ">200<",
            "+0 ms",
            "15 ms",
            ">none<",
            "step 2",
            ">401<",
            "+16 ms",
            "unexpected status",
            "and 4 more");
    StringBuilder nothing = new StringBuilder();
    PartsPart.write(
        nothing, seeing(view("https://shop.example/"), "tokyo", Facts.NONE), NOON, ENGLISH);
    assertThat(nothing.toString()).isEmpty();
  }

  @Test
  void aWayShowsEachStepAndWhereItBreaksFirst() {
    WalkSeen.Server well =
        new WalkSeen.Server(
            "a.", "192.0.2.1", WalkSeen.Answer.SERVES, "a referral", Duration.ofMillis(12));
    WalkSeen.Server silent =
        new WalkSeen.Server(
            "b.", "192.0.2.2", WalkSeen.Answer.FAILS, "no answer", Duration.ofSeconds(2));
    WalkSeen.Server untold =
        new WalkSeen.Server("c.", "", WalkSeen.Answer.NOT_ASKED, "no route", Duration.ZERO);
    WalkSeen walk =
        new WalkSeen(
            "shop.example.",
            List.of(
                new WalkSeen.Step(".", List.of(well), 12),
                new WalkSeen.Step("example.", List.of(silent, untold), 0)),
            Optional.of("timeout"),
            9);
    TargetView view = seeing(view("https://shop.example/"), "tokyo", Facts.NONE.withWalk(walk));
    assertThat(walks(view, true))
        .containsSubsequence(
            "something is wrong</span> shop.example. from tokyo",
            "9 questions were asked. <strong>timeout</strong>",
            "<h3>the root</h3>",
            "serves</span>",
            "12.0 ms",
            "and 12 more",
            "<h3>example. <span class=\"down state\">it breaks here</span></h3>",
            "fails</span>",
            "2000.0 ms",
            "not asked</span>");
  }

  @Test
  void howFarRoutesWereSeenIsDrawnAndNothingWhereNothingWasTold() {
    List<List<Sights.Seen>> columns = new ArrayList<>();
    for (double share : new double[] {1, 0.5, 0.05}) {
      columns.add(
          List.of(
              new Sights.Seen(
                  new ProbeName("p"),
                  new Region("tokyo"),
                  CheckKind.BGP,
                  TargetState.UP,
                  Duration.ZERO,
                  OptionalDouble.of(share))));
    }
    columns.add(1, List.of());
    StringBuilder html = new StringBuilder();
    RouteStrip.write(html, new Sights(NOON, Duration.ofMinutes(15), columns), ENGLISH);
    assertThat(html.toString())
        .containsSubsequence(
            "f-up\" x=\"0\" y=\"0\"", "f-degraded\" x=\"480\" y=\"30\"", "f-down\" x=\"720\"")
        .contains("at least 5 %", "5 % at worst")
        .doesNotContain("x=\"240\"");
    StringBuilder nothing = new StringBuilder();
    RouteStrip.write(
        nothing, new Sights(NOON, Duration.ofMinutes(15), List.of(List.of())), ENGLISH);
    assertThat(nothing.toString()).isEmpty();
  }
}
