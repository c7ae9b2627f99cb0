package parallax.coordinator.replay.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Layer;
import parallax.coordinator.core.incident.Incident.Subject;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.replay.record.Label;
import parallax.coordinator.replay.record.RecordedIncident;
import parallax.coordinator.replay.record.Recording;
import parallax.coordinator.replay.record.StateChange;
import parallax.coordinator.replay.sample.Sample;
import parallax.coordinator.replay.scenario.Scenario;

/** Every way in which what was said can differ from what is expected. */
final class JudgeTest {
  private static final String SHOP_DOWN =
      """
      incidents:
        - {name: out, subject: service, targets: [shop], may_include: [blog], scope: [GLOBAL],
           cause: {layer: [http, tls], culprit: ['target:shop']}, onset_s: 60, until_s: 500,
           open_within_s: 75, cause_within_s: 120, resolve_s: [300, 400]}
      """;

  private static final Label RIGHT = label(100, Scope.GLOBAL, Layer.HTTP, "target:shop");

  @Test
  void whatIsAsExpectedPasses() {
    Judgement judgement = judge(SHOP_DOWN, service(100).ended(350).says(RIGHT));
    assertThat(judgement.failures()).isEmpty();
    assertThat(judgement.incidents().getFirst().matches()).contains("out");
    assertThat(judgement.openedAfterMs()).containsExactly(30_000L);
  }

  @Test
  void nothingRaisedIsToldWithTheLatestOpening() {
    assertThat(judge(SHOP_DOWN).failures())
        .containsExactly(new Mismatch("out", Mismatch.Kind.OPENED, "opened by 135 s", "nothing"));
  }

  @Test
  void openedTooLateFails() {
    assertThat(failures(SHOP_DOWN, service(140).opened(135.001).ended(350).says(RIGHT)))
        .containsExactly("out: opened: wanted opened by 135 s, found 135.001 s");
  }

  @Test
  void publishedBeforeOrAfterItsTimeIsUnexpected() {
    assertThat(judge(SHOP_DOWN, service(59).ended(350).says(RIGHT)).passed()).isTrue();
    assertThat(kinds(SHOP_DOWN, service(58.9).ended(350).says(RIGHT)))
        .containsExactly("opened", "unexpected");
    assertThat(kinds(SHOP_DOWN, service(500.1).ended(550).says(RIGHT)))
        .containsExactly("opened", "unexpected");
  }

  @Test
  void targetsMustBeCoveredAndOthersLeftOut() {
    String both =
        SHOP_DOWN.replace("targets: [shop], may_include: [blog]", "targets: [shop, blog]");
    assertThat(failures(both, service(100).ended(350).says(RIGHT)))
        .containsExactly("out: targets: wanted all of the targets covered, found without blog");
    String shopOnly = SHOP_DOWN.replace("may_include: [blog]", "may_include: []");
    assertThat(
            failures(
                shopOnly.replace(", may_include: []", ""),
                service(100).on("blog", "shop").ended(350).says(RIGHT)))
        .containsExactly("out: targets: wanted no others covered, found blog");
    assertThat(failures(SHOP_DOWN, service(100).on("blog", "shop").ended(350).says(RIGHT)))
        .isEmpty();
  }

  @Test
  void scopeLayerAndCulpritAreTakenAtTheirMoment() {
    Label wrong = label(100, Scope.PARTIAL, Layer.DNS, "dns:dyn");
    Label rightInTime = label(180, Scope.GLOBAL, Layer.TLS, "target:shop");
    Label tooLate = label(180.001, Scope.GLOBAL, Layer.TLS, "target:shop");
    Label wrongLater = label(200, Scope.PARTIAL, Layer.DNS, "dns:dyn");
    assertThat(failures(SHOP_DOWN, service(100).ended(350).says(wrong, rightInTime, wrongLater)))
        .isEmpty();
    assertThat(failures(SHOP_DOWN, service(100).ended(350).says(wrong, tooLate)))
        .containsExactly(
            "out: scope: wanted GLOBAL at 180 s, found PARTIAL",
            "out: layer: wanted http or tls at 180 s, found dns",
            "out: culprit: wanted target:shop at 180 s, found dns:dyn");
  }

