package parallax.coordinator.notify.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.secret.Secret;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notify.carrier.Picture;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Letter.Language;
import parallax.coordinator.notify.letter.Letter.Occasion;
import parallax.coordinator.notify.letter.Letters;
import parallax.coordinator.notify.letter.Told;
import parallax.coordinator.testing.Judged;

/** Pictures as files in threads; only Slack is a stand-in. */
final class SlackPicturesTest {
  private static final String POST = "/api/chat.postMessage";
  private static final String UPDATE = "/api/chat.update";
  private static final String ASK = "/api/files.getUploadURLExternal";
  private static final String PUT = "/upload/v1/abc";
  private static final String COMPLETE = "/api/files.completeUploadExternal";
  private static final String THREAD = "C0123:1503435956.000247";
  private static final String OK =
      "{\"ok\":true,\"channel\":\"C0123\",\"ts\":\"1503435956.000247\"}";
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final WireMockServer slack =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private SlackCarrier bot;

  @BeforeEach
  void start() {
    slack.start();
    bot =
        new SlackCarrier(
            new SlackSettings.Bot(
                Secret.of("xoxb-very-secret"),
                "ops",
                URI.create(slack.baseUrl() + "/api"),
                Optional.empty()),
            () -> NOW,
            "test");
  }

  @AfterEach
  void stop() {
    bot.close();
    slack.stop();
  }

  @Test
  void theEndHasAPictureInItsThread() {
    answer(POST, okJson(OK));
    answer(UPDATE, okJson(OK));
    answer(
        ASK,
        okJson(
            "{\"ok\":true,\"upload_url\":\"" + slack.baseUrl() + PUT + "\",\"file_id\":\"F1\"}"));
    answer(PUT, aResponse().withStatus(200).withBody("OK - 3"));
    answer(COMPLETE, okJson("{\"ok\":true,\"files\":[{\"id\":\"F1\"}]}"));
    bot.carry(letter(Occasion.ACKNOWLEDGED), Optional.of(THREAD), SlackPicturesTest::picture);
    assertThat(requests(ASK)).isEmpty();
    bot.carry(letter(Occasion.RESOLVED), Optional.of(THREAD), SlackPicturesTest::picture);
    LoggedRequest ask = requests(ASK).getFirst();
    assertThat(ask.getBodyAsString()).isEqualTo("filename=timeline.png&length=3");
    assertThat(ask.getHeader("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    LoggedRequest upload = requests(PUT).getFirst();
    assertThat(upload.getBody()).containsExactly(1, 2, 3);
    assertThat(upload.getHeader("Authorization")).isNull();
    JsonObject complete = new JsonObject(requests(COMPLETE).getFirst().getBodyAsString());
    assertThat(complete.getString("channel_id")).isEqualTo("C0123");
    assertThat(complete.getString("thread_ts")).isEqualTo("1503435956.000247");
    assertThat(complete.getJsonArray("files").getJsonObject(0).getString("id")).isEqualTo("F1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ok\":false,\"error\":\"missing_scope\"}",
        "{\"ok\":true,\"upload_url\":\"http://127.0.0.1:1/elsewhere\",\"file_id\":\"F1\"}",
        "{\"ok\":true,\"upload_url\":\"https://evil.example/slack.com\",\"file_id\":\"F1\"}",
        "{\"ok\":true,\"upload_url\":7}",
        "no JSON"
      })
  void aLetterArrivesWhateverBecomesOfItsPicture(String said) {
    answer(POST, okJson(OK));
    answer(UPDATE, okJson(OK));
    answer(ASK, okJson(said));
    for (int time = 0; time < 2; time++) {
      assertThat(
              bot.carry(letter(Occasion.RESOLVED), Optional.of(THREAD), SlackPicturesTest::picture))
          .isEqualTo(new Sent.Delivered(Optional.of(THREAD)));
    }
    assertThat(requests(ASK)).hasSize(said.contains("missing_scope") ? 1 : 2);
    assertThat(requests(COMPLETE)).isEmpty();
  }

  private static Optional<Picture> picture() {
    return Optional.of(new Picture(new byte[] {1, 2, 3}));
  }

  private void answer(String path, ResponseDefinitionBuilder response) {
    slack.stubFor(post(urlEqualTo(path)).willReturn(response));
  }

  private List<LoggedRequest> requests(String path) {
    return slack.findAll(postRequestedFor(urlEqualTo(path)));
  }

  private static Letter letter(Occasion occasion) {
    boolean end = occasion.isEnd();
    return Letters.write(
        Told.of(
            end ? Judged.resolved(Told.dyn(Scope.GLOBAL), Told.NOW) : Told.dyn(Scope.GLOBAL),
            occasion,
            Language.ENGLISH),
        Told.TOKYO,
        Told.NOW);
  }
}
