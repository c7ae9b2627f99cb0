package parallax.coordinator.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.WalkSeen;
import parallax.config.policy.ApiToken.Role;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.page.FleetStrip;
import parallax.coordinator.page.dates.Ending;
import parallax.coordinator.view.ProbeConnection;

final class SayTest {
  private static final Say ENGLISH = Say.in(Language.EN);
  private static final Say JAPANESE = Say.in(Language.JA);
  private static final Pattern LITERAL = Pattern.compile("\"([a-zA-Z.]+)\"");
  private static final Pattern ASKED =
      Pattern.compile("\\bsay(?:\\(sent\\))?\\s*\\.(?:of|html)\\(\\s*\"([a-zA-Z.0-9]+)\"");

  private static final Pattern CELL =
      Pattern.compile("\\b(?:cell|markup)\\(\\s*say,\\s*\"([a-z]+)\"");

  /** What is the same in both: names, codes and signs. */
  private static final Pattern SAME =
      Pattern.compile("cause|known|phase\\.(?:RESOLVE|TLS)|routes\\.from|column\\..*");

  @Test
  void everyLanguageSaysTheSameThingsOfTheSameValues() {
    assertThat(JAPANESE.texts().keySet()).isEqualTo(ENGLISH.texts().keySet());
    ENGLISH
        .texts()
        .forEach(
            (key, text) -> {
              String other = Objects.requireNonNull(JAPANESE.texts().get(key));
              assertThat(new Template(other).slots())
                  .as(key)
                  .isEqualTo(new Template(text).slots())
                  .doesNotHaveDuplicates();
              assertThat(other).as(key).isNotBlank();
            });
  }

  @Test
  void whatIsSaidInJapaneseIsJapanese() {
    JAPANESE
        .texts()
        .forEach(
            (key, text) -> {
              boolean values = text.replaceAll("\\{\\d}|[0-9% :,.()、。±+-]|AS", "").isEmpty();
              if (!values && !SAME.matcher(key).matches()) {
                assertThat(text).as(key).containsPattern("[\\u3040-\\u30ff\\u4e00-\\u9fff]");
              }
            });
  }

