package parallax.coordinator.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.coordinator.notify.carrier.Sent;

final class JudgementTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void whoSaysThatItIsThereHasIt(int status) {
    assertThat(judged(status, Optional.empty())).isEqualTo(new Sent.Delivered());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 507, 599})
  void whatMayPassIsTriedAgain(int status) {
    assertThat(judged(status, Optional.of("30")))
        .isEqualTo(new Sent.NotNow("status " + status, Optional.of(Duration.ofSeconds(30))));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 300, 301, 302, 307, 308, 400, 401, 403, 404, 405, 410, 413, 422})
  void whatWillStayIsNot(int status) {
    assertThat(judged(status, Optional.of("30"))).isEqualTo(new Sent.Never("status " + status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                              | PT0S
          120                            | PT2M
          Sat, 21 Nov 2026 12:00:30 GMT  | PT30S
          Sat, 21 Nov 2026 11:00:30 GMT  |
          -1                             |
          1.5                            |
          soon                           |
          ١٢                             |
          99999999999999999999           |
          ''                             |
          """)
  void aWaitIsSecondsOrADate(String written, String wait) {
    Optional<Duration> expected = Optional.ofNullable(wait).map(Duration::parse);
    assertThat(judged(429, Optional.of(written)))
        .isEqualTo(new Sent.NotNow("status 429", expected));
  }

  @Test
  void noAnswerIsTriedAgainAndWhatCannotBeSentIsNot() {
    assertThat(Judgement.of(new Answer.None("cut"), NOW))
        .isEqualTo(new Sent.NotNow("cut", Optional.empty()));
    assertThat(Judgement.of(new Answer.Unsendable("no URL"), NOW))
        .isEqualTo(new Sent.Never("no URL"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "null", "1", "\"x\"", "{", "{\"a\":}", "<html>", "{\"a\":{\"a\":{}}"})
  void anAnswerThatIsNoObjectHasNoFields(String body) {
    Reply reply = Reply.of(body);
    assertThat(reply.at("a").text("b")).isEmpty();
    assertThat(reply.number("a")).isEmpty();
    assertThat(reply.seconds("a")).isEmpty();
    assertThat(reply.has("a")).isFalse();
  }

  @Test
  void aDeepAnswerIsNoObject() {
    assertThat(Reply.of("{\"a\":".repeat(10_000)).has("a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1.5,PT1.5S", "0.0001,PT0.001S", "3,PT3S", "-1,", "1e300,", "\"5\","})
  void secondsMayHaveAFraction(String written, String wait) {
    assertThat(Reply.of("{\"w\":" + written + "}").seconds("w"))
        .isEqualTo(Optional.ofNullable(wait).map(Duration::parse));
  }

  private static Sent judged(int status, Optional<String> retryAfter) {
    return Judgement.of(new Answer.Status(status, "secret", retryAfter), NOW);
  }
}
