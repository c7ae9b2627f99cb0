package parallax.coordinator.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.coordinator.words.Language;

/** In Japanese no page says anything in English but names, codes and what people wrote. */
final class JapanesePagesTest {
  /** Stands in every field that somebody can fill. */
  private static final String DATA = "zz9";

  private static final Pattern CODE = Pattern.compile("(?s)<(code|pre)>.*?</\\1>");
  private static final Pattern SAID =
      Pattern.compile(
          ">([^<>]+)<|\\b(?:aria-label|title|alt|placeholder|data-[a-z]+)=\"([^\"]*)\"");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z']+");

  /** Names, and what is written so in Japanese. */
  private static final Set<String> NAMES =
      Set.of(
          "Parallax",
          "UTC",
          "API",
          "URL",
          "JSON",
          "SVG",
          "PNG",
          "Markdown",
          "iCalendar",
          "English",
          "OpenID",
          "ID",
          "DNS",
          "DNSSEC",
          "TLS",
          "HTTP",
          "RPKI",
          "AS",
          "BGP",
          "Natural",
          "Earth",
          "UP",
          "DOWN",
          "DEGRADED",
          "UNKNOWN",
          "TLSv",
          "ms",
          "url");

  /** The targets and probes of the test's world, and what forms show by way of example. */
  private static final Set<String> WORLD =
      Set.of(
          "zz",
          "shop",
          "embedded",
          "here",
          "web",
          "team",
          "env",
          "prod",
          "staging",
          "target",
          "http",
          "https",
          "example",
          "com",
          "www",
          "region",
          "cdn",
          "probe",
          "key",
          "value",
          "yaml",
          "api",
          "servers");

  static Stream<String> pages() {
    return HostileWorld.pages(DATA, Language.JA).keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void nothingIsLeftInEnglish(String page) {
    String html = HostileWorld.pages(DATA, Language.JA).getOrDefault(page, "");
    assertThat(html).contains("<html lang=\"ja\">");
    List<String> left = new ArrayList<>();
    Matcher said = SAID.matcher(CODE.matcher(html).replaceAll(""));
    while (said.find()) {
      String text = said.group(1) == null ? said.group(2) : said.group(1);
      Matcher words = WORD.matcher(text);
      while (words.find()) {
        if (!NAMES.contains(words.group()) && !WORLD.contains(words.group())) {
          left.add(words.group() + " in \"" + text.strip() + "\"");
        }
      }
    }
    assertThat(left).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theOtherLanguageIsOfferedOnTheSamePage(String page) {
    assertThat(HostileWorld.pages(DATA, Language.JA).get(page))
        .containsPattern(
            "<a href=\"/[^\"]*\\?(?:[^\"]*&amp;)?lang=en\" hreflang=\"en\" lang=\"en\">");
    assertThat(HostileWorld.pages(DATA, Language.EN).get(page))
        .containsPattern(
            "<a href=\"/[^\"]*\\?(?:[^\"]*&amp;)?lang=ja\" hreflang=\"ja\" lang=\"ja\">日本語</a>");
  }
}