  @Test
  void everyTextIsUsedAndEveryTextThatIsUsedIsThere() throws IOException {
    Set<String> written = new HashSet<>();
    Set<String> asked = new HashSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        LITERAL.matcher(source).results().forEach(found -> written.add(found.group(1)));
        ASKED.matcher(source).results().forEach(found -> asked.add(found.group(1)));
      }
    }
    asked.removeIf(key -> key.endsWith("."));
    assertThat(asked).hasSizeGreaterThan(100);
    assertThat(ENGLISH.texts().keySet()).containsAll(asked);
    List<String> unused = new ArrayList<>();
    for (String key : ENGLISH.texts().keySet()) {
      if (!written.contains(key) && !isPartOf(key, written)) {
        unused.add(key);
      }
    }
    assertThat(unused).isEmpty();
  }

  /** Whether a key is put together of two parts, of which the first ends with a dot. */
  private static boolean isPartOf(String key, Set<String> written) {
    for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
      if (written.contains(key.substring(0, dot + 1))) {
        return true;
      }
    }
    return written.contains(key.replaceAll("\\.(?:one|many)$", ""));
  }

  /** Texts whose names are put together. */
  static Stream<String> ofCodes() {
    return Stream.of(
            named("letter.", Notice.Kind.values()),
            named("scope.", Scope.values()),
            named("count.", TargetState.values()),
            named("answer.", WalkSeen.Answer.values()),
            named("phase.", Phase.values()),
            named("role.route.", Facts.RouteRole.values()),
            named("stream.", ProbeConnection.State.values()),
            named("health.", FleetStrip.Health.values()),
            named("ending.", Ending.Kind.values()),
            Arrays.stream(Happening.Kind.values())
                .map(each -> "event." + each.name().toLowerCase(Locale.ROOT)),
            Arrays.stream(Role.values())
                .map(each -> "role." + each.name().toLowerCase(Locale.ROOT)),
            Stream.of("up", "degraded", "down", "inconclusive").map(each -> "outcome." + each),
            Stream.of("added", "removed", "changed", "renamed").map(each -> "change." + each),
            IntStream.rangeClosed(1, 12).mapToObj(month -> "month." + month))
        .flatMap(keys -> keys);
  }

  private static Stream<String> named(String prefix, Enum<?>[] codes) {
    return Arrays.stream(codes).map(code -> prefix + code.name());
  }

  @ParameterizedTest
  @MethodSource("ofCodes")
  void everyCodeThatIsShownHasItsWords(String key) {
    assertThat(ENGLISH.texts()).containsKey(key);
  }

  @Test
  void everyColumnHasItsHeading() throws IOException {
    Set<String> columns = new HashSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/parallax/coordinator/page"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        CELL.matcher(Files.readString(file)).results().forEach(cell -> columns.add(cell.group(1)));
      }
    }
    assertThat(columns).hasSizeGreaterThan(30);
    assertThat(columns)
        .allSatisfy(each -> assertThat(ENGLISH.texts()).containsKey("column." + each));
  }

  @Test
  void whatOthersSayInEnglishIsRecognisedWhateverIsPutIntoIt() {
    Object[] values = {"a {0} b", "2", "$1", "4.5", "x"};
    ENGLISH
        .texts()
        .forEach(
            (key, text) -> {
              if (key.startsWith(Say.KNOWN)) {
                assertThat(JAPANESE.known(ENGLISH.of(key, values)))
                    .as(key)
                    .isEqualTo(JAPANESE.of(key, values));
                assertThat(ENGLISH.known(ENGLISH.of(key, values)))
                    .isEqualTo(ENGLISH.of(key, values));
              }
            });
  }

  @Test
  void whatIsNotKnownStaysAsItIs() {
    for (String text : List.of("", "nothing of the kind", "row ", "x".repeat(5_000))) {
      assertThat(JAPANESE.known(text)).isEqualTo(text);
    }
  }

  @Test
  void everyReasonIsKnownAloneAndWithWhatWasSeen() {
    for (Reason reason : Reason.values()) {
      assertThat(JAPANESE.known(reason.text())).isEqualTo(JAPANESE.core().of(reason));
      Finding seen = new Finding(reason, "a: b");
      assertThat(JAPANESE.known(seen.words())).isEqualTo(JAPANESE.core().of(seen));
    }
  }

  @Test
  void aValueThatLooksLikeAPlaceIsNoneAndHtmlIsEscaped() {
    assertThat(ENGLISH.of("own.since", "{0} $1 \\")).isEqualTo("not heard since {0} $1 \\");
    assertThat(ENGLISH.html("login.none")).contains("&#39;api&#39;");
    assertThat(ENGLISH.html("why.notCounted", "<b>")).isEqualTo("<b>; not counted");
    assertThatThrownBy(() -> ENGLISH.of("nothing.at.all"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"0,0s,0秒", "125,2m 5s,2分5秒", "7200,2h,2時間", "273600,3d 4h,3日4時間"})
  void timesAreToldInTheirTwoLargestUnits(long seconds, String english, String japanese) {
    assertThat(ENGLISH.core().of(Duration.ofSeconds(seconds))).isEqualTo(english);
    assertThat(JAPANESE.core().of(Duration.ofSeconds(seconds))).isEqualTo(japanese);
  }

  @Test
  void sharesAreRoundedDown() {
    assertThat(ENGLISH.percent(0.999999)).isEqualTo("99.99 %");
    assertThat(JAPANESE.percent(1)).isEqualTo("100.00%");
    assertThat(JAPANESE.wholePercent(0.999)).isEqualTo("99%");
  }
}
