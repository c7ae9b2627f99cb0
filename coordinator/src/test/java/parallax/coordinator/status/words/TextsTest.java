package parallax.coordinator.status.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.coordinator.words.Language;

final class TextsTest {
  private static final Pattern PLACE = Pattern.compile("<\\d>");
  private static final Object[] PLACES = {"<0>", "<1>", "<2>", "<3>", "<4>", "<5>"};

  private static SortedSet<String> places(Language language, String key) {
    TreeSet<String> found = new TreeSet<>();
    PLACE.matcher(Texts.in(language).of(key, PLACES)).results().forEach(m -> found.add(m.group()));
    return found;
  }

  @Test
  void everyLanguageSaysTheSameThingsOfTheSameValues() {
    SortedSet<String> keys = Texts.in(Language.EN).keys();
    assertThat(keys).isNotEmpty();
    for (Language language : Language.values()) {
      assertThat(Texts.in(language).keys()).isEqualTo(keys);
      for (String key : keys) {
        assertThat(places(language, key)).as(key).isEqualTo(places(Language.EN, key));
        assertThat(Texts.in(language).of(key, PLACES)).as(key).isNotBlank().doesNotContain("{");
      }
    }
  }

  @Test
  void aValueThatLooksLikeAPlaceIsNone() {
    assertThat(Texts.in(Language.EN).of("headline.over", "{0} $1 \\")).isEqualTo("Over: {0} $1 \\");
    assertThatThrownBy(() -> Texts.in(Language.EN).of("nothing"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|EN",
        "ja|JA",
        "ja-JP,en;q=0.5|JA",
        "en;q=0.5, ja;q=0.9|JA",
        "de, fr;q=0.9|EN",
        "de, ja;q=0.1|JA",
        "ja;q=0, en;q=0.1|EN",
        "ja;q=nonsense|EN",
        "*|EN"
      })
  void aReaderGetsTheLanguageTheyLikeBest(String header, Language language) {
    assertThat(Language.accepted(header)).isEqualTo(language);
  }

  @Test
  void manyNamesAreCountedAndSharesRoundedDown() {
    Texts texts = Texts.in(Language.EN);
    assertThat(texts.named(List.of("a", "b", "c", "d", "e", "f", "g")))
        .isEqualTo("a, b, c, d, e and 2 more");
    assertThat(texts.percent(OptionalDouble.of(0.99999))).isEqualTo("99.99 %");
    assertThat(texts.percent(OptionalDouble.of(1))).isEqualTo("100.00 %");
    assertThat(texts.of(Duration.ofMinutes(3 * 24 * 60 + 125))).isEqualTo("3 d 2 h");
    assertThat(texts.of(Duration.ofMinutes(61))).isEqualTo("1 h 1 min");
    assertThat(texts.of(Duration.ofSeconds(59))).isEqualTo("59 s");
  }

  @Test
  void textIsEscapedAndWhatNoDocumentMayHoldIsReplaced() {
    assertThat(Xml.escaped("<a href=\"x\">'&\u0000\ud800\u001b日"))
        .isEqualTo("&lt;a href=&quot;x&quot;&gt;&#39;&amp;\ufffd\ufffd\ufffd日");
  }
}
