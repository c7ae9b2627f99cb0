package parallax.coordinator.notify.hook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Optional;
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

final class HookCarrierTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Letters.WRITTEN);
  private static final Secret SECRET = Secret.of("whsec-ß");

  private final Stand stand = new Stand().answers(aResponse().withStatus(204));
  private final HttpSender sender = new HttpSender("test");

  @AfterEach
  void stop() {
    sender.close();
    stand.close();
  }

  @Test
  void aDocumentSaysWhatTheLetterSays() {
    assertThat(carry(Letters.of(Occasion.REMINDER), Optional.empty()))
        .isEqualTo(new Sent.Delivered());
    JsonObject document = stand.object();
    assertThat(document.getString("event")).isEqualTo("down");
    assertThat(document.getString("key")).isEqualTo("i1:REMINDER:one");
    assertThat(document.getString("target")).isEqualTo("shop");
    assertThat(document.getJsonObject("incident").getString("id")).isEqualTo("i1");
    JsonObject letter = document.getJsonObject("letter");
    assertThat(letter.getString("occasion")).isEqualTo("reminder");
    assertThat(letter.getString("grade")).isEqualTo("critical");
    assertThat(letter.getBoolean("drill")).isFalse();
    assertThat(letter.getJsonObject("labels").getString("scope")).isEqualTo("GLOBAL");
    assertThat(letter.getJsonArray("links").getJsonObject(0).getString("url"))
        .isEqualTo(Letters.PAGE);
    assertThat(stand.only().containsHeader(Signature.HEADER)).isFalse();
  }

  @Test
  void itsEndIsUpAndATestIsATest() {
    JsonObject end = LetterDocument.of(Letters.of(Occasion.RESOLVED));
    assertThat(end.getString("event")).isEqualTo("up");
    assertThat(end.getJsonObject("incident").getString("resolved"))
        .isEqualTo(Letters.END.toString());
    assertThat(LetterDocument.of(Letters.of(Occasion.TEST)).getString("event")).isEqualTo("test");
  }

  @Test
  void whereThereIsASecretTheBodyIsSignedAsItIsSent() {
    for (String text : Hostile.TEXTS) {
      stand.server().resetRequests();
      carry(Letters.saying(text, Letter.Language.JAPANESE), Optional.of(SECRET));
      assertThat(stand.only().getHeader(Signature.HEADER))
          .isEqualTo(Signature.of(SECRET, Letters.WRITTEN, Stand.text(stand.only())));
    }
  }

  @Test
  void textsArriveAsTheyAre() {
    for (String text : Hostile.TEXTS) {
      JsonObject parsed =
          new JsonObject(LetterDocument.of(Letters.saying(text, Letter.Language.ENGLISH)).encode());
      assertThat(parsed.getString("summary")).isEqualTo(text);
      assertThat(parsed.getJsonObject("letter").getString("headline")).isEqualTo(text);
      assertThat(parsed.fieldNames())
          .containsExactlyInAnyOrder(
              "event", "key", "summary", "target", "targets", "incident", "letter");
    }
  }

  @Test
  void anEmptySecretIsNone() {
    assertThatThrownBy(() -> new Hook(stand.url("/"), Optional.of(Secret.of(""))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Sent carry(Letter letter, Optional<Secret> secret) {
    return new HookCarrier(new Hook(stand.url("/hook"), secret), sender, CLOCK)
        .carry(letter, Optional.empty());
  }
}
