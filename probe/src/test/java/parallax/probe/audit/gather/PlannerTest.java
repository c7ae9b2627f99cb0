package parallax.probe.audit.gather;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.check.ZoneSpec.Dnssec;
import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Handling;
import parallax.config.secret.Secret;
import parallax.probe.audit.facts.Subject;
import parallax.probe.audit.facts.Voice;
import parallax.probe.audit.facts.World.Untold;

final class PlannerTest {
  private static final URI API = URI.create("https://slack.com/api");
  private static final String SHOP = "targets: [{name: shop, url: \"tcp://shop.example.com:443\"}]";

  @Test
  void aTargetIsAskedForItsHostItsCertificateItsZoneAndItsDomain() {
    Plan plan = Plans.of("targets: [{name: shop, url: https://www.shop.example.com:8443/x}]");
    assertThat(plan.subjects()).extracting(Subject::name).containsExactly("shop");
    assertThat(plan.subjects().getFirst().host()).contains("www.shop.example.com");
    assertThat(plan.subjects().getFirst().certificate()).contains("www.shop.example.com:8443");
    assertThat(plan.hosts()).containsOnlyKeys("www.shop.example.com");
    assertThat(plan.zones()).containsOnlyKeys("example.com");
    assertThat(plan.domains()).containsOnlyKeys("example.com");
    assertThat(plan.certificates()).containsOnlyKeys("www.shop.example.com:8443");
    assertThat(plan.hosts().values())
        .allSatisfy(naming -> assertThat(naming.resolvers()).isEqualTo(Plans.NAMING.resolvers()));
  }

  @Test
  void whatTheChecksLeaveAloneIsLeftAlone() {
    Plan plan =
        Plans.of(
            """
            targets:
              - {name: a, url: "tcp://a.example.com:25", dns: {walk: off}, registration: {watch: off}}
              - {name: b, url: "tcp://192.0.2.7:25"}
            """,
            "http://status.example.com/");
    assertThat(plan.zones()).isEmpty();
    assertThat(plan.domains()).isEmpty();
    assertThat(plan.hosts()).containsOnlyKeys("192.0.2.7", "a.example.com", "status.example.com");
  }

  @Test
  void whatATargetDemandsOfItsZoneAndDomainIsKept() {
    Plan plan =
        Plans.of(
            """
            targets:
              - name: a
                url: tcp://a.example.com:25
                dns: {dnssec: required, resolvers: [192.0.2.99]}
                registration: {expiry: {warn: 90d, fail: 1d}}
            """);
    assertThat(plan.zones()).containsEntry("example.com", Dnssec.REQUIRED);
    assertThat(plan.domains().values())
        .allSatisfy(policy -> assertThat(policy.expiryWarn().toDays()).isEqualTo(90))
        .hasSize(1);
    assertThat(plan.hosts().values())
        .allSatisfy(naming -> assertThat(naming.resolvers()).hasToString("[192.0.2.99:53]"))
        .hasSize(1);
  }

  @Test
  void behindAProxyTheNameIsNotAskedFor() {
    Plan plan =
        Plans.of(
            """
            targets:
              - name: inner
                url: http://inner.example.com/
                http: {proxy: {url: "http://proxy.example.net:3128"}}
            """);
    assertThat(plan.subjects().getFirst().host()).isEmpty();
    assertThat(plan.hosts()).isEmpty();
  }

  @Test
  void statusPagesSpeakOfEverythingElse() {
    Plan plan =
        Plans.of(
            """
            targets:
              - {name: shop, url: "tcp://shop.example.com:443"}
              - {name: page, url: "https://status.example.com/"}
            """,
            "https://status.example.net/");
    assertThat(plan.voices())
        .filteredOn(voice -> voice.kind() == Voice.Kind.STATUS_PAGE)
        .extracting(Voice::name)
        .containsExactlyInAnyOrder("page", "https://status.example.net/");
    assertThat(plan.voices())
        .allSatisfy(voice -> assertThat(voice.about()).containsExactly("shop"));
    assertThat(plan.certificates()).containsKey("status.example.net:443");
    assertThat(plan.domains()).containsEntry("example.net", RegistrationPolicy.DEFAULT);
  }

