package parallax.coordinator.notify.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.http.testing.Hostile;
import parallax.coordinator.notify.letter.Letter;

final class LineTest {
  private static final int RUNS = 5_000;

  @Test
  void everyHostileTextBecomesOneBoundedLineAndStaysSo() {
    for (String text : Hostile.TEXTS) {
      check(Line.of(text, 100), 100);
    }
  }

  @Test
  void anyTextBecomesOneBoundedLineAndStaysSo() {
    SplittableRandom random = new SplittableRandom(7);
    for (int run = 0; run < RUNS; run++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40);
      for (int at = 0; at < length; at++) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
      }
      int max = 1 + random.nextInt(30);
      check(Line.of(text.toString(), max), max);
    }
  }

  private static void check(String line, int max) {
    assertThat(line.length()).isLessThanOrEqualTo(max);
    assertThat(line)
        .isEqualTo(line.strip())
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(line)).isTrue();
    assertThat(Line.of(line, max)).isEqualTo(line);
  }

  @Test
  void ordinaryTextStaysAsItIs() {
    String text = "日本語 ärger 😀 مرحبا a_b*c `d` <e> \"f\" \\ @g";
    assertThat(Line.of(text, 100)).isEqualTo(text);
  }

  @Test
  void whatIsCutEndsInAnEllipsisAndNotInHalfACharacter() {
    assertThat(Line.of("abcdef", 4)).isEqualTo("abc…");
    assertThat(Line.of("ab😀😀", 4)).isEqualTo("ab…");
    assertThat(Line.of("abcd", 4)).isEqualTo("abcd");
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/ä, https://a.example/%C3%A4",
    "http://a.example, http://a.example",
    "HTTP://a.example, HTTP://a.example",
    "javascript:alert(1),",
    "data:text/html;x,",
    "file:///etc/passwd,",
    "https:/a,",
    "//a.example,",
  })
  void onlyWebLinksGoOut(String target, String told) {
    assertThat(Line.target(new Letter.Link("x", URI.create(target))).orElse(null)).isEqualTo(told);
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/, /a, '', https://h/a",
    "https://h, /a, '', https://h/a",
    "https://h/b/, /a, '', https://h/b/a",
    "https://h/b?c=d, /a, w=1, https://h/b/a?c=d&w=1",
    "https://h/b, '', w=1, https://h/b?w=1",
    "https://h:1/b?c, '', '', https://h:1/b?c",
    "no url, /a, '', no url",
  })
  void anAddressBelowABaseKeepsItsQuery(String base, String path, String query, String all) {
    assertThat(Address.under(Secret.of(base), path, query).reveal()).isEqualTo(all);
  }
}
