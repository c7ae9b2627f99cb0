package parallax.coordinator.notify.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Carrier;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.chat.Discord;
import parallax.coordinator.notify.chat.DiscordCarrier;
import parallax.coordinator.notify.chat.Ntfy;
import parallax.coordinator.notify.chat.NtfyCarrier;
import parallax.coordinator.notify.chat.Teams;
import parallax.coordinator.notify.chat.TeamsCarrier;
import parallax.coordinator.notify.chat.Telegram;
import parallax.coordinator.notify.chat.TelegramCarrier;
import parallax.coordinator.notify.hook.Hook;
import parallax.coordinator.notify.hook.HookCarrier;
import parallax.coordinator.notify.http.testing.Hostile;
import parallax.coordinator.notify.http.testing.Letters;
import parallax.coordinator.notify.http.testing.Stand;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.pager.Alertmanager;
import parallax.coordinator.notify.pager.AlertmanagerCarrier;
import parallax.coordinator.notify.pager.PagerDuty;
import parallax.coordinator.notify.pager.PagerDutyCarrier;

/** What holds for whoever is reached by HTTP. */
final class EveryCarrierTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Letters.WRITTEN);
  private static final Secret SECRET = Secret.of("very-secret");

  private final Stand stand = new Stand();
  private final HttpSender sender = new HttpSender("test");

  /** Makes a carrier that works with a stand-in. */
  record Kind(String name, Function<EveryCarrierTest, Carrier> making) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("webhook", EveryCarrierTest::hook),
        new Kind("alertmanager", EveryCarrierTest::alertmanager),
        new Kind(
            "pagerduty",
            test -> new PagerDutyCarrier(new PagerDuty(test.url(), SECRET), test.sender, CLOCK)),
        new Kind("teams", test -> new TeamsCarrier(new Teams(test.url()), test.sender, CLOCK)),
        new Kind("telegram", EveryCarrierTest::telegram),
        new Kind(
            "discord", test -> new DiscordCarrier(new Discord(test.url()), test.sender, CLOCK)),
        new Kind("ntfy", EveryCarrierTest::ntfy));
  }

  private Carrier hook() {
    return new HookCarrier(new Hook(url(), Optional.of(SECRET)), sender, CLOCK);
  }

  private Carrier alertmanager() {
    Alertmanager settings =
        new Alertmanager(
            List.of(url()), Optional.of(Secret.of("Bearer very-secret")), Duration.ofHours(4));
    return new AlertmanagerCarrier(settings, sender, CLOCK);
  }

  private Carrier telegram() {
    Telegram settings = new Telegram(url(), SECRET, "-100", Optional.empty());
    return new TelegramCarrier(settings, sender, CLOCK);
  }

  private Carrier ntfy() {
    return new NtfyCarrier(new Ntfy(url(), SECRET, Optional.of(SECRET)), sender, CLOCK);
  }

  private Secret url() {
    return stand.url("/very-secret");
  }

  @AfterEach
  void stop() {
    sender.close();
    stand.close();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aLetterIsPostedOnceWithItsKey(Kind kind) {
    stand.answers(aResponse().withStatus(202));
    assertThat(carry(kind)).isInstanceOf(Sent.Delivered.class);
    assertThat(stand.only().getMethod().value()).isEqualTo("POST");
    assertThat(stand.only().getHeader("Idempotency-Key")).isEqualTo("i1:OPENED:one");
    assertThat(stand.only().getHeader("Content-Type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void troubleThatMayPassIsNotNowAndAWaitIsKept(Kind kind) {
    for (int status : new int[] {408, 425, 429, 500, 502, 503}) {
      stand.answers(
          aResponse()
              .withStatus(status)
              .withHeader("Retry-After", "600")
              .withBody("very-secret body"));
      assertThat(carry(kind))
          .isEqualTo(new Sent.NotNow("status " + status, Optional.of(Duration.ofMinutes(10))));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsRefusedIsNeverSentAgain(Kind kind) {
    for (int status : new int[] {400, 401, 403, 404, 410, 413, 302, 308}) {
      stand.answers(
          aResponse()
              .withStatus(status)
              .withHeader("Location", stand.url("/other").reveal())
              .withBody("very-secret body"));
      assertThat(carry(kind)).isEqualTo(new Sent.Never("status " + status));
    }
    assertThat(stand.came()).noneMatch(request -> request.getUrl().equals("/other"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsCutAfterItWasTakenIsSentAgainAsItWas(Kind kind) {
    for (Fault fault : List.of(Fault.EMPTY_RESPONSE, Fault.CONNECTION_RESET_BY_PEER)) {
      stand.server().resetRequests();
      stand.answers(aResponse().withFault(fault));
      assertThat(carry(kind))
          .isInstanceOfSatisfying(
              Sent.NotNow.class, sent -> assertThat(sent.why()).doesNotContain("secret"));
      assertThat(carry(kind)).isInstanceOf(Sent.NotNow.class);
      assertThat(stand.came()).hasSize(2);
      assertThat(stand.came())
          .extracting(request -> request.getHeader("Idempotency-Key") + Stand.text(request))
          .containsOnly("i1:OPENED:one" + Stand.text(stand.came().getFirst()));
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anAnswerCutInItsBodyIsAnAnswer(Kind kind) {
    stand.answers(aResponse().withStatus(200).withFault(Fault.MALFORMED_RESPONSE_CHUNK));
    assertThat(carry(kind)).isInstanceOf(Sent.Delivered.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whoIsNotThereIsTriedAgain(Kind kind) {
    Carrier carrier = kind.making().apply(this);
    stand.close();
    assertThat(carrier.carry(Letters.of(Letter.Occasion.OPENED), Optional.empty()))
        .isInstanceOf(Sent.NotNow.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "null", "<html>", "{\"result\":7,\"id\":7}", "{\"id\":\"../x\"}"})
  void anAnswerThatNobodyExpectsIsTakenForWhatItsStatusSays(String body) {
    stand.answers(aResponse().withStatus(200).withBody(body));
    List<Sent> all = new ArrayList<>();
    kinds().forEach(kind -> all.add(carry(kind)));
    assertThat(all).allMatch(Sent.Delivered.class::isInstance);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whateverIsSaidTheDocumentIsJsonAndNothingButTheSecretsOfItsOwn(Kind kind) {
    stand.answers(aResponse().withStatus(200));
    Carrier carrier = kind.making().apply(this);
    for (String text : Hostile.TEXTS) {
      Letter letter = Letters.saying(text, Letter.Language.ENGLISH);
      assertThat(carrier.carry(letter, Optional.empty())).isInstanceOf(Sent.Delivered.class);
    }
    List<LoggedRequest> came = stand.came();
    assertThat(came).hasSize(Hostile.TEXTS.size());
    for (LoggedRequest request : came) {
      assertThat(
              kind.name().equals("alertmanager")
                  ? Stand.array(request).getJsonObject(0)
                  : Stand.object(request))
          .isNotEmpty();
      assertThat(request.getHeaders().keys()).doesNotContain("Bcc", "X-Header");
    }
  }

  private Sent carry(Kind kind) {
    return kind.making().apply(this).carry(Letters.of(Letter.Occasion.OPENED), Optional.empty());
  }
}