  @Test
  void aReceiverOfMailStandsOnTheServerAndOnTheDomainsItIsSentTo() {
    Plan plan =
        Plans.telling(
            SHOP,
            new Receiver.Email("desk", List.of("a@example.org", "b@EXAMPLE.org", "c@example.net")));
    assertThat(plan.mail().get("desk")).containsExactly("example.net", "example.org");
    Voice desk = plan.voices().getFirst();
    assertThat(desk.kind()).isEqualTo(Voice.Kind.MAIL);
    assertThat(desk.about()).containsExactly("shop");
    assertThat(desk.parts().stream().map(List::copyOf))
        .containsExactly(List.of("relay.example.com"), List.of("@example.net", "@example.org"));
    assertThat(plan.hosts()).containsOnlyKeys("relay.example.com", "shop.example.com");
    assertThat(plan.domains()).containsOnlyKeys("example.com", "example.net", "example.org");
  }

  @Test
  void aHookIsAskedForByItsHostAlone() {
    Secret url = Secret.of("https://hooks.example.net:8443/services/secret");
    Plan plan = Plans.telling(SHOP, new Receiver.Webhook("hook", url));
    assertThat(plan.untold()).isEmpty();
    assertThat(plan.hosts()).containsOnlyKeys("hooks.example.net", "shop.example.com");
    Voice hook = plan.voices().getFirst();
    assertThat(hook.kind()).isEqualTo(Voice.Kind.RECEIVER);
    assertThat(hook.parts().stream().map(List::copyOf))
        .containsExactly(List.of("hooks.example.net"));
    assertThat(plan.toString()).doesNotContain("services");
  }

  @Test
  void whereAHookIsASecretOfAnotherMachineThatIsSaidUnlessItIsKnownWhoseItIs() {
    Secret elsewhere = Secret.of("");
    Plan hook = Plans.telling(SHOP, new Receiver.Webhook("hook", elsewhere));
    assertThat(hook.voices()).isEmpty();
    assertThat(hook.untold())
        .containsExactly(new Untold("receiver hook", "its URL is a secret that is not set here"));
    Plan slack = Plans.telling(SHOP, new Receiver.Slack("ops", elsewhere));
    assertThat(slack.untold()).isEmpty();
    assertThat(slack.hosts()).containsKey(Planner.SLACK_HOST);
  }

  @Test
  void everyOtherReceiverStandsOnTheHostsItIsReachedBy() {
    Secret key = Secret.of("very-secret");
    Handling usual = Handling.USUAL;
    assertThat(reachedBy(new Receiver.SlackApp("r", key, "C1", API, Optional.empty(), usual)))
        .containsExactly("slack.com");
    assertThat(reachedBy(new Receiver.Teams("r", Secret.of("https://t.example.net/x"), usual)))
        .containsExactly("t.example.net");
    assertThat(reachedBy(new Receiver.Discord("r", Secret.of(""), usual)))
        .containsExactly(Planner.DISCORD_HOST);
    assertThat(
            reachedBy(
                new Receiver.Alertmanager(
                    "r",
                    List.of(Secret.of("http://a.example.net"), Secret.of("http://b.example.net")),
                    Optional.empty(),
                    Duration.ofDays(7),
                    usual)))
        .containsExactly("a.example.net", "b.example.net");
  }

  private static List<String> reachedBy(Receiver receiver) {
    Plan plan = Plans.telling(SHOP, receiver);
    assertThat(plan.toString()).doesNotContain("very-secret");
    List<SortedSet<String>> parts = plan.voices().getFirst().parts();
    assertThat(parts).hasSize(1);
    assertThat(plan.hosts()).containsKeys(parts.getFirst().toArray(String[]::new));
    return List.copyOf(parts.getFirst());
  }
}
