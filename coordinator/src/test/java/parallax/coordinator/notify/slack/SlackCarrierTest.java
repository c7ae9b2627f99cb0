package parallax.coordinator.notify.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.secret.Secret;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.letter.Hostile;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Letter.Language;
import parallax.coordinator.notify.letter.Letter.Occasion;
import parallax.coordinator.notify.letter.Letters;
import parallax.coordinator.notify.letter.Told;
import parallax.coordinator.testing.Judged;

/** Real HTTP; only Slack is a stand-in. */
final class SlackCarrierTest {
  private static final String HOOK = "/services/T0/B0/very-secret";
  private static final String POST = "/api/chat.postMessage";
  private static final String UPDATE = "/api/chat.update";
  private static final String TOKEN = "xoxb-very-secret";
  private static final String THREAD = "C0123:1503435956.000247";
  private static final String OK =
      "{\"ok\":true,\"channel\":\"C0123\",\"ts\":\"1503435956.000247\",\"message\":{\"x\":1}}";
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final WireMockServer slack =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final List<SlackCarrier> carriers = new ArrayList<>();

  @BeforeEach
  void start() {
    slack.start();
  }

  @AfterEach
  void stop() {
    carriers.forEach(SlackCarrier::close);
    slack.stop();
  }

  @Test
  void aWebhookPostsEveryLetterAsAMessage() {
    answer(HOOK, aResponse().withStatus(200).withBody("ok"));
    assertThat(webhook().carry(opened(), Optional.empty())).isEqualTo(new Sent.Delivered());
    LoggedRequest request = requests(HOOK).getFirst();
    assertThat(request.getHeader("Idempotency-Key")).isEqualTo(opened().key());
    assertThat(request.getHeader("User-Agent")).isEqualTo("Parallax/test");
    assertThat(request.getHeader("Content-Type"))
        .isEqualToIgnoringCase("application/json; charset=utf-8");
    assertThat(Shown.of(request.getBodyAsString()).plain().getFirst())
        .startsWith("🔴 shop-1 and 11 more are down for everybody since ");
  }

  @ParameterizedTest
  @CsvSource({
    "404, no_service",
    "403, action_prohibited",
    "410, channel_is_archived",
    "404, channel_not_found",
    "403, invalid_token",
    "302, ''"
  })
  void aRevokedWebhookIsGivenUp(int status, String said) {
    answer(HOOK, aResponse().withStatus(status).withBody(said + "\n"));
    assertThat(webhook().carry(opened(), Optional.empty()))
        .isEqualTo(new Sent.Never(("status " + status + " " + said).strip()));
    slack.verify(1, postRequestedFor(anyUrl()));
  }

