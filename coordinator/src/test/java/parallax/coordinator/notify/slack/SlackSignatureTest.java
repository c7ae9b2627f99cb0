package parallax.coordinator.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.slack.SlackSignature.Finding;

/** The example is the one that Slack publishes, "Verifying requests from Slack". */
final class SlackSignatureTest {
  private static final Secret SIGNING = Secret.of("8f742231b10e8888abcd99yyyzzz85a5");
  private static final String TIME = "1531420618";
  private static final String SIGNATURE =
      "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";
  private static final byte[] BODY =
      ("token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
              + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
              + "&user_name=roadrunner&command=%2Fwebhook-collect&text="
              + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J"
              + "%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
              + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c")
          .getBytes(StandardCharsets.US_ASCII);
  private static final Instant NOW = Instant.ofEpochSecond(Long.parseLong(TIME));

  @Test
  void slacksOwnExampleIsGenuine() {
    assertThat(SlackSignature.judge(SIGNING, TIME, SIGNATURE, BODY, NOW))
        .isEqualTo(Finding.GENUINE);
  }

  @Test
  void anythingElseThatWasSignedIsForged() {
    byte[] changed = BODY.clone();
    changed[changed.length - 1] ^= 1;
    assertThat(SlackSignature.judge(SIGNING, TIME, SIGNATURE, changed, NOW))
        .isEqualTo(Finding.FORGED);
    assertThat(SlackSignature.judge(SIGNING, "1531420619", SIGNATURE, BODY, NOW))
        .isEqualTo(Finding.FORGED);
    assertThat(SlackSignature.judge(Secret.of("other"), TIME, SIGNATURE, BODY, NOW))
        .isEqualTo(Finding.FORGED);
    String other = SIGNATURE.substring(0, SIGNATURE.length() - 1) + "4";
    assertThat(SlackSignature.judge(SIGNING, TIME, other, BODY, NOW)).isEqualTo(Finding.FORGED);
  }

  @Test
  void aRecordingIsStaleAfterFiveMinutesAndSoIsTheFuture() {
    long window = SlackSignature.WINDOW.toSeconds();
    assertThat(SlackSignature.judge(SIGNING, TIME, SIGNATURE, BODY, NOW.plusSeconds(window)))
        .isEqualTo(Finding.GENUINE);
    assertThat(SlackSignature.judge(SIGNING, TIME, SIGNATURE, BODY, NOW.plusSeconds(window + 1)))
        .isEqualTo(Finding.STALE);
    assertThat(SlackSignature.judge(SIGNING, TIME, SIGNATURE, BODY, NOW.minusSeconds(window + 1)))
        .isEqualTo(Finding.STALE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v0=", "v1=00", "a2114d57", "v0=A2114D57B48EAC39", "v0=\u0660"})
  void signaturesOfAnotherFormAreMalformed(String signature) {
    assertThat(SlackSignature.judge(SIGNING, TIME, signature, BODY, NOW))
        .isEqualTo(Finding.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1e9", "9999999999999", "1531420618 ", "\u0661"})
  void timesOfAnotherFormAreMalformed(String time) {
    assertThat(SlackSignature.judge(SIGNING, time, SIGNATURE, BODY, NOW))
        .isEqualTo(Finding.MALFORMED);
  }

  @Test
  void nothingIsGenuineWithoutASecretAndNoBodyIsTooLong() {
    assertThat(SlackSignature.judge(Secret.of(""), TIME, SIGNATURE, BODY, NOW))
        .isEqualTo(Finding.MALFORMED);
    byte[] huge = new byte[SlackSignature.MAX_BODY + 1];
    assertThat(SlackSignature.judge(SIGNING, TIME, SIGNATURE, huge, NOW))
        .isEqualTo(Finding.MALFORMED);
  }
}
