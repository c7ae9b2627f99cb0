package parallax.deploy.endtoend.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.dns.authority.ApprovedAnswers;
import parallax.probe.dns.authority.AuthoritySpec;
import parallax.probe.dns.delegation.Approved;
import parallax.probe.dns.delegation.Judgement;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.delegation.WalkJudge;
import parallax.probe.dns.walk.WalkLimits;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Question;

/**
 * A whole name system, broken in every way that it can be: each way gives exactly its reason, and
 * what is not broken gives none.
 */
final class DelegationIT {
  @TempDir static Path folder;

  private static Optional<NameLab> started = Optional.empty();

  @BeforeAll
  static void up() throws IOException {
    started = Optional.of(new NameLab(folder.resolve("lab")));
  }

  @AfterAll
  static void down() throws IOException {
    if (started.isPresent()) {
      started.get().close();
    }
  }

  private static NameLab lab() {
    return started.orElseThrow();
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          healthy.test     | up       |
          notion.so        | up       |
          example.or.jp    | up       |
          kept.wild        | up       |
          hold.test        | down     | DELEGATION_ABSENT
          gone.wild        | down     | DELEGATION_ABSENT
          partial.test     | degraded | DELEGATION_PARTIAL
          noglue.test      | down     | DELEGATION_GLUE_MISSING
          lost.test        | down     | DELEGATION_HOST_UNRESOLVED
          refused.test     | down     | NAME_SERVERS_REFUSED
          servfail.test    | down     | NAME_SERVERS_SERVFAIL
          notauth.test     | down     | NAME_SERVERS_NOT_AUTHORITATIVE
          upward.test      | down     | NAME_SERVERS_UPWARD
          dead.test        | down     | NAME_SERVERS_PORT_UNREACHABLE
          halfdead.test    | degraded | NAME_SERVERS_PARTIAL NAME_SERVERS_PORT_UNREACHABLE
          nsmismatch.test  | degraded | DELEGATION_NS_MISMATCH
          oldglue.test     | degraded | DELEGATION_GLUE_MISMATCH
          """)
  void eachWayOfBeingBrokenGivesExactlyItsReason(String zone, String outcome, String reasons) {
    Judgement judgement = lab().examine(zone);
    assertThat(judgement.outcome().label()).as(judgement.findings().toString()).isEqualTo(outcome);
    assertReasons(judgement, Optional.ofNullable(reasons).orElse("").split(" "));
  }

  private static void assertReasons(Judgement judgement, String... reasons) {
    List<String> expected = Arrays.stream(reasons).filter(name -> !name.isEmpty()).toList();
    assertThat(judgement.reasons().stream().map(Reason::name).distinct())
        .as(judgement.findings().toString())
        .containsExactlyElementsOf(expected);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "one.loop.test,A,NAME_SERVERS_CNAME_LOOP",
    "www.healthy.test,A,NAME_SERVERS_WRONG_ANSWER",
    "no.healthy.test,A,NAME_SERVERS_NXDOMAIN",
    "www.healthy.test,MX,NAME_SERVERS_NODATA",
  })
  void eachWrongAnswerGivesExactlyItsReason(String name, String type, String reason) {
    String zone = name.substring(name.indexOf('.') + 1);
    Question question = new Question(NameLab.name(name), Type.value(type));
    ApprovedAnswers approved = ApprovedAnswers.exactly(new TreeSet<>(List.of("192.0.2.99")));
    AuthoritySpec spec =
        new AuthoritySpec(
            List.of(new AuthoritySpec.Target(question, approved)), true, Optional.empty());
    assertReasons(lab().examine(zone, lab().walk(zone), spec), reason);
  }

  @Test
  void aServerBehindGivesSerialLagOnceTheBoundIsReached() {
    AuthoritySpec strict =
        new AuthoritySpec(List.of(), false, Optional.of(new AuthoritySpec.Lag.Of(Duration.ZERO)));
    Walk walk = lab().walk("lag.test");
    assertReasons(lab().examine("lag.test", walk, strict), "NAME_SERVERS_SERIAL_LAG");
    assertReasons(lab().examine("lag.test", walk, AuthoritySpec.ofZone()));
  }

  @Test
  void aLargeAnswerComesOverTcp() {
    Question question = new Question(NameLab.name("big.big.test"), Type.TXT);
    AuthoritySpec spec =
        new AuthoritySpec(
            List.of(new AuthoritySpec.Target(question, ApprovedAnswers.ANY)),
            true,
            Optional.empty());
    assertReasons(lab().examine("big.test", lab().walk("big.test"), spec));
    Walk walk = lab().walk("big.test", question, WalkLimits.USUAL);
    assertThat(walk.last().visits())
        .hasSize(2)
        .allSatisfy(visit -> assertThat(visit.path().truncated() && visit.path().tcp()).isTrue());
  }

  @Test
  void forgedAnswersAreToldApart() throws IOException {
    try (OddServer _ =
        new OddServer(
            lab().at("6.1"),
            Duration.ZERO,
            answer -> {
              answer[0] ^= 0x55;
              return answer;
            })) {
      assertReasons(lab().examine("forged.test"), "NAME_SERVERS_GARBAGE");
    }
  }

  @Test
  void truncatedAnswersWithoutTcpAreToldApart() throws IOException {
    try (OddServer _ =
        new OddServer(
            lab().at("6.2"),
            Duration.ZERO,
            answer -> {
              answer[2] |= 0x02;
              return answer;
            })) {
      assertReasons(lab().examine("cut.test"), "NAME_SERVERS_TRUNCATED_NO_TCP");
    }
  }

  @Test
  void aSlowServerIsSlowAndNotDead() throws IOException {
    Duration delay = Duration.ofMillis(400);
    try (OddServer _ = new OddServer(lab().at("6.3"), delay, answer -> answer)) {
      Walk walk = lab().walk("slow.test");
      assertThat(walk.last().visits())
          .singleElement()
          .satisfies(visit -> assertThat(visit.took()).isBetween(delay, delay.plusSeconds(1)));
      assertReasons(lab().examine("slow.test"), "NAME_SERVERS_TCP_REFUSED");
    }
  }

  @Test
  void aServerThatNeverAnswersIsATimeout() throws IOException {
    try (OddServer _ = new OddServer(lab().at("6.4"), Duration.ZERO, _ -> new byte[0])) {
      assertReasons(lab().examine("silent.test"), "NAME_SERVERS_TIMEOUT");
    }
  }

  @ParameterizedTest
  @CsvSource({"expired.test", "notyet.test", "missing.test", "wrongds.test"})
  void aZoneWithBrokenSignaturesIsDelegatedAndServedYetNotResolved(String zone) {
    Assumptions.assumeTrue(lab().hasResolver(), "no resolver without root");
    Walk walk = lab().walk(zone);
    assertThat(walk.delegation().orElseThrow().ds()).isNotEmpty();
    assertReasons(lab().examine(zone));
    assertThat(lab().resolve("www." + zone))
        .isInstanceOfSatisfying(
            Exchanged.Replied.class,
            replied -> assertThat(replied.message().getRcode()).isEqualTo(Rcode.SERVFAIL));
  }

  @ParameterizedTest
  @CsvSource({"notion.so, control.so", "example.or.jp, control.or.jp"})
  void aHoldIsSeenWhileTheResolverStillAnswersFromItsCache(String zone, String other)
      throws IOException {
    Approved before = Approved.as(lab().walk(zone).delegation().orElseThrow());
    boolean resolver = lab().hasResolver();
    if (resolver) {
      assertThat(addresses("www." + zone)).isEqualTo(1);
    }
    lab().script("hold", zone);
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertHeld(lab().walk(zone), before, lab().walk(other)));
      if (resolver) {
        assertThat(addresses("www." + zone)).isEqualTo(1);
      }
    } finally {
      lab().script("release", zone);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(WalkJudge.judge(lab().walk(zone), before, List.of()).findings())
                    .isEmpty());
  }

  private static void assertHeld(Walk walk, Approved before, Walk control) {
    Outcome outcome = WalkJudge.judge(walk, before, List.of(control)).outcome();
    assertThat(outcome).isInstanceOf(Outcome.Down.class);
    assertThat(outcome.why().orElseThrow())
        .satisfies(
            why -> {
              assertThat(why.reason()).isEqualTo(Reason.DELEGATION_ABSENT);
              assertThat(why.detail())
                  .contains("NXDOMAIN", "2 of 2 servers", "not so for 1 other names");
            });
  }

  private static int addresses(String name) {
    return lab().resolve(name) instanceof Exchanged.Replied(var message, _)
        ? message.getSectionRRsets(Section.ANSWER).size()
        : 0;
  }
}