  @Test
  void anIncidentThatEndsBeforeIsJudgedByItsLabelAtTheEnd() {
    String early = SHOP_DOWN.replace("resolve_s: [300, 400]", "resolve_s: [100, 400]");
    Label afterwards = label(160, Scope.PARTIAL, Layer.DNS, "dns:dyn");
    assertThat(failures(early, service(100).ended(150).says(RIGHT, afterwards))).isEmpty();
  }

  @Test
  void anIncidentThatIsPublishedAfterwardsIsJudgedByItsFirstLabel() {
    Label first = label(250, Scope.GLOBAL, Layer.HTTP, "target:shop");
    Label second = label(260, Scope.PARTIAL, Layer.HTTP, "target:shop");
    assertThat(failures(SHOP_DOWN, service(250).opened(90).ended(350).says(first, second)))
        .isEmpty();
  }

  @Test
  void regionsMustBeNamedWhereTheScopeIsRegional() {
    String regional =
        SHOP_DOWN.replace("scope: [GLOBAL]", "scope: [REGIONAL, PARTIAL], regions: [east]");
    assertThat(failures(regional, service(100).ended(350).says(regions("west"))))
        .containsExactly("out: scope: wanted REGIONAL (east) at 180 s, found REGIONAL (west)");
    assertThat(failures(regional, service(100).ended(350).says(regions("east", "west")))).isEmpty();
    Label partial = label(100, Scope.PARTIAL, Layer.HTTP, "target:shop");
    assertThat(failures(regional, service(100).ended(350).says(partial))).isEmpty();
  }

  @Test
  void aSplitIsAllowedAsFarAsPagesGo() {
    String both =
        SHOP_DOWN.replace("targets: [shop], may_include: [blog]", "targets: [shop, blog]");
    Given shop = service(100).ended(350).says(RIGHT);
    Given blog = service(110).opened(105).on("blog").ended(360).says(RIGHT);
    assertThat(failures(both, shop, blog))
        .containsExactly("out: pages: wanted at most 1, found 2, at 100 s, 110 s");
    assertThat(failures(both.replace("onset_s", "pages: 2, onset_s"), shop, blog)).isEmpty();
  }

  @Test
  void everyPartOfASplitMustBeLabelledRight() {
    String two = SHOP_DOWN.replace("onset_s", "pages: 2, onset_s");
    Label wrong = label(110, Scope.GLOBAL, Layer.HTTP, "ca:c");
    assertThat(kinds(two, service(100).ended(350).says(RIGHT), service(110).ended(350).says(wrong)))
        .containsExactly("culprit");
  }

  @Test
  void whatTouchesOnlyOthersThatMayBeIncludedIsAPageOfItsOwn() {
    assertThat(
            kinds(
                SHOP_DOWN,
                service(100).ended(350).says(RIGHT),
                service(110).on("blog").ended(350).says(RIGHT)))
        .containsExactly("pages");
  }

  @Test
  void theEndMustBeDeclaredInItsTime() {
    assertThat(failures(SHOP_DOWN, service(100).says(RIGHT)))
        .containsExactly("out: resolve: wanted from 300 s to 400 s, found still open");
    assertThat(failures(SHOP_DOWN, service(100).ended(299).says(RIGHT)))
        .containsExactly("out: resolve: wanted from 300 s to 400 s, found 299 s");
    assertThat(kinds(SHOP_DOWN, service(100).ended(400.5).says(RIGHT))).containsExactly("resolve");
    assertThat(failures(SHOP_DOWN, service(100).ended(400).says(RIGHT))).isEmpty();
  }

  @Test
  void whatMustStayOpenMustBeOpenAtTheEnd() {
    String open = SHOP_DOWN.replace("resolve_s: [300, 400]", "resolve_s: open");
    assertThat(failures(open, service(100).says(RIGHT))).isEmpty();
    assertThat(failures(open, service(100).ended(350).says(RIGHT)))
        .containsExactly(
            "out: resolve: wanted open at the end, found shop is not covered any more");
  }