  @Test
  void anUnknownTextOfAnAnswerIsNotRepeated() {
    answer(HOOK, aResponse().withStatus(404).withBody("<!channel> xoxb-very-secret"));
    assertThat(webhook().carry(opened(), Optional.empty())).isEqualTo(new Sent.Never("status 404"));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503})
  void whatMayPassIsTriedAgain(int status) {
    answer(HOOK, aResponse().withStatus(status).withHeader("Retry-After", "30"));
    answer(POST, aResponse().withStatus(status).withHeader("Retry-After", "30"));
    Sent expected = new Sent.NotNow("status " + status, Optional.of(Duration.ofSeconds(30)));
    assertThat(webhook().carry(opened(), Optional.empty())).isEqualTo(expected);
    assertThat(bot().carry(opened(), Optional.empty())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'Sat, 21 Nov 2026 12:01:30 GMT', 90",
    "0, 0",
    "'Sat, 21 Nov 2026 11:00:00 GMT', ",
    "99999999999, ",
    "-5, ",
    "soon, "
  })
  void waitsAreReadAsSecondsOrDates(String written, Long seconds) {
    answer(POST, aResponse().withStatus(429).withHeader("Retry-After", written));
    assertThat(bot().carry(opened(), Optional.empty()))
        .isEqualTo(
            new Sent.NotNow("status 429", Optional.ofNullable(seconds).map(Duration::ofSeconds)));
  }

  @Test
  void anAppBeginsAThreadAndNamesIt() {
    answer(POST, okJson(OK));
    assertThat(bot().carry(opened(), Optional.empty()))
        .isEqualTo(new Sent.Delivered(Optional.of(THREAD)));
    LoggedRequest request = requests(POST).getFirst();
    assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + TOKEN);
    JsonObject body = new JsonObject(request.getBodyAsString());
    assertThat(body.getString("channel")).isEqualTo("ops");
    assertThat(body.getString("client_msg_id"))
        .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(body.encode()).contains("parallax_acknowledge");
  }

  @Test
  void laterLettersChangeTheFirstMessageAndAddToItsThread() {
    answer(POST, okJson(OK.replace("956", "957")));
    answer(UPDATE, okJson(OK));
    SlackCarrier bot = bot();
    Letter acknowledged = letter(Occasion.ACKNOWLEDGED);
    assertThat(bot.carry(acknowledged, Optional.of(THREAD)))
        .isEqualTo(new Sent.Delivered(Optional.of(THREAD)));
    JsonObject update = new JsonObject(requests(UPDATE).getFirst().getBodyAsString());
    assertThat(update.getString("channel")).isEqualTo("C0123");
    assertThat(update.getString("ts")).isEqualTo("1503435956.000247");
    assertThat(update.encode()).doesNotContain("parallax_acknowledge");
    JsonObject reply = new JsonObject(requests(POST).getFirst().getBodyAsString());
    assertThat(reply.getString("thread_ts")).isEqualTo("1503435956.000247");
    assertThat(reply.getBoolean("reply_broadcast")).isFalse();
    assertThat(Shown.of(reply.encode()).plain()).hasSize(1);
    bot.carry(letter(Occasion.RESOLVED), Optional.of(THREAD));
    JsonObject end = new JsonObject(requests(POST).getLast().getBodyAsString());
    assertThat(end.getBoolean("reply_broadcast")).isTrue();
    assertThat(end.getString("client_msg_id")).isNotEqualTo(reply.getString("client_msg_id"));
  }

  @Test
  void afterACutBehindTheRequestTheSameIdentityIsSentAgain() {
    answer(POST, aResponse().withFault(Fault.EMPTY_RESPONSE));
    SlackCarrier bot = bot();
    assertThat(bot.carry(opened(), Optional.empty())).isInstanceOf(Sent.NotNow.class);
    answer(POST, okJson(OK));
    assertThat(bot.carry(opened(), Optional.empty())).isInstanceOf(Sent.Delivered.class);
    assertThat(requests(POST))
        .hasSizeGreaterThanOrEqualTo(2)
        .extracting(request -> new JsonObject(request.getBodyAsString()).getString("client_msg_id"))
        .containsOnly(
            new JsonObject(requests(POST).getFirst().getBodyAsString()).getString("client_msg_id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "missing_scope",
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "restricted_action"
      })
  void whatStaysAsItIsIsGivenUpByName(String error) {
    answer(POST, okJson("{\"ok\":false,\"error\":\"" + error + "\",\"needed\":\"secret\"}"));
    assertThat(bot().carry(opened(), Optional.empty())).isEqualTo(new Sent.Never(error));
  }

  @ParameterizedTest
  @CsvSource({
    "ratelimited, ratelimited",
    "internal_error, internal_error",
    "service_unavailable, service_unavailable",
    "something_new <!channel>, an error that is not known"
  })
  void whatMayPassIsTriedAgainByName(String error, String why) {
    answer(
        POST, okJson("{\"ok\":false,\"error\":\"" + error + "\"}").withHeader("Retry-After", "7"));
    assertThat(bot().carry(opened(), Optional.empty()))
        .isEqualTo(new Sent.NotNow(why, Optional.of(Duration.ofSeconds(7))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ok", "<html>", "[]", "{\"ok\":", "{}", "{\"ok\":\"true\"}", "null"})
  void anAnswerThatSaysNothingIsNoYes(String body) {
    answer(POST, aResponse().withStatus(200).withBody(body));
    assertThat(bot().carry(opened(), Optional.empty())).isInstanceOf(Sent.NotNow.class);
  }

  @Test
  void aNameOfAThreadThatIsNoneIsNotKept() {
    answer(POST, okJson("{\"ok\":true,\"channel\":\"C1:<!channel>\",\"ts\":7}"));
    assertThat(bot().carry(opened(), Optional.of("nonsense"))).isEqualTo(new Sent.Delivered());
    slack.verify(0, postRequestedFor(urlEqualTo(UPDATE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"message_not_found", "cant_update_message"})
  void whereTheFirstMessageIsGoneAnotherIsBegun(String error) {
    answer(UPDATE, okJson("{\"ok\":false,\"error\":\"" + error + "\"}"));
    answer(POST, okJson(OK.replace("956", "999")));
    assertThat(bot().carry(letter(Occasion.CHANGED), Optional.of(THREAD)))
        .isEqualTo(new Sent.Delivered(Optional.of("C0123:1503435999.000247")));
    JsonObject anew = new JsonObject(requests(POST).getFirst().getBodyAsString());
    assertThat(anew.containsKey("thread_ts")).isFalse();
  }

  @Test
  void whereTheFirstMessageMayNotBeChangedTheThreadGoesOn() {
    answer(UPDATE, okJson("{\"ok\":false,\"error\":\"edit_window_closed\"}"));
    answer(POST, okJson(OK));
    assertThat(bot().carry(letter(Occasion.REMINDER), Optional.of(THREAD)))
        .isEqualTo(new Sent.Delivered(Optional.of(THREAD)));
  }

  @Test
  void aReplyThatArrivedBeforeIsNotMissed() {
    answer(UPDATE, okJson(OK));
    answer(POST, okJson("{\"ok\":false,\"error\":\"duplicate_message_not_found\"}"));
    assertThat(bot().carry(letter(Occasion.CHANGED), Optional.of(THREAD)))
        .isEqualTo(new Sent.Delivered(Optional.of(THREAD)));
  }

  @Test
  void whereBlocksAreNotUnderstoodTheHeadlineArrivesAllTheSame() {
    answer(POST, okJson(OK));
    slack.stubFor(
        post(urlEqualTo(POST))
            .withRequestBody(matchingJsonPath("$.blocks"))
            .willReturn(okJson("{\"ok\":false,\"error\":\"invalid_blocks\"}")));
    assertThat(bot().carry(opened(), Optional.empty()))
        .isEqualTo(new Sent.Delivered(Optional.of(THREAD)));
    JsonObject bare = new JsonObject(requests(POST).getLast().getBodyAsString());
    assertThat(bare.getString("text")).contains("shop-1 and 11 more are down");
  }

  @Test
  void aSlackThatHangsOrDripsOrFloodsEndsInTime() {
    answer(POST, aResponse().withStatus(200).withFixedDelay(60_000));
    long before = System.nanoTime();
    assertThat(bot().carry(opened(), Optional.empty()))
        .isEqualTo(new Sent.NotNow("no answer in time", Optional.empty()));
    answer(POST, okJson(OK).withChunkedDribbleDelay(50, 60_000));
    assertThat(bot().carry(opened(), Optional.empty()))
        .isEqualTo(new Sent.NotNow("no answer in time", Optional.empty()));
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isLessThan(SlackCarrier.TIMEOUT.multipliedBy(2));
    answer(POST, okJson("{\"ok\":true,\"x\":\"" + "x".repeat(SlackHttp.MAX_ANSWER) + "\"}"));
    assertThat(bot().carry(opened(), Optional.empty())).isInstanceOf(Sent.NotNow.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not a url", "ftp://x/very-secret", "", "http:///very-secret"})
  void anAddressThatIsNoneIsGivenUpWithoutNamingIt(String address) {
    Sent sent =
        carrier(new SlackSettings.Webhook(Secret.of(address), Optional.empty()))
            .carry(opened(), Optional.empty());
    assertThat(sent).isInstanceOf(Sent.Never.class);
    assertThat(sent.toString()).doesNotContain("secret.").doesNotContain("very");
  }

  @Test
  void aTokenThatWouldBreakAHeaderIsNotSent() {
    URI api = URI.create(slack.baseUrl() + "/api");
    Sent sent =
        carrier(
                new SlackSettings.Bot(
                    Secret.of("xoxb\r\nX-Evil: very"), "ops", api, Optional.empty()))
            .carry(opened(), Optional.empty());
    assertThat(sent).isInstanceOf(Sent.Never.class);
    assertThat(sent.toString()).doesNotContain("very");
    slack.verify(0, postRequestedFor(anyUrl()));
  }

  @Test
  void nobodyThereIsTriedAgainWithoutNamingTheAddress() {
    Sent sent =
        carrier(
                new SlackSettings.Webhook(
                    Secret.of("http://127.0.0.1:1/very-secret"), Optional.empty()))
            .carry(opened(), Optional.empty());
    assertThat(sent).isEqualTo(new Sent.NotNow("cannot connect", Optional.empty()));
  }

  @Test
  void settingsDoNotShowTheirSecrets() {
    assertThat(botSettings().toString()).doesNotContain("very-secret").doesNotContain("signing-");
  }

  private SlackCarrier webhook() {
    Secret url = Secret.of(slack.baseUrl() + HOOK);
    return carrier(new SlackSettings.Webhook(url, Optional.empty()));
  }

  private SlackCarrier bot() {
    return carrier(botSettings());
  }

  private SlackSettings botSettings() {
    return new SlackSettings.Bot(
        Secret.of(TOKEN),
        "ops",
        URI.create(slack.baseUrl() + "/api"),
        Optional.of(Secret.of("signing-secret")));
  }

  private SlackCarrier carrier(SlackSettings settings) {
    SlackCarrier carrier = new SlackCarrier(settings, () -> NOW, "test");
    carriers.add(carrier);
    return carrier;
  }

  private void answer(String path, ResponseDefinitionBuilder response) {
    slack.stubFor(post(urlEqualTo(path)).willReturn(response));
  }

  private List<LoggedRequest> requests(String path) {
    return slack.findAll(postRequestedFor(urlEqualTo(path)));
  }

  private static Letter opened() {
    return Hostile.ordinary();
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
