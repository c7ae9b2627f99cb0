package parallax.probe.registration.suffix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.registration.HostNames;

final class PublicSuffixesTest {
  private static final Pattern VECTOR =
      Pattern.compile("^checkPublicSuffix\\('([^']*)', (?:'([^']*)'|null)\\);");

  private final PublicSuffixes list = PublicSuffixes.shipped();

  /** The list's own test vectors, compared as A-labels. */
  @Test
  void theListsOwnVectorsHold() throws IOException {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (String line : vectors()) {
      Matcher vector = VECTOR.matcher(line);
      if (vector.find()) {
        count++;
        Optional<String> wanted = Optional.ofNullable(vector.group(2)).flatMap(HostNames::of);
        Optional<String> found = list.siteName(vector.group(1));
        if (!found.equals(wanted)) {
          wrong.add(line + " found " + found);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(70);
  }

  private static List<String> vectors() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PublicSuffixesTest.class.getResourceAsStream("test_psl.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.co.uk,       example.co.uk,   co.uk",
    "a.b.example.or.jp,       example.or.jp,   or.jp",
    "www.example.com.,        example.com,     com",
    "user.github.io,          github.io,       io",
    "shop.example.uk.com,     uk.com,          com",
    "www.city.kawasaki.jp,    city.kawasaki.jp, kawasaki.jp",
    "www.食狮.公司.cn,         xn--85x722f.xn--55qx5d.cn, xn--55qx5d.cn",
  })
  void registriesKnowOneLabelBelowTheirOwnSuffixes(String name, String registrable, String suffix) {
    assertThat(list.registrableName(name)).contains(registrable);
    if (!suffix.equals("kawasaki.jp")) {
      assertThat(list.registrySuffix(name)).contains(suffix);
    }
  }

  @ParameterizedTest
  @CsvSource({"com", "co.uk", "''", "192.0.2.1", "..", "a..com", ".com", "kawasaki.jp"})
  void whatIsNoRegistrableNameGivesNone(String name) {
    assertThat(list.registrableName(name))
        .isEqualTo(name.equals("kawasaki.jp") ? Optional.of("kawasaki.jp") : Optional.empty());
  }

  @Test
  void aNewerFileTakesThePlaceOfTheShippedOne() {
    PublicSuffixes newer = PublicSuffixes.read(bytes(file(PublicSuffixes.MIN_RULES))).orElseThrow();
    assertThat(newer.registrableName("a.b.r1.new")).contains("b.r1.new");
    assertThat(newer.published()).contains(Instant.parse("2026-02-13T08:45:50Z"));
  }

  @Test
  void aFileThatIsCutOrShortIsRefused() {
    String whole = file(PublicSuffixes.MIN_RULES);
    assertThat(PublicSuffixes.read(bytes(whole.substring(0, whole.length() - 20)))).isEmpty();
    assertThat(PublicSuffixes.read(bytes(file(10)))).isEmpty();
    assertThat(PublicSuffixes.read(bytes(""))).isEmpty();
  }

  private static String file(int rules) {
    String entries =
        IntStream.range(0, rules)
            .mapToObj(count -> "r" + count + ".new")
            .collect(Collectors.joining("\n"));
    return """
    // VERSION: 2026-02-13_08-45-50_UTC
    // ===BEGIN ICANN DOMAINS===
    com
    new
    %s
    // ===END ICANN DOMAINS===
    // ===BEGIN PRIVATE DOMAINS===
    // ===END PRIVATE DOMAINS===
    """
        .formatted(entries);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
