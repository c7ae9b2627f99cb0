package parallax.coordinator.notify.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CleanTest {
  private static final int MAX = 40;
  private static final int ROUNDS = 20_000;

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a\\r\\nBcc: b           | a Bcc: b          | line breaks
          a\\u2028b\\u2029c\\u0085d | a b c d           | other line breaks
          \\t a \\u3000\\u00A0 b\\t  | a b               | blanks
          a\\u202Eb\\u2066c\\u200Fd | abcd              | bidirectional controls
          a\\u200Bb\\uFEFFc\\u00ADd | abcd              | zero width
          a\\u3164b\\uFFA0c\\u115Fd | abcd              | fillers
          a\\u0007\\u001B[31mb    | a[31mb            | controls
          e\\u0301                | é                 | composed
          a\\uD800b\\uDC00        | a\\uFFFDb\\uFFFD  | lone surrogates
          \\uE000x                | \\uFFFDx          | private use
          \\uD83D\\uDE80 up       | \\uD83D\\uDE80 up | emoji
          \\uD83D\\uDC69\\u200D\\uD83D\\uDCBB | \\uD83D\\uDC69\\uD83D\\uDCBB | joiners in emoji
          مرحبا                   | مرحبا             | Arabic letters
          \\uDB40\\uDC41a         | a                 | tags
          """)
  void oneLineIsLeft(String raw, String clean, String what) {
    assertThat(Clean.line(decoded(raw), MAX)).as(what).isEqualTo(decoded(clean));
  }

  private static String decoded(String written) {
    return Pattern.compile("\\\\u([0-9A-F]{4})")
        .matcher(written.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t"))
        .replaceAll(code -> String.valueOf((char) Integer.parseInt(code.group(1), 16)));
  }

  @Test
  void heapsOfMarksAreFlattened() {
    assertThat(Clean.line("a" + "\u0335".repeat(50) + "b", MAX))
        .isEqualTo("a" + "\u0335".repeat(Clean.MAX_MARKS) + "b");
  }

  @Test
  void longTextsEndInAnEllipsisAndNoPairIsSplit() {
    assertThat(Clean.line("x".repeat(41), MAX)).isEqualTo("x".repeat(39) + "…");
    assertThat(Clean.line("x".repeat(40), MAX)).hasSize(40).doesNotContain("…");
    assertThat(Clean.line("x".repeat(38) + "\uD83D\uDE80\uD83D\uDE80", MAX))
        .isEqualTo("x".repeat(38) + "…");
    assertThat(Clean.line("\u200B".repeat(1 << 20) + "x", MAX)).isEqualTo("…");
    assertThat(Clean.line("ab", 1)).isEqualTo("…");
  }

  @Test
  void whateverComesOneBoundedVisibleNormalLineIsLeft() {
    SplittableRandom random = new SplittableRandom(20261121);
    for (int round = 0; round < ROUNDS; round++) {
      String raw = anything(random);
      int max = 1 + random.nextInt(MAX);
      String line = Clean.line(raw, max);
      assertThat(line.length()).isLessThanOrEqualTo(max);
      assertThat(line).isEqualTo(line.strip());
      assertThat(line).doesNotContain("  ");
      assertThat(Normalizer.isNormalized(line, Normalizer.Form.NFC)).isTrue();
      assertThat(line.codePoints()).allMatch(CleanTest::isVisible);
      assertThat(Clean.line(line, max)).isEqualTo(line);
    }
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> codePoint == ' ';
      default -> true;
    };
  }

  /** Mostly what hurts: surrogates, controls, marks, blanks, whatever else there is. */
  private static String anything(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(80);
    for (int index = 0; index < length; index++) {
      switch (random.nextInt(8)) {
        case 0 -> text.append((char) random.nextInt(0x20));
        case 1 -> text.append((char) (0xD800 + random.nextInt(0x800)));
        case 2 -> text.append((char) (0x2000 + random.nextInt(0x70)));
        case 3 -> text.append((char) (0x0300 + random.nextInt(0x70)));
        case 4 -> text.append((char) random.nextInt(0x10000));
        case 5 -> text.appendCodePoint(random.nextInt(0x110000));
        case 6 -> text.append((char) (0x1100 + random.nextInt(0x100)));
        default -> text.append((char) (' ' + random.nextInt(0x5f)));
      }
    }
    return text.toString();
  }
}
