package parallax.probe.dns.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.probe.dns.delegation.Sayings.TLD;
import static parallax.probe.dns.delegation.Sayings.ZONE;
import static parallax.probe.dns.delegation.Sayings.answered;
import static parallax.probe.dns.delegation.Sayings.control;
import static parallax.probe.dns.delegation.Sayings.delegation;
import static parallax.probe.dns.delegation.Sayings.lame;
import static parallax.probe.dns.delegation.Sayings.name;
import static parallax.probe.dns.delegation.Sayings.notAsked;
import static parallax.probe.dns.delegation.Sayings.referred;
import static parallax.probe.dns.delegation.Sayings.root;
import static parallax.probe.dns.delegation.Sayings.silent;
import static parallax.probe.dns.delegation.Sayings.step;
import static parallax.probe.dns.delegation.Sayings.walk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.dns.delegation.Said.Lame.Kind;
import parallax.probe.dns.delegation.Said.NotAsked.Why;
import parallax.probe.dns.wire.Heard.Failure;

/** What follows from what the servers on the way said. */
final class WalkJudgeTest {
  private static final Said NXDOMAIN = new Said.NoSuchName();
  private static final Said NODATA = new Said.NoSuchRecord();
  private static final List<Said> ALL =
      List.of(
          answered(),
          NXDOMAIN,
          NODATA,
          new Said.Looping(),
          referred(ZONE),
          lame(Kind.REFUSED),
          lame(Kind.SERVFAIL),
          lame(Kind.NOT_AUTHORITATIVE),
          lame(Kind.UPWARD),
          lame(Kind.RCODE),
          silent(Failure.TIMEOUT),
          silent(Failure.CLOSED_PORT),
          silent(Failure.GARBAGE),
          silent(Failure.OVERLOADED),
          notAsked(Why.NO_ROUTE),
          notAsked(Why.FORBIDDEN),
          notAsked(Why.BOUND));

  private static Judgement judge(Walk walk) {
    return WalkJudge.judge(walk, Approved.ANY, List.of());
  }

  private static Said said(String word) {
    return switch (word) {
      case "answer" -> answered();
      case "nxdomain" -> NXDOMAIN;
      case "nodata" -> NODATA;
      case "loop" -> new Said.Looping();
      case "refer" -> referred(ZONE);
      case "noroute" -> notAsked(Why.NO_ROUTE);
      case "forbidden" -> notAsked(Why.FORBIDDEN);
      case "timeout", "closed_port", "garbage", "overloaded", "host_unreachable" ->
          silent(Failure.valueOf(word.toUpperCase(Locale.ROOT)));
      default -> lame(Kind.valueOf(word.toUpperCase(Locale.ROOT)));
    };
  }

  private static Said[] said(String one, String two) {
    return new Said[] {said(one), said(two)};
  }

  @ParameterizedTest(name = "{0} and {1}: {2} {3}")
  @CsvSource({
    "nxdomain, nxdomain, down, DELEGATION_ABSENT",
    "nodata, nodata, down, DELEGATION_ABSENT",
    "nodata, refused, down, DELEGATION_ABSENT",
    "answer, nxdomain, degraded, DELEGATION_PARTIAL",
    "nxdomain, timeout, down, DELEGATION_ABSENT",
    "timeout, timeout, down, DELEGATION_TIMEOUT",
    "timeout, closed_port, down, DELEGATION_TIMEOUT",
    "closed_port, closed_port, down, DELEGATION_PARENT_UNREACHABLE",
    "servfail, servfail, down, DELEGATION_SERVFAIL",
    "refused, servfail, down, DELEGATION_PARENT_LAME",
    "noroute, noroute, inconclusive, PROBE_NO_ADDRESS_FAMILY",
    "overloaded, overloaded, inconclusive, PROBE_OVERLOADED",
    "noroute, nxdomain, down, DELEGATION_ABSENT",
  })
  void withoutADelegationTheParentsServersTellWhy(
      String one, String two, String outcome, Reason reason) {
    Judgement judgement = judge(walk(root(), step(TLD, said(one, two))));
    assertThat(judgement.reasons()).containsExactly(reason);
    assertThat(judgement.outcome().label()).isEqualTo(outcome);
  }

