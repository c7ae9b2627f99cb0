package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.policy.Route.Extent;
import parallax.config.policy.Severity;
import parallax.config.report.ReportRules;
import parallax.config.runbook.Action;
import parallax.config.runbook.Automatic;
import parallax.config.runbook.Runbook;

class RunbooksReadingTest {
  private static Configuration read(String yaml) {
    return ((Loaded.Valid)
            ConfigurationLoader.parse(
                Path.of("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8), Fixtures.SECRETS))
        .configuration();
  }

  @Test
  void everythingThatCanBeSaidIsRead() {
    Runbook runbook =
        read("""
        runbooks:
          - name: shop
            match: {team: web}
            layer: [tcp, http]
            reason: [connection_refused, http_status]
            provider: [fastly, "target:shop"]
            steps: |
              1. Look.
              2. Roll back.
            link: https://wiki.example.com/shop#rollback
            actions:
              - name: restart
                command: restart-shop
                auto:
                  when: {scope: [global, regional], severity: critical, for: 2m}
                  cooldown: 30m
                  at_most: {runs: 5, in: 6h}
              - name: failover
                webhook: {url: "https://ops.example.com/failover", timeout: 5s}
        """)
            .runbook("shop")
            .orElseThrow();
    assertThat(runbook.match()).isEqualTo(new TreeMap<>(Map.of("team", "web")));
    assertThat(runbook.cause())
        .isEqualTo(
            new Runbook.CauseMatch(
                Set.of(Layer.TCP, Layer.HTTP),
                Set.of(Reason.CONNECTION_REFUSED, Reason.HTTP_STATUS),
                new TreeSet<>(List.of("fastly", "target:shop"))));
    assertThat(runbook.steps()).contains("1. Look.\n2. Roll back.\n");
    assertThat(runbook.link()).contains(URI.create("https://wiki.example.com/shop#rollback"));
    assertThat(runbook.action("restart"))
        .contains(
            new Action(
                "restart",
                new Action.Work.Command("restart-shop"),
                Optional.of(
                    new Automatic(
                        Set.of(Extent.GLOBAL, Extent.REGIONAL),
                        Set.of(Severity.CRITICAL),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(30),
                        new Automatic.Most(5, Duration.ofHours(6))))));
    Action.Work.Webhook hook =
        (Action.Work.Webhook) runbook.action("failover").orElseThrow().work();
    assertThat(hook.url().reveal()).isEqualTo("https://ops.example.com/failover");
    assertThat(hook.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(hook.secret()).isEmpty();
    assertThat(runbook.toString()).doesNotContain("ops.example.com");
  }

  @Test
  void whatIsLeftOutAsksForNothingAndIsBounded() {
    Configuration configuration =
        read(
            """
            runbooks:
              - name: any
                actions:
                  - {name: a, command: restart, auto: {when: {for: 10s}}}
            """);
    Runbook runbook = configuration.runbooks().getFirst();
    assertThat(runbook.matches(new TreeMap<>())).isTrue();
    assertThat(runbook.cause()).isEqualTo(Runbook.CauseMatch.ANY);
    Automatic rules = runbook.actions().getFirst().automatic().orElseThrow();
    assertThat(rules.cooldown()).isEqualTo(Duration.ofHours(1));
    assertThat(rules.most()).isEqualTo(new Automatic.Most(3, Duration.ofDays(1)));
    assertThat(configuration.reports()).isEqualTo(new ReportRules(false));
    assertThat(read("reports: {public: true}").reports()).isEqualTo(new ReportRules(true));
  }
}
