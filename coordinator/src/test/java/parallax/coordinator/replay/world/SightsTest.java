package parallax.coordinator.replay.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.coordinator.replay.sample.Sample;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioCheck;

/** What checks see under every effect of an event. */
final class SightsTest {
  private static final int SHOP = 0;
  private static final int BLOG = 1;

  @ParameterizedTest
  @CsvSource({
    "WEB, CONTENT",
    "DNS_AUTH, DNS_AUTH",
    "DELEGATION, DELEGATION",
    "REGISTRATION, REGISTRATION"
  })
  void whereNothingHappensAllIsFine(ScenarioCheck check, Layer layer) {
    Sight sight = look("[]", new Look(0, SHOP, check, 1_000));
    assertThat(sight).isEqualTo(new Sight(layer, Outcome.up(), 200));
  }

  @ParameterizedTest
  @CsvSource({
    "WEB, 'dns: servfail', SERVFAIL",
    "WEB, 'dns: wrong_answer', DNS_WRONG_ANSWER",
    "WEB, 'tcp: refused', CONNECTION_REFUSED",
    "WEB, 'tcp: unreachable', HOST_UNREACHABLE",
    "WEB, 'tls: untrusted', CERTIFICATE_UNTRUSTED_ISSUER",
    "WEB, 'tls: name_mismatch', CERTIFICATE_WRONG_NAME",
    "WEB, 'http: reset', HTTP_RESET",
    "WEB, 'http: 503', HTTP_STATUS",
    "WEB, 'content: mismatch', BODY_NO_MATCH",
    "DNS_AUTH, 'dns_auth: bogus', NAME_SERVERS_BOGUS",
    "DELEGATION, 'delegation: lame', DELEGATION_LAME",
    "REGISTRATION, 'registration: hold_client', REGISTRATION_CLIENT_HOLD",
    "REGISTRATION, 'registration: redemption', REGISTRATION_REDEMPTION"
  })
  void aBadTokenIsDownForItsReason(ScenarioCheck check, String see, Reason reason) {
    Sight sight = look(see("see: {" + see + "}"), new Look(0, SHOP, check, 1_000));
    assertThat(sight.outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(sight.outcome().why().orElseThrow().reason()).isEqualTo(reason);
    assertThat(sight.layer()).isEqualTo(reason.layer().orElseThrow());
    assertThat(sight.durationMs()).isEqualTo(200);
  }

  @Test
  void whatIsOnlyNotableIsNoFailure() {
    String events = see("see: {delegation: changed, dns_auth: partial, registration: no_answer}");
    assertThat(look(events, new Look(0, SHOP, ScenarioCheck.DELEGATION, 0)).outcome())
        .isEqualTo(Outcome.degraded(Reason.DELEGATION_CHANGED, ""));
    assertThat(look(events, new Look(0, SHOP, ScenarioCheck.DNS_AUTH, 0)).outcome())
        .isEqualTo(Outcome.degraded(Reason.NAME_SERVERS_PARTIAL, ""));
    Sight registration = look(events, new Look(0, SHOP, ScenarioCheck.REGISTRATION, 0));
    assertThat(registration.outcome())
        .isEqualTo(Outcome.inconclusive(Reason.REGISTRATION_NO_ANSWER, ""));
    assertThat(registration.durationMs()).isEqualTo(200);
  }

  @Test
  void anEventChangesOnlyTheLayersThatItNames() {
    String events = see("see: {delegation: absent, dns_auth: timeout}");
    assertThat(web(events, 0, 1_000).outcome()).isEqualTo(Outcome.up());
  }

  @Test
  void theWebStopsAtItsFirstBadStage() {
    Sight sight = web(see("see: {http: 503, dns: nxdomain, tls: expired}"), 0, 1_000);
    assertThat(sight.layer()).isEqualTo(Layer.DNS);
  }

  @Test
  void aStatusIsFineWhereTheTargetAcceptsIt() {
    String events = see("see: {http: 204}");
    assertThat(look(events, new Look(0, SHOP, ScenarioCheck.WEB, 0)).outcome())
        .isEqualTo(Outcome.up());
    assertThat(look(events, new Look(0, BLOG, ScenarioCheck.WEB, 0)).outcome())
        .isEqualTo(Outcome.down(Reason.HTTP_STATUS, "204"));
  }

  @Test
  void laterEventsWinOverEarlierOnes() {
    String events =
        """
        - {at: [0, end], see: {http: 500, tcp: refused}}
        - {at: [0, end], see: {tcp: ok}}
        """;
    assertThat(web(events, 0, 0).outcome()).isEqualTo(Outcome.down(Reason.HTTP_STATUS, "500"));
  }

  @Test
  void aWindowIsHalfOpenAndJudgedAtTheStart() {
    String events = "- {at: [10, 20], see: {http: 500}}";
    assertThat(web(events, 0, 9_999).outcome()).isEqualTo(Outcome.up());
    assertThat(web(events, 0, 10_000).outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(web(events, 0, 19_999).outcome()).isInstanceOf(Outcome.Down.class);
    assertThat(web(events, 0, 20_000).outcome()).isEqualTo(Outcome.up());
  }

  @ParameterizedTest
  @CsvSource({
    "'probes: [p1, p3]', 1010",
    "'regions: [east]', 1100",
    "'countries: [US, JP]', 0011",
    "'asns: [64501], resolvers: [res-a]', 1010",
    "'regions: [east], asns: [64501]', 1000",
    "'regions: [east], except: {probes: [p1]}', 0100",
    "'except: {resolvers: [res-b]}', 1010",
    "'', 1111"
  })
  void keysAreAndedValuesOredExceptionsLeftOut(String from, String expected) {
    String events = "- {at: [0, end], from: {" + from + "}, see: {tcp: refused}}";
    for (int probe = 0; probe < expected.length(); probe++) {
      assertThat(web(events, probe, 0).outcome() instanceof Outcome.Down)
          .isEqualTo(expected.charAt(probe) == '1');
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'ids: [shop]'",
    "'tlds: [com]'",
    "'registries: [verisign]'",
    "'registrars: [registrar-one]'",
    "'operators: [shop-inc]'",
    "'dns_providers: [dyn]'",
    "'dns_asns: [64601]'",
    "'web_asns: [64801]'",
    "'cdns: [fastly]'",
    "'clouds: [aws]'",
    "'cloud_regions: [us-east-1]'",
    "'cas: [digicert]'"
  })
  void targetsAreSelectedByWhatTheyStandOn(String targets) {
    String events = "- {at: [0, end], targets: {" + targets + "}, see: {tcp: refused}}";
    assertThat(look(events, new Look(0, SHOP, ScenarioCheck.WEB, 0)).outcome())
        .isInstanceOf(Outcome.Down.class);
    assertThat(look(events, new Look(0, BLOG, ScenarioCheck.WEB, 0)).outcome())
        .isEqualTo(Outcome.up());
  }

  @Test
  void aTimeoutLastsAsLongAsACheckMay() {
    assertThat(web(see("see: {tcp: timeout, latency_ms: 500}"), 0, 0))
        .isEqualTo(new Sight(Layer.TCP, Outcome.down(Reason.CONNECT_TIMEOUT, ""), 10_000));
  }

  @Test
  void slownessBelowTheTimeoutIsFine() {
    assertThat(web(see("see: {latency_ms: 9799}"), 0, 0))
        .isEqualTo(new Sight(Layer.CONTENT, Outcome.up(), 9_999));
  }

  @Test
  void tooSlowIsATimeoutAtHttpOrAtTheOnlyLayer() {
    String events = see("see: {latency_ms: 9800}");
    assertThat(web(events, 0, 0))
        .isEqualTo(new Sight(Layer.HTTP, Outcome.down(Reason.HTTP_TIMEOUT, ""), 10_000));
    assertThat(look(events, new Look(0, SHOP, ScenarioCheck.DNS_AUTH, 0)).outcome())
        .isEqualTo(Outcome.down(Reason.NAME_SERVERS_TIMEOUT, ""));
    assertThat(look(events, new Look(0, SHOP, ScenarioCheck.REGISTRATION, 0)).outcome())
        .isEqualTo(Outcome.inconclusive(Reason.REGISTRATION_NO_ANSWER, ""));
  }

  @Test
  void tooSlowDoesNotHideAnEarlierFailure() {
    assertThat(web(see("see: {dns: nxdomain, latency_ms: 20000}"), 0, 0).layer())
        .isEqualTo(Layer.DNS);
  }

  @Test
  void aProbabilityIsDrawnForEachAttempt() {
    String events = see("see: {http: 500}, p: 0.3");
    // The event's index, probe, target, kind and start are the key.
    long failing = failures(events, 0, 0);
    assertThat(failing).isBetween(250L, 350L).isNotEqualTo(failures(events, 1, 0));
    Draws draws = new Draws(42);
    for (long ms = 0; ms < 100; ms++) {
      boolean drawn = draws.draw(Draws.text(Draws.EMPTY, "0|p1|shop|web|" + ms)) < 0.3;
      assertThat(web(events, 0, ms).outcome() instanceof Outcome.Down).isEqualTo(drawn);
    }
  }

  @Test
  void aRampGoesFromOneProbabilityToTheOther() {
    String events = "- {at: [0, 600], see: {http: 500}, p: [0.0, 1.0]}";
    assertThat(failures(events, 0, 0)).isLessThan(20);
    assertThat(failures(events, 0, 300_000)).isBetween(440L, 560L);
    assertThat(failures(events, 0, 598_000)).isGreaterThan(980);
  }

  @Test
  void aStickyRampFailsForGoodOnceItFails() {
    Scenario scenario =
        Sample.withEvents("- {at: [0, 600], see: {http: 500}, p: [0.0, 1.0], sticky: true}");
    Sights sights = new Sights(scenario, 42);
    double threshold = new Draws(42).draw(Draws.text(Draws.EMPTY, "0|p1|shop"));
    for (long ms = 0; ms < 600_000; ms += 1_000) {
      Sight sight = sights.of(new Look(0, SHOP, ScenarioCheck.WEB, ms));
      assertThat(sight.outcome() instanceof Outcome.Down).isEqualTo(threshold < ms / 600_000.0);
    }
  }

  @Test
  void noiseIsATimeoutOfTheKindsOwnAtItsRate() {
    Scenario scenario = Sample.of(Sample.HEAD + "noise: 0.05\nevents: []\nexpect: {}\n");
    Sights sights = new Sights(scenario, 42);
    long hits = 0;
    for (long ms = 0; ms < 2_000; ms++) {
      boolean hit = new Draws(42).draw(Draws.text(Draws.EMPTY, "noise|p1|shop|web|" + ms)) < 0.05;
      hits += hit ? 1 : 0;
      assertThat(sights.of(new Look(0, SHOP, ScenarioCheck.WEB, ms)))
          .isEqualTo(
              hit
                  ? new Sight(Layer.TCP, Outcome.down(Reason.CONNECT_TIMEOUT, ""), 10_000)
                  : new Sight(Layer.CONTENT, Outcome.up(), 200));
    }
    assertThat(hits).isBetween(60L, 140L);
    assertThat(
            LongStream.range(0, 1_000)
                .mapToObj(ms -> sights.of(new Look(0, SHOP, ScenarioCheck.REGISTRATION, ms)))
                .filter(sight -> sight.durationMs() == 10_000))
        .isNotEmpty()
        .allMatch(sight -> sight.outcome() instanceof Outcome.Inconclusive);
  }

  private static long failures(String events, int probe, long fromMs) {
    Sights sights = new Sights(Sample.withEvents(events), 42);
    return LongStream.range(fromMs, fromMs + 1_000)
        .mapToObj(ms -> sights.of(new Look(probe, SHOP, ScenarioCheck.WEB, ms)))
        .filter(sight -> sight.outcome() instanceof Outcome.Down)
        .count();
  }

  private static String see(String effect) {
    return "- {at: [0, end], " + effect + "}";
  }

  private static Sight web(String events, int probe, long ms) {
    return look(events, new Look(probe, SHOP, ScenarioCheck.WEB, ms));
  }

  private static Sight look(String events, Look look) {
    return new Sights(Sample.withEvents(events), 42).of(look);
  }
}