  @ParameterizedTest(name = "{0} and {1}: {2} {3}")
  @CsvSource({
    "refused, refused, down, NAME_SERVERS_REFUSED",
    "servfail, servfail, down, NAME_SERVERS_SERVFAIL",
    "not_authoritative, not_authoritative, down, NAME_SERVERS_NOT_AUTHORITATIVE",
    "upward, upward, down, NAME_SERVERS_UPWARD",
    "rcode, rcode, down, NAME_SERVERS_RCODE",
    "refused, upward, down, DELEGATION_LAME",
    "timeout, timeout, down, NAME_SERVERS_TIMEOUT",
    "closed_port, closed_port, down, NAME_SERVERS_PORT_UNREACHABLE",
    "host_unreachable, host_unreachable, down, NAME_SERVERS_UNREACHABLE",
    "garbage, garbage, down, NAME_SERVERS_GARBAGE",
    "timeout, refused, down, NAME_SERVERS_TIMEOUT",
    "answer, timeout, degraded, NAME_SERVERS_PARTIAL",
    "answer, refused, degraded, NAME_SERVERS_PARTIAL",
    "loop, loop, down, NAME_SERVERS_CNAME_LOOP",
    "nxdomain, nxdomain, down, NAME_SERVERS_NXDOMAIN",
    "nodata, nodata, down, NAME_SERVERS_NODATA",
    "forbidden, forbidden, inconclusive, PROBE_ADDRESS_FORBIDDEN",
    "noroute, refused, down, NAME_SERVERS_REFUSED",
  })
  void withADelegationTheZonesServersTellWhy(
      String one, String two, String outcome, Reason reason) {
    Judgement judgement =
        judge(walk(root(), step(TLD, referred(ZONE)), step(ZONE, said(one, two))));
    assertThat(judgement.reasons()).containsExactly(reason);
    assertThat(judgement.outcome().label()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"answer, answer", "answer, noroute", "answer, overloaded", "answer, nodata"})
  void whatWasNotTestedIsNoFailure(String one, String two) {
    assertThat(
            judge(walk(root(), step(TLD, referred(ZONE)), step(ZONE, said(one, two)))).findings())
        .isEmpty();
  }

  @Test
  void aParentServerThatDeniesWhatAnotherDelegatesMakesItPartial() {
    Judgement judgement =
        judge(walk(root(), step(TLD, referred(ZONE), NXDOMAIN), step(ZONE, answered())));
    assertThat(judgement.reasons()).containsExactly(Reason.DELEGATION_PARTIAL);
  }

  @Test
  void aServerOfBothZonesMayAnswerForTheLowerOne() {
    Judgement judgement =
        judge(
            walk(
                root(), step(TLD, referred(ZONE), answered()), step(ZONE, answered(), answered())));
    assertThat(judgement.findings()).isEmpty();
  }

  @Test
  void aZoneOnTheServersOfItsParentIsAnsweredWithoutADelegation() {
    assertThat(judge(walk(root(), step(TLD, answered(), answered()))).findings()).isEmpty();
  }

  @Test
  void otherServersAndSignersThanApprovedAreChanges() {
    Walk walk =
        walk(
            root(),
            step(TLD, new Said.Referred(delegation(ZONE, "1 13 2 AA"))),
            step(ZONE, answered()));
    Approved same = Approved.as(delegation(ZONE, "1 13 2 AA"));
    assertThat(WalkJudge.judge(walk, same, List.of()).findings()).isEmpty();
    Approved other =
        new Approved(
            Optional.of(new TreeSet<>(List.of(name("x.test.")))),
            Optional.of(Collections.emptySortedSet()));
    assertThat(WalkJudge.judge(walk, other, List.of()).reasons())
        .containsExactly(Reason.DELEGATION_CHANGED, Reason.DELEGATION_DS_CHANGED);
  }

