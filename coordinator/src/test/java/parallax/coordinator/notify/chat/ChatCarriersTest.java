package parallax.coordinator.notify.chat;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.HttpSender;
import parallax.coordinator.notify.http.testing.Letters;
import parallax.coordinator.notify.http.testing.Stand;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Letter.Occasion;

/** What each chat is told, and what its answers mean. */
final class ChatCarriersTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Letters.WRITTEN);
  private static final Letter OPENED = Letters.of(Occasion.OPENED);

  private final Stand stand = new Stand();
  private final HttpSender sender = new HttpSender("test");

  @AfterEach
  void stop() {
    sender.close();
    stand.close();
  }

  @Test
  void teamsIsShownACard() {
    stand.answers(aResponse().withStatus(202));
    Teams settings = new Teams(stand.url("/workflows/x?sig=very-secret"));
    assertThat(new TeamsCarrier(settings, sender, CLOCK).carry(OPENED, Optional.empty()))
        .isEqualTo(new Sent.Delivered());
    assertThat(stand.only().getUrl()).isEqualTo("/workflows/x?sig=very-secret");
    JsonObject card =
        stand.object().getJsonArray("attachments").getJsonObject(0).getJsonObject("content");
    assertThat(card.getString("version")).isEqualTo("1.4");
    assertThat(card.getString("fallbackText")).isEqualTo("🔴 shop is down for everybody");
    assertThat(card.getJsonArray("body").getJsonObject(0).getString("style"))
        .isEqualTo("attention");
    assertThat(card.encode())
        .contains("\"Cause: \"", "TCP: refused", "• oslo-1 sees it work", "• and 3 more");
    assertThat(card.getJsonArray("actions").getJsonObject(1).getString("url"))
        .isEqualTo(Letters.RUNBOOK);
  }

  @Test
  void telegramIsToldInTextWithEntitiesThatCoverWhatTheyMean() {
    telegramAnswers(okJson("{\"ok\":true,\"result\":{\"message_id\":77,\"chat\":{}}}"));
    assertThat(telegram(OPENED, Optional.empty())).isEqualTo(new Sent.Delivered(Optional.of("77")));
    assertThat(stand.only().getUrl()).isEqualTo("/bot1:very-secret/sendMessage");
    JsonObject message = stand.object();
    assertThat(message.fieldNames())
        .containsExactlyInAnyOrder(
            "chat_id", "message_thread_id", "text", "entities", "link_preview_options");
    assertThat(message.getString("text"))
        .isEqualTo(
            """
            🔴 shop is down for everybody
            Scope: for everybody
            Cause: TCP: refused

            What speaks against it
            • oslo-1 sees it work

            Evidence
            • tokyo-1: TCP: refused

            Targets
            • shop
            • shop-eu
            • and 3 more
            Incident
            Runbook\
            """);
    assertThat(message.getJsonArray("entities").stream().map(each -> covered(message, each)))
        .containsExactly(
            "bold 🔴 shop is down for everybody",
            "bold Scope:",
            "bold Cause:",
            "bold What speaks against it",
            "bold Evidence",
            "bold Targets",
            "text_link Incident",
            "text_link Runbook");
  }

  @Test
  void telegramAnswersTheFirstMessageWithAllThatFollow() {
    telegramAnswers(okJson("{\"ok\":true,\"result\":{\"message_id\":78}}"));
    assertThat(telegram(Letters.of(Occasion.RESOLVED), Optional.of("77")))
        .isEqualTo(new Sent.Delivered(Optional.of("77")));
    assertThat(stand.object().getJsonObject("reply_parameters"))
        .isEqualTo(
            new JsonObject().put("message_id", 77L).put("allow_sending_without_reply", true));
  }

  @Test
  void telegramSaysInItsAnswerHowLongToWait() {
    telegramAnswers(
        aResponse()
            .withStatus(429)
            .withBody("{\"ok\":false,\"error_code\":429,\"parameters\":{\"retry_after\":35}}"));
    assertThat(telegram(OPENED, Optional.empty()))
        .isEqualTo(new Sent.NotNow("status 429", Optional.of(Duration.ofSeconds(35))));
  }

  @Test
  void aGroupOfTelegramThatHasAnotherNumberByNowIsNamedAsTheReason() {
    telegramAnswers(
        aResponse()
            .withStatus(400)
            .withBody("{\"ok\":false,\"parameters\":{\"migrate_to_chat_id\":-1001}}"));
    assertThat(telegram(OPENED, Optional.empty()))
        .isEqualTo(
            new Sent.Never("status 400: the group became a supergroup, whose number is another"));
  }

  @Test
  void discordIsShownAnEmbedAndNobodyIsCalled() {
    stand.answers(okJson("{\"id\":\"1234567890123456789\"}"));
    assertThat(discord(OPENED, Optional.empty()))
        .isEqualTo(new Sent.Delivered(Optional.of("1234567890123456789")));
    assertThat(stand.only().getUrl()).isEqualTo("/api/webhooks/1/secret?thread_id=5&wait=true");
    JsonObject message = stand.object();
    assertThat(message.fieldNames()).containsExactlyInAnyOrder("embeds", "allowed_mentions");
    assertThat(message.getJsonObject("allowed_mentions"))
        .isEqualTo(new JsonObject().put("parse", new JsonArray()));
    JsonObject embed = message.getJsonArray("embeds").getJsonObject(0);
    assertThat(embed.getString("title")).isEqualTo("🔴 shop is down for everybody");
    assertThat(embed.getString("url")).isEqualTo(Letters.PAGE);
    assertThat(embed.getString("description"))
        .startsWith("**Scope:** for everybody\n**Cause:** TCP: refused\n")
        .endsWith("\n[Runbook](https://wiki.example/run%28book%29?a=1&b=2)");
  }

  @ParameterizedTest
  @EnumSource(
      value = Occasion.class,
      names = {"CHANGED", "ACKNOWLEDGED"})
  void whatNobodyNeedsToHearOnlyChangesTheFirstMessageOfDiscord(Occasion occasion) {
    stand.answers(okJson("{\"id\":\"12\"}"));
    assertThat(discord(Letters.of(occasion), Optional.of("12")))
        .isEqualTo(new Sent.Delivered(Optional.of("12")));
    assertThat(stand.only().getMethod().value()).isEqualTo("PATCH");
    assertThat(stand.only().getUrl()).isEqualTo("/api/webhooks/1/secret/messages/12?thread_id=5");
  }

  @ParameterizedTest
  @EnumSource(
      value = Occasion.class,
      names = {"REOPENED", "REMINDER", "ESCALATED", "RESOLVED"})
  void whatPeopleMustHearOfIsPostedAsWell(Occasion occasion) {
    stand.answers(okJson("{\"id\":\"13\"}"));
    assertThat(discord(Letters.of(occasion), Optional.of("12")))
        .isEqualTo(new Sent.Delivered(Optional.of("12")));
    assertThat(stand.came())
        .extracting(request -> request.getMethod().value())
        .containsExactly("PATCH", "POST");
  }

  @Test
  void aFirstMessageThatIsGoneIsReplaced() {
    stand.answers(okJson("{\"id\":\"13\"}"));
    stand
        .server()
        .stubFor(
            patch(urlPathMatching("/.*"))
                .willReturn(aResponse().withStatus(404).withBody("{\"code\":10008}")));
    assertThat(discord(Letters.of(Occasion.CHANGED), Optional.of("12")))
        .isEqualTo(new Sent.Delivered(Optional.of("13")));
  }

  @Test
  void nothingIsPostedBeforeTheEditWasTaken() {
    stand.answers(aResponse().withStatus(429).withBody("{\"retry_after\":0.35,\"global\":false}"));
    assertThat(discord(Letters.of(Occasion.RESOLVED), Optional.of("12")))
        .isEqualTo(new Sent.NotNow("status 429", Optional.of(Duration.ofMillis(350))));
    assertThat(stand.only().getMethod().value()).isEqualTo("PATCH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../../x", "12?a=b", "C1:1234.5", "999999999999999999999"})
  void aThreadThatIsNoneOfDiscordBeginsAnew(String thread) {
    stand.answers(okJson("{\"id\":\"13\"}"));
    discord(Letters.of(Occasion.CHANGED), Optional.of(thread));
    assertThat(stand.only().getUrl()).isEqualTo("/api/webhooks/1/secret?thread_id=5&wait=true");
  }

  @Test
  void ntfyIsToldByItsPriorities() {
    stand.answers(okJson("{\"id\":\"x\"}"));
    Ntfy settings =
        new Ntfy(stand.url("/"), Secret.of("alerts"), Optional.of(Secret.of("tk_secret")));
    assertThat(new NtfyCarrier(settings, sender, CLOCK).carry(OPENED, Optional.empty()))
        .isEqualTo(new Sent.Delivered());
    assertThat(stand.only().getUrl()).isEqualTo("/");
    assertThat(stand.only().getHeader("Authorization")).isEqualTo("Bearer tk_secret");
    JsonObject message = stand.object();
    assertThat(message.getString("topic")).isEqualTo("alerts");
    assertThat(message.getString("title")).isEqualTo("🔴 shop is down for everybody");
    assertThat(message.getString("message")).startsWith("Scope: for everybody\nCause: TCP: ref");
    assertThat(message.getInteger("priority")).isEqualTo(5);
    assertThat(message.getJsonArray("tags")).isEqualTo(JsonArray.of("critical"));
    assertThat(message.getString("click")).isEqualTo(Letters.PAGE);
    assertThat(message.getString("sequence_id"))
        .matches("[0-9a-f]{32}")
        .isEqualTo(NtfyCarrier.message(OPENED).getString("sequence_id"))
        .isNotEqualTo(NtfyCarrier.message(Letters.of(Occasion.RESOLVED)).getString("sequence_id"));
    assertThat(NtfyCarrier.message(Letters.of(Occasion.RESOLVED)).getInteger("priority"))
        .isEqualTo(3);
  }

  private void telegramAnswers(ResponseDefinitionBuilder response) {
    stand.answers(response);
  }

  private Sent telegram(Letter letter, Optional<String> thread) {
    Telegram settings =
        new Telegram(stand.url(""), Secret.of("1:very-secret"), "-100", Optional.of(4L));
    return new TelegramCarrier(settings, sender, CLOCK).carry(letter, thread);
  }

  private Sent discord(Letter letter, Optional<String> thread) {
    Discord settings = new Discord(stand.url("/api/webhooks/1/secret?thread_id=5"));
    return new DiscordCarrier(settings, sender, CLOCK).carry(letter, thread);
  }

  private static String covered(JsonObject message, Object entity) {
    JsonObject fields = (JsonObject) entity;
    int from = fields.getInteger("offset");
    String text = message.getString("text").substring(from, from + fields.getInteger("length"));
    return fields.getString("type") + " " + text;
  }
}
