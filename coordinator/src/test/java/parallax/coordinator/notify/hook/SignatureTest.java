package parallax.coordinator.notify.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.secret.Secret;

final class SignatureTest {
  private static final Instant AT = Instant.parse("2026-11-21T12:00:30.9Z");
  private static final String BODY = "{\"summary\":\"店は落ちている 😀\"}";
  private static final Pattern SNIPPET = Pattern.compile("(?s)```python\n(.*?)```");

  @TempDir Path folder;

  @Test
  void itIsTheMacOfTimeAndBody() {
    // printf '1795262430.{}' | openssl dgst -sha256 -hmac key
    assertThat(Signature.of(Secret.of("key"), AT, "{}"))
        .isEqualTo(
            "t=1795262430,v1="
                + "1711294d35735be05c6e8eedaa27597ff0949a47e4777156cca0f6c354591504");
  }

  @ParameterizedTest
  @CsvSource({
    "True,  secret, 0,    0, ''",
    "True,  secret, 299,  0, ''",
    "False, secret, 301,  0, ''",
    "False, secret, -301, 0, ''",
    "False, other,  0,    0, ''",
    "False, secret, 0,    0, ' '",
    "False, secret, 0,    1, ''",
  })
  void theDocumentedSnippetTellsWhatIsOursAndNew(
      String expected, String secret, int later, int shifted, String added) throws Exception {
    String header =
        Signature.of(Secret.of("secret"), AT, BODY)
            .replace("t=" + AT.getEpochSecond(), "t=" + (AT.getEpochSecond() + shifted));
    assertThat(verified(secret, header, BODY + added, AT.getEpochSecond() + later))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"''", "x", "'t=,v1='", "'t=1795262430'", "'v1=00'", "'t=٣,v1=é'", "'=,=,='"})
  void theDocumentedSnippetRefusesWhatIsNoSignature(String header) throws Exception {
    assertThat(verified("secret", header, BODY, AT.getEpochSecond())).isEqualTo("False");
  }

  /** What the function of the documentation says at a time. */
  private String verified(String secret, String header, String body, long now) throws Exception {
    Path script = folder.resolve("verify.py");
    Files.writeString(
        script,
        snippet()
            + """

            import sys
            time.time = lambda: float(sys.argv[3])
            sys.stdout.write(str(is_ours(sys.argv[1].encode(), sys.argv[2], sys.stdin.buffer.read())))
            """);
    Process python;
    try {
      python =
          new ProcessBuilder("python3", script.toString(), secret, header, String.valueOf(now))
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "python3 is not installed");
      throw e;
    }
    python.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    python.getOutputStream().close();
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private static String snippet() throws IOException {
    Matcher found = SNIPPET.matcher(Files.readString(Path.of("../docs/webhook.md")));
    assertThat(found.find()).isTrue();
    return found.group(1);
  }
}
