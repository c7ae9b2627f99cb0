package parallax.deploy.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Letter.Occasion;
import parallax.coordinator.notify.pager.Alertmanager;
import parallax.coordinator.notify.pager.AlertmanagerCarrier;

/** Incidents as a real Alertmanager receives, groups and resolves them. */
final class AlertmanagerIT {
  private static final Duration WHILE = Duration.ofSeconds(60);
  private static final Duration LIFETIME = Duration.ofHours(4);

  /** Nobody listens there: the other member of a pair, that is away. */
  private static final Secret AWAY = Secret.of("http://127.0.0.1:1");

  @TempDir Path folder;
  private final List<JsonObject> told = new CopyOnWriteArrayList<>();
  private final HttpSender sender = new HttpSender("test");
  private final Instant onset = InstantSource.system().instant().minusSeconds(60);
  private HttpServer people;

  @BeforeEach
  void listen() throws IOException {
    people = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    people.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          told.add(new JsonObject(new String(body, StandardCharsets.UTF_8)));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    people.start();
  }

  @AfterEach
  void stop() {
    people.stop(0);
    sender.close();
  }

  @Test
  void incidentsAreReceivedGroupedAndResolved() throws Exception {
    try (AlertmanagerServer server =
        AlertmanagerServer.start(folder, people.getAddress().getPort())) {
      AlertmanagerCarrier carrier =
          new AlertmanagerCarrier(
              new Alertmanager(List.of(server.url(), AWAY), Optional.empty(), LIFETIME),
              sender,
              InstantSource.system());

      Optional<String> thread = carry(carrier, letter("i1", Occasion.OPENED, "GLOBAL"), "");
      carry(carrier, letter("i2", Occasion.OPENED, "PARTIAL"), "");
      assertThat(server.alerts())
          .extracting(alert -> alert.getJsonObject("labels").getMap())
          .containsExactlyInAnyOrder(labels("i1", "GLOBAL"), labels("i2", "PARTIAL"));
      assertThat(server.alerts())
          .allSatisfy(
              alert -> {
                assertThat(alert.getJsonObject("annotations").getString("summary"))
                    .isEqualTo("shop <is> \"down\" {{ .Labels }} 😀");
                assertThat(alert.getString("generatorURL"))
                    .isEqualTo("https://status.example/incidents/1");
                assertThat(Instant.parse(alert.getString("endsAt")))
                    .isAfter(InstantSource.system().instant().plus(LIFETIME.dividedBy(2)));
              });
      assertThat(server.groups())
          .extracting(group -> group.getJsonObject("labels").getString("incident"))
          .containsExactlyInAnyOrder("i1", "i2");
      awaitTold("i1", "firing", "GLOBAL");

      thread = carry(carrier, letter("i1", Occasion.CHANGED, "REGIONAL"), thread.orElseThrow());
      assertThat(server.alerts())
          .extracting(alert -> alert.getJsonObject("labels").getMap())
          .containsExactlyInAnyOrder(labels("i1", "REGIONAL"), labels("i2", "PARTIAL"));
      awaitTold("i1", "firing", "REGIONAL");

      carry(carrier, letter("i1", Occasion.RESOLVED, "REGIONAL"), thread.orElseThrow());
      assertThat(server.alerts())
          .extracting(alert -> alert.getJsonObject("labels").getString("incident"))
          .containsExactly("i2");
      awaitTold("i1", "resolved", "REGIONAL");
    }
  }

  @Test
  void whatArrivesTwiceIsOneAlert() throws Exception {
    try (AlertmanagerServer server =
        AlertmanagerServer.start(folder, people.getAddress().getPort())) {
      AlertmanagerCarrier carrier =
          new AlertmanagerCarrier(
              new Alertmanager(List.of(server.url()), Optional.empty(), LIFETIME),
              sender,
              InstantSource.system());
      Letter letter = letter("i1", Occasion.OPENED, "GLOBAL");
      carry(carrier, letter, "");
      carry(carrier, letter, "");
      assertThat(server.alerts()).hasSize(1);
    }
  }

  private void awaitTold(String incident, String status, String scope) {
    Awaitility.await(status + " " + scope)
        .atMost(WHILE)
        .until(
            () ->
                told.stream()
                    .filter(group -> group.getString("status").equals(status))
                    .filter(
                        group ->
                            group
                                .getJsonObject("groupLabels")
                                .getString("incident")
                                .equals(incident))
                    .anyMatch(group -> group.getJsonArray("alerts").encode().contains(scope)));
  }

  private static Optional<String> carry(AlertmanagerCarrier carrier, Letter letter, String thread) {
    Sent sent = carrier.carry(letter, Optional.of(thread).filter(name -> !name.isEmpty()));
    assertThat(sent).isInstanceOf(Sent.Delivered.class);
    return ((Sent.Delivered) sent).thread();
  }

  private static Map<String, Object> labels(String incident, String scope) {
    return Map.of(
        "alertname", "ParallaxIncident",
        "incident", incident,
        "severity", "critical",
        "target", "shop",
        "scope", scope,
        "layer", "TCP",
        "data_center", "日本 \"1\"");
  }

  private Letter letter(String incident, Occasion occasion, String scope) {
    Instant now = InstantSource.system().instant();
    boolean over = occasion == Occasion.RESOLVED;
    return new Letter(
        incident + ":" + occasion,
        incident,
        1,
        occasion,
        over ? Letter.Grade.GOOD : Letter.Grade.CRITICAL,
        false,
        Letter.Language.ENGLISH,
        "shop <is> \"down\" {{ .Labels }} 😀",
        List.of(new Letter.Fact("Scope", scope)),
        List.of("tokyo-1: TCP: refused"),
        List.of(),
        List.of("shop"),
        0,
        List.of(new Letter.Link("Incident", URI.create("https://status.example/incidents/1"))),
        new TreeMap<>(Map.of("scope", scope, "layer", "TCP", "data-center", "日本 \"1\"")),
        new Letter.Times(onset, over ? Optional.of(now) : Optional.empty(), now));
  }
}
