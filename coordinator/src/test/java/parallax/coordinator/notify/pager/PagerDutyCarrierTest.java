package parallax.coordinator.notify.pager;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.http.testing.Hostile;
import parallax.coordinator.notify.http.testing.Letters;
import parallax.coordinator.notify.http.testing.Stand;
import parallax.coordinator.notify.letter.Letter;

final class PagerDutyCarrierTest {
  private final Stand stand = new Stand().answers(aResponse().withStatus(202));
  private final HttpSender sender = new HttpSender("test");

  @AfterEach
  void stop() {
    sender.close();
    stand.close();
  }

  @Test
  void anIncidentIsTriggeredWithWhatIsKnown() {
    assertThat(carry(Letters.of(Letter.Occasion.OPENED))).isEqualTo(new Sent.Delivered());
    assertThat(stand.only().getUrl()).isEqualTo("/v2/enqueue");
    JsonObject event = stand.object();
    assertThat(event.getString("routing_key")).isEqualTo("R0UTING");
    assertThat(event.getString("event_action")).isEqualTo("trigger");
    assertThat(event.getString("dedup_key")).isEqualTo("i1");
    assertThat(event.getString("client_url")).isEqualTo(Letters.PAGE);
    assertThat(event.getJsonArray("links").getJsonObject(1))
        .isEqualTo(new JsonObject().put("href", Letters.RUNBOOK).put("text", "Runbook"));
    JsonObject payload = event.getJsonObject("payload");
    assertThat(payload.getString("summary")).isEqualTo("shop is down for everybody");
    assertThat(payload.getString("severity")).isEqualTo("critical");
    assertThat(payload.getString("source")).isEqualTo("shop");
    assertThat(payload.getString("component")).isEqualTo("TCP");
    assertThat(payload.getString("timestamp")).isEqualTo(Letters.ONSET.toString());
    JsonObject details = payload.getJsonObject("custom_details");
    assertThat(details.getString("Cause")).isEqualTo("TCP: refused");
    assertThat(details.getJsonArray("evidence")).isEqualTo(JsonArray.of("tokyo-1: TCP: refused"));
    assertThat(details.getInteger("more_targets")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "OPENED,trigger",
    "REOPENED,trigger",
    "CHANGED,trigger",
    "REMINDER,trigger",
    "ESCALATED,trigger",
    "TEST,trigger",
    "ACKNOWLEDGED,acknowledge",
    "RESOLVED,resolve",
  })
  void allThatHappensHappensToOneIncidentOfTheirs(Letter.Occasion occasion, String action) {
    carry(Letters.of(occasion));
    assertThat(stand.object().getString("event_action")).isEqualTo(action);
    assertThat(stand.object().getString("dedup_key")).isEqualTo("i1");
    assertThat(stand.object().containsKey("payload")).isEqualTo(action.equals("trigger"));
  }

  @Test
  void whateverIsSaidTheLimitsAreKept() {
    for (String text : Hostile.TEXTS) {
      JsonObject payload =
          PagerDutyCarrier.event(Letters.huge(text.isEmpty() ? "x" : text))
              .getJsonObject("payload");
      assertThat(payload.getString("summary"))
          .startsWith("[DRILL]")
          .hasSizeLessThanOrEqualTo(PagerDutyCarrier.MAX_SUMMARY)
          .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
      assertThat(payload.getString("source")).isNotBlank();
      assertThat(payload.encode().length()).isLessThan(128 * 1024);
    }
  }

  private Sent carry(Letter letter) {
    PagerDuty settings = new PagerDuty(stand.url("/"), Secret.of("R0UTING"));
    return new PagerDutyCarrier(settings, sender, InstantSource.fixed(Letters.WRITTEN))
        .carry(letter, Optional.empty());
  }
}