  @Test
  void controlsTellTheParentsTroubleFromTheZones() {
    Walk walk = walk(root(), step(TLD, silent(Failure.TIMEOUT)));
    Walk same = control(root(), step(TLD, silent(Failure.TIMEOUT)));
    Walk fine = control(root(), step(TLD, referred(name("other.test."))));
    assertThat(detail(walk, same)).contains("trouble of test.");
    assertThat(detail(walk, fine)).contains("not so for 1 other names");
    assertThat(detail(walk)).doesNotContain("other names");
  }

  private static String detail(Walk walk, Walk... controls) {
    return WalkJudge.judge(walk, Approved.ANY, List.of(controls))
        .outcome()
        .why()
        .orElseThrow()
        .detail();
  }

  @Test
  void aRootThatIsSilentIsTheProbesOwnTrouble() {
    Judgement judgement =
        judge(walk(step(Name.root, silent(Failure.TIMEOUT), silent(Failure.TIMEOUT))));
    assertThat(judgement.reasons()).containsExactly(Reason.PROBE_REACHES_NO_NAME_SERVER);
    assertThat(judgement.outcome()).isInstanceOf(Outcome.Inconclusive.class);
  }

  @Test
  void aWalkThatEndedAtABoundBeforeTheZoneToldNothing() {
    assertThat(
            judge(
                    walk(
                        Optional.of(Walk.Bound.QUERIES),
                        root(),
                        step(TLD, notAsked(Why.BOUND), silent(Failure.TIMEOUT))))
                .reasons())
        .containsExactly(Reason.PROBE_WALK_BOUND);
  }

  @Test
  void serversWithoutAddressesAreMissingGlueInTheZoneAndUnresolvedElsewhere() {
    TreeSet<Name> inside = new TreeSet<>(List.of(name("a.example.test.")));
    TreeSet<Name> outside = new TreeSet<>(List.of(name("a.gone.test.")));
    Step parent = step(TLD, referred(ZONE));
    assertThat(judge(walk(root(), parent, new Step(ZONE, List.of(), inside))).reasons())
        .containsExactly(Reason.DELEGATION_GLUE_MISSING);
    assertThat(judge(walk(root(), parent, new Step(ZONE, List.of(), outside))).reasons())
        .containsExactly(Reason.DELEGATION_HOST_UNRESOLVED);
    Step some = new Step(ZONE, step(ZONE, answered()).visits(), inside);
    assertThat(judge(walk(root(), parent, some)).outcome()).isInstanceOf(Outcome.Degraded.class);
  }

  @Test
  void whateverIsSaidAReasonIsGivenExactlyWhenSomethingIsWrong() {
    Random random = new Random(20_261_122);
    for (int round = 0; round < 20_000; round++) {
      List<Step> steps = new ArrayList<>(List.of(root(), step(TLD, some(random))));
      if (steps.getLast().onward().isPresent()) {
        // A referral to the zone by one of its own servers is no referral but lame.
        steps.add(
            step(ZONE, Stream.of(some(random)).map(WalkJudgeTest::ofOwn).toArray(Said[]::new)));
      }
      Walk walk = walk(steps.toArray(Step[]::new));
      Judgement judgement = judge(walk);
      boolean served =
          walk.last().visits().stream().anyMatch(visit -> visit.said() instanceof Said.Answered);
      boolean isDown = judgement.outcome() instanceof Outcome.Down;
      boolean told = !walk.last().telling().isEmpty();
      assertThat(judgement.findings().isEmpty() && !served).as(walk.toString()).isFalse();
      if (isDown) {
        assertThat(told).as(walk.toString()).isTrue();
      }
      judgement
          .reasons()
          .forEach(
              reason ->
                  assertThat(reason.layer().map(Layer.DNS_AUTH::compareTo).orElse(0))
                      .isGreaterThanOrEqualTo(0));
    }
  }

  private static Said ofOwn(Said said) {
    return said instanceof Said.Referred ? lame(Kind.NOT_AUTHORITATIVE) : said;
  }

  private static Said[] some(Random random) {
    Said[] some = new Said[1 + random.nextInt(4)];
    for (int index = 0; index < some.length; index++) {
      some[index] = ALL.get(random.nextInt(ALL.size()));
    }
    return some;
  }
}