  @Test
  void anIncidentCountsForTheExpectationWithTheLatestOnset() {
    String waves =
        """
        incidents:
          - {name: first, subject: service, targets: [shop], onset_s: 60}
          - {name: second, subject: service, targets: [shop], onset_s: 300}
        """;
    Judgement judgement =
        judge(waves, service(310).says(label(310, Scope.GLOBAL, Layer.HTTP, "target:shop")));
    assertThat(judgement.incidents().getFirst().matches()).contains("second");
    assertThat(judgement.failures()).extracting(Mismatch::expectation).containsExactly("first");
  }

  @Test
  void aNoticeIsJudgedByItsLastCulprit() {
    String sick =
        """
        incidents:
          - {name: sick, subject: vantage, culprit: ['probe:p1'], onset_s: 60, open_within_s: 60}
        """;
    assertThat(failures(sick, vantage(100, "resolver:res-a", "probe:p1"))).isEmpty();
    assertThat(failures(sick, vantage(100, "probe:p1", "resolver:res-a")))
        .containsExactly(
            "sick: opened: wanted probe:p1 opened by 120 s, found nothing",
            "-: unexpected: wanted nothing more, found PROBE_LOCAL, resolver:res-a, published at"
                + " 100 s");
  }

  @Test
  void whatIsAllowedIsNoFailureAndNothingElseIs() {
    String allow =
        """
        allow:
          - {subject: vantage, culprit: ['probe:p1']}
          - {targets: [blog], scope: [REGIONAL]}
        """;
    Label regional = regions("east");
    Given shifting =
        service(100).on("blog").says(regional, label(110, Scope.PARTIAL, Layer.HTTP, "ca:c"));
    Judgement allowed =
        judge(allow, vantage(90, "probe:p1"), service(100).on("blog").says(regional));
    assertThat(allowed.passed()).isTrue();
    assertThat(allowed.incidents())
        .extracting(Judgement.Told::matches)
        .containsOnly(Optional.of("allow"));
    assertThat(kinds(allow, vantage(90, "probe:p2"))).containsExactly("unexpected");
    assertThat(kinds(allow, service(100).says(regional))).containsExactly("unexpected");
    assertThat(kinds(allow, shifting)).containsExactly("unexpected");
  }

  @Test
  void aForbiddenLabelFailsWheneverItIsInForceInTheWindow() {
    String forbid =
        """
        allow: [{targets: all}]
        forbid: [{scope: [GLOBAL], targets: [shop], at: [200, 300]}]
        """;
    Label global = label(100, Scope.GLOBAL, Layer.HTTP, "target:shop");
    Label partial = label(200, Scope.PARTIAL, Layer.HTTP, "target:shop");
    assertThat(failures(forbid, service(100).says(global)))
        .containsExactly(
            "forbid 1: forbidden: wanted no GLOBAL on shop from 200 s to 300 s, found GLOBAL,"
                + " http, target:shop at 100 s");
    assertThat(failures(forbid, service(100).says(global, partial))).isEmpty();
    assertThat(failures(forbid, service(100).ended(200).says(global))).isEmpty();
    assertThat(failures(forbid, service(100).on("blog").says(global))).isEmpty();
    assertThat(
            failures(
                forbid, service(300).says(label(300, Scope.GLOBAL, Layer.HTTP, "target:shop"))))
        .isEmpty();
    assertThat(failures(forbid.replace("[shop]", "all"), service(100).on("blog").says(global)))
        .hasSize(1);
  }

  @Test
  void inANegativeScenarioNothingGlobalMayBeRaised() {
    Scenario scenario =
        Sample.of(
            Sample.HEAD.replace("class: incident", "class: negative")
                + "events: []\nexpect: {allow: [{targets: all}]}\n");
    Judgement judgement = Judge.judge(scenario, recording(service(100).says(RIGHT)));
    assertThat(judgement.failures())
        .extracting(Mismatch::expectation)
        .containsExactly("class negative");
  }

