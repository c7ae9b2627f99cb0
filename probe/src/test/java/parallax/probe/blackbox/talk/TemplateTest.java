package parallax.probe.blackbox.talk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PONG ${1}    | PONG key
          $1 $2        | key
          ${0}!        | PING :key!
          $1x          | ''
          ${1}x        | keyx
          $$1 costs    | $1 costs
          $name.       | key.
          ${           | ${
          a $ b        | a $ b
          ${1          | ${1
          nothing      | nothing
          """)
  void groupsAreExpandedAsInGo(String template, String expected) {
    byte[] line = "PING :key".getBytes(StandardCharsets.UTF_8);
    Matcher match = Pattern.compile("PING :(?P<name>[^ ]+)").matcher(line);
    assertThat(match.find()).isTrue();
    String expanded =
        new String(Template.expand(template, match, line), StandardCharsets.UTF_8).strip();
    assertThat(expanded).isEqualTo(expected);
  }
}
