package parallax.coordinator.notify.pager;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.http.testing.Hostile;
import parallax.coordinator.notify.http.testing.Letters;
import parallax.coordinator.notify.http.testing.Stand;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Letter.Occasion;

final class AlertmanagerCarrierTest {
  private static final Duration LIFETIME = Duration.ofHours(4);

  private final Stand stand = new Stand().answers(aResponse().withStatus(200));
  private final Stand other = new Stand().answers(aResponse().withStatus(200));
  private final HttpSender sender = new HttpSender("test");

  @AfterEach
  void stop() {
    sender.close();
    stand.close();
    other.close();
  }

  @Test
  void anIncidentIsOneAlertThatLivesUntilTheNextReminderAtLeast() {
    assertThat(carry(Letters.of(Occasion.OPENED), Optional.empty()))
        .isInstanceOf(Sent.Delivered.class);
    assertThat(stand.only().getUrl()).isEqualTo("/am/api/v2/alerts");
    assertThat(stand.only().getHeader("Authorization")).isEqualTo("Bearer t");
    JsonObject alert = Stand.array(stand.only()).getJsonObject(0);
    assertThat(alert.getJsonObject("labels"))
        .isEqualTo(
            new JsonObject()
                .put("alertname", "ParallaxIncident")
                .put("incident", "i1")
                .put("severity", "critical")
                .put("target", "shop")
                .put("scope", "GLOBAL")
                .put("layer", "TCP")
                .put("reason", "CONNECTION_REFUSED")
                .put("culprit", "target:shop")
                .put("team", "web"));
    assertThat(alert.getString("startsAt")).isEqualTo(Letters.ONSET.toString());
    assertThat(alert.getString("endsAt")).isEqualTo(Letters.WRITTEN.plus(LIFETIME).toString());
    assertThat(alert.getString("generatorURL")).isEqualTo(Letters.PAGE);
    assertThat(alert.getJsonObject("annotations").getString("targets"))
        .isEqualTo("shop\nshop-eu\n+3");
  }

  @Test
  void itsEndEndsTheAlertThatBurnsThoughItsGradeAndScopeAreOthersByNow() {
    Optional<String> thread = thread(carry(Letters.of(Occasion.OPENED), Optional.empty()));
    Letter end = Letters.of(Occasion.RESOLVED, Map.of("scope", "REGIONAL"));
    carry(end, thread);
    JsonArray alerts = Stand.array(stand.came().getLast());
    assertThat(alerts).hasSize(1);
    assertThat(alerts.getJsonObject(0).getJsonObject("labels"))
        .isEqualTo(Stand.array(stand.came().getFirst()).getJsonObject(0).getJsonObject("labels"));
    assertThat(alerts.getJsonObject(0).getString("endsAt")).isEqualTo(Letters.END.toString());
  }

  @Test
  void whenItsLabelsChangeTheAlertOfTheFormerOnesEnds() {
    Optional<String> thread = thread(carry(Letters.of(Occasion.OPENED), Optional.empty()));
    carry(Letters.of(Occasion.CHANGED, Map.of("scope", "REGIONAL")), thread);
    JsonArray alerts = Stand.array(stand.came().getLast());
    assertThat(alerts).hasSize(2);
    assertThat(alerts.getJsonObject(0).getJsonObject("labels").getString("scope"))
        .isEqualTo("GLOBAL");
    assertThat(alerts.getJsonObject(0).getString("endsAt")).isEqualTo(Letters.WRITTEN.toString());
    assertThat(alerts.getJsonObject(1).getJsonObject("labels").getString("scope"))
        .isEqualTo("REGIONAL");
  }

  @Test
  void aReminderRenewsTheSameAlert() {
    Optional<String> thread = thread(carry(Letters.of(Occasion.OPENED), Optional.empty()));
    assertThat(thread(carry(Letters.of(Occasion.REMINDER), thread))).isEqualTo(thread);
    assertThat(Stand.array(stand.came().getLast())).hasSize(1);
  }

  @Test
  void aTestIsOverSoon() {
    carry(Letters.of(Occasion.TEST), Optional.empty());
    Instant end = Instant.parse(Stand.array(stand.only()).getJsonObject(0).getString("endsAt"));
    assertThat(end).isEqualTo(Letters.WRITTEN.plus(AlertmanagerCarrier.TEST_LIFETIME));
  }

  @Test
  void allMembersAreToldAndOneThatTakesItIsEnough() {
    other.answers(aResponse().withStatus(500));
    assertThat(carry(Letters.of(Occasion.OPENED), Optional.empty()))
        .isInstanceOf(Sent.Delivered.class);
    assertThat(other.came()).hasSize(1);
    stand.answers(aResponse().withStatus(400));
    assertThat(carry(Letters.of(Occasion.OPENED), Optional.empty()))
        .isEqualTo(new Sent.NotNow("status 500", Optional.empty()));
    other.answers(aResponse().withStatus(400));
    assertThat(carry(Letters.of(Occasion.OPENED), Optional.empty()))
        .isEqualTo(new Sent.Never("status 400"));
    assertThat(stand.came()).hasSize(3);
  }

  @Test
  void ofTwoThatAskForPatienceTheSoonerIsTried() {
    Sent soon = new Sent.NotNow("a", Optional.of(Duration.ofSeconds(1)));
    Sent late = new Sent.NotNow("b", Optional.of(Duration.ofSeconds(9)));
    assertThat(AlertmanagerCarrier.best(List.of(late, soon))).isEqualTo(soon);
    assertThat(AlertmanagerCarrier.best(List.of(soon, late, new Sent.Never("c")))).isEqualTo(soon);
  }

  @Test
  void whateverIsSaidLabelsAreValidOursStayOursAndTheThreadRemembersThem() {
    for (String text : Hostile.TEXTS) {
      AlertLabels labels = AlertLabels.of(Letters.saying(text, Letter.Language.ENGLISH));
      assertThat(labels.values())
          .containsEntry("severity", "warning")
          .containsEntry("drill", "true");
      assertThat(labels.values()).doesNotContainKeys("alertname", "incident");
      labels
          .values()
          .forEach(
              (name, value) -> {
                assertThat(name).matches("[a-zA-Z_][a-zA-Z0-9_]*");
                assertThat(value).isNotEmpty().doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
              });
      assertThat(labels.thread()).hasSizeLessThanOrEqualTo(Sent.MAX_THREAD);
      assertThat(AlertLabels.remembered(labels.thread())).contains(labels);
    }
  }

  @Test
  void whatDoesNotFitIntoTheThreadIsNoLabel() {
    TreeMap<String, String> many = new TreeMap<>(Letters.LABELS);
    for (int label = 0; label < 100; label++) {
      many.put("label" + label, "\"".repeat(200));
    }
    AlertLabels labels = AlertLabels.of(Letters.of(Occasion.OPENED, many));
    assertThat(labels.thread()).hasSizeLessThanOrEqualTo(Sent.MAX_THREAD);
    assertThat(labels.values()).containsKeys("severity", "target", "scope", "layer", "culprit");
  }

  private Sent carry(Letter letter, Optional<String> thread) {
    Alertmanager settings =
        new Alertmanager(
            List.of(stand.url("/am/"), other.url("")),
            Optional.of(Secret.of("Bearer t")),
            LIFETIME);
    return new AlertmanagerCarrier(settings, sender, InstantSource.fixed(Letters.WRITTEN))
        .carry(letter, thread);
  }

  private static Optional<String> thread(Sent sent) {
    return ((Sent.Delivered) sent).thread();
  }
}
