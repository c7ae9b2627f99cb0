package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Layer;
import parallax.config.policy.QuietHours;
import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Cap;
import parallax.config.policy.Receiver.Substitute;
import parallax.config.policy.Route;
import parallax.config.policy.Route.Escalation;
import parallax.config.policy.Route.Extent;
import parallax.config.policy.Severity;
import parallax.config.target.Target;

/** Routes and receivers as they are written. */
class RoutesTest {
  private static final String RECEIVERS =
      """
      targets: [{name: shop, url: "https://shop.example.com/", labels: {team: web}}]
      receivers:
        - name: a
          webhook: {url: https://hooks.example.com/a}
          at_most: {letters: 30, in: 1h}
          otherwise: {to: b}
        - {name: b, webhook: {url: https://hooks.example.com/b}, otherwise: {to: a, after: 10s}}
        - {name: c, email: {to: c@example.com}}
      smtp: {host: mail.example.com, from: parallax@example.com}
      """;

  private static Configuration configuration(String routes) {
    ByteBuffer text = ByteBuffer.wrap((RECEIVERS + routes).getBytes(StandardCharsets.UTF_8));
    Loaded loaded =
        ConfigurationLoader.load(
            Path.of("test"), new TreeMap<>(Map.of("a.yaml", text)), Fixtures.SECRETS);
    return ((Loaded.Valid) loaded).configuration();
  }

  private static List<String> mayHear(String routes) {
    Configuration configuration = configuration(routes);
    Target shop = configuration.targets().getFirst();
    return configuration.receiversFor(shop).stream().map(Receiver::name).toList();
  }

  @Test
  void aRouteSaysWhatItIsForAndHowItTells() {
    Route route =
        configuration(
                """
                routes:
                  - match: {team: web}
                    scope: [global, probe_local]
                    layer: dns_auth
                    severity: [critical, warning]
                    provider: [aws, "asn:64500"]
                    continue: true
                    to: [a, b]
                    remind: 1h
                    escalate: [{after: 15m, to: [c]}]
                    quiet: {from: "22:00", to: 07:00, days: sat, zone: Asia/Tokyo, except: critical}
                    digest: 30m
                """)
            .routes()
            .getFirst();
    assertThat(route.when().scopes()).containsExactly(Extent.GLOBAL, Extent.PROBE_LOCAL);
    assertThat(route.when().layers()).containsExactly(Layer.DNS_AUTH);
    assertThat(route.when().severities()).containsExactly(Severity.CRITICAL, Severity.WARNING);
    assertThat(route.when().providers()).containsExactly("asn:64500", "aws");
    assertThat(route.continues()).isTrue();
    assertThat(route.to()).containsExactly("a", "b");
    assertThat(route.remind()).contains(Duration.ofHours(1));
    assertThat(route.escalate())
        .containsExactly(new Escalation(Duration.ofMinutes(15), List.of("c")));
    QuietHours quiet = route.quiet().orElseThrow();
    assertThat(quiet.from()).isEqualTo(LocalTime.of(22, 0));
    assertThat(quiet.to()).isEqualTo(LocalTime.of(7, 0));
    assertThat(quiet.days()).containsExactly(DayOfWeek.SATURDAY);
    assertThat(quiet.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    assertThat(quiet.except()).containsExactly(Severity.CRITICAL);
    assertThat(route.digest()).contains(Duration.ofMinutes(30));
  }

  @Test
  void aReceiverSaysHowMuchItTakesAndWhoStandsInForIt() {
    Configuration configuration = configuration("");
    assertThat(configuration.receiver("a").orElseThrow().handling())
        .isEqualTo(
            new Receiver.Handling(
                Optional.of(new Cap(30, Duration.ofHours(1))),
                Optional.of(new Substitute("b", Duration.ofSeconds(45)))));
    assertThat(configuration.receiver("b").orElseThrow().handling().otherwise())
        .contains(new Substitute("a", Duration.ofSeconds(10)));
    assertThat(configuration.receiver("c").orElseThrow().handling())
        .isEqualTo(Receiver.Handling.USUAL);
    assertThat(configuration.receiver("d")).isEmpty();
  }

  @Test
  void whoeverAnyRouteMayNameMayHear() {
    assertThat(mayHear("")).containsExactly("a", "b", "c");
    assertThat(mayHear("routes: [{to: b}]")).containsExactly("b");
    assertThat(mayHear("routes: [{match: {team: db}, to: a}, {to: b}]")).containsExactly("b");
    assertThat(mayHear("routes: [{scope: global, to: a}, {to: b}]")).containsExactly("a", "b");
    assertThat(mayHear("routes: [{to: c, continue: true}, {to: b}]")).containsExactly("b", "c");
    assertThat(mayHear("routes: [{match: {team: web}, to: a}, {to: b}]")).containsExactly("a");
  }
}