  @Test
  void aStateMustHoldThroughoutItsWindow() {
    String states = "states: [{targets: [shop], state: [UNKNOWN, UP], throughout_s: [100, 200]}]";
    assertThat(stateFailures(states, new StateChange(0, TargetState.UP))).isEmpty();
    assertThat(
            stateFailures(
                states,
                new StateChange(0, TargetState.DOWN),
                new StateChange(100_000, TargetState.UP),
                new StateChange(200_000, TargetState.DOWN)))
        .isEmpty();
    assertThat(
            stateFailures(
                states,
                new StateChange(0, TargetState.UP),
                new StateChange(150_000, TargetState.DOWN),
                new StateChange(150_500, TargetState.UP)))
        .containsExactly(
            "states shop: states: wanted UNKNOWN or UP from 100 s to 200 s, found DOWN from 150 s"
                + " to 150.5 s");
  }

  @Test
  void totalsAreUpperLimits() {
    String totals = "allow: [{targets: all}, {subject: vantage}]\ntotals: {pages: 1, notices: 0}";
    assertThat(failures(totals, service(100).says(RIGHT))).isEmpty();
    assertThat(
            failures(
                totals,
                service(100).says(RIGHT),
                service(110).says(RIGHT),
                vantage(120, "monitoring")))
        .containsExactly(
            "totals.pages: totals: wanted at most 1, found 2",
            "totals.notices: totals: wanted at most 0, found 1");
  }

  private static List<String> failures(String expect, Given... incidents) {
    return judge(expect, incidents).failures().stream().map(Mismatch::toString).toList();
  }

  private static List<String> kinds(String expect, Given... incidents) {
    return judge(expect, incidents).failures().stream()
        .map(failure -> failure.kind().word())
        .toList();
  }

  private static Judgement judge(String expect, Given... incidents) {
    return Judge.judge(Sample.expecting(expect), recording(incidents));
  }

  private static List<String> stateFailures(String expect, StateChange... changes) {
    SortedMap<String, List<StateChange>> states = new TreeMap<>();
    states.put("shop", List.of(changes));
    Recording recording = new Recording(List.of(), states, 0, 0);
    return Judge.judge(Sample.expecting(expect), recording).failures().stream()
        .map(Mismatch::toString)
        .toList();
  }

  private static Recording recording(Given... incidents) {
    List<RecordedIncident> recorded = new ArrayList<>();
    for (Given given : incidents) {
      recorded.add(given.incident("i" + recorded.size()));
    }
    return new Recording(recorded, new TreeMap<>(), 0, 0);
  }

  private static Label label(double atS, Scope scope, Layer layer, String culprit) {
    return new Label(ms(atS), scope, List.of(), Optional.of(layer), culprit);
  }

  private static Label regions(String... regions) {
    return new Label(
        100_000, Scope.REGIONAL, List.of(regions), Optional.of(Layer.HTTP), "target:shop");
  }

  /** A service incident of the shop, opened at 90 s. */
  private static Given service(double publishedS) {
    return new Given(
        Subject.SERVICE, List.of("shop"), 90_000, ms(publishedS), OptionalLong.empty(), List.of());
  }

  private static Given vantage(double publishedS, String... culprits) {
    List<Label> labels =
        Arrays.stream(culprits)
            .map(
                culprit ->
                    new Label(
                        ms(publishedS), Scope.PROBE_LOCAL, List.of(), Optional.empty(), culprit))
            .toList();
    return new Given(
        Subject.VANTAGE, List.of(), 90_000, ms(publishedS), OptionalLong.empty(), labels);
  }

  private static long ms(double seconds) {
    return Math.round(seconds * 1_000);
  }

  /** An incident as it was recorded. */
  private record Given(
      Subject subject,
      List<String> targets,
      long openedMs,
      long publishedMs,
      OptionalLong endedMs,
      List<Label> labels) {

    Given on(String... others) {
      return new Given(subject, List.of(others), openedMs, publishedMs, endedMs, labels);
    }

    Given opened(double atS) {
      return new Given(subject, targets, ms(atS), publishedMs, endedMs, labels);
    }

    Given ended(double atS) {
      return new Given(subject, targets, openedMs, publishedMs, OptionalLong.of(ms(atS)), labels);
    }

    Given says(Label... said) {
      return new Given(subject, targets, openedMs, publishedMs, endedMs, List.of(said));
    }

    RecordedIncident incident(String id) {
      return new RecordedIncident(
          id, subject, targets, openedMs, publishedMs, endedMs, labels, List.of());
    }
  }
}
