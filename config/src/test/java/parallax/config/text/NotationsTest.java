package parallax.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotationsTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "2048, 2048", "2KiB, 2048", "1 MiB, 1048576"})
  void readsSizes(String text, long bytes) {
    assertThat(SizeText.parse(text)).isEqualTo(OptionalLong.of(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1KB", "1kib", "1.5MiB", "9999999999", "1  KiB", "1\n"})
  void refusesOtherSizes(String text) {
    assertThat(SizeText.parse(text)).isEqualTo(OptionalLong.empty());
  }

  @Test
  void readsRangesOfSizes() {
    assertThat(SizeText.parseRange("1..2KiB")).contains(new SizeText.Range(1, 2048));
    assertThat(SizeText.parseRange("1KiB..")).contains(new SizeText.Range(1024, Long.MAX_VALUE));
    assertThat(SizeText.parseRange("..10")).contains(new SizeText.Range(0, 10));
    assertThat(List.of("", "..", "1", "1..2..3", "a..b", "1-2"))
        .allSatisfy(text -> assertThat(SizeText.parseRange(text)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "intervall, interval",
    "Interval, interval",
    "tiemout, timeout",
    "min-version, min_version",
    "zzz, ''",
    "'', ''"
  })
  void namesTheNearestWord(String written, String nearest) {
    List<String> known = List.of("interval", "timeout", "min_version", "from");
    assertThat(Nearest.of(written, known).orElse("")).isEqualTo(nearest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ok",
        "a{1000}",
        "(a{10}){100}",
        "[{}]{5}",
        "\\Q(a{1000}){1000}\\E",
        "a\\{1000}{2}",
        "[[:alpha:]]+",
        "[]{1000}]{3}",
        "x{,5}",
        "(?i)maintenance"
      })
  void compilesHarmlessPatterns(String regex) {
    assertThat(RegexText.compile(regex)).isInstanceOf(RegexText.Compiled.Good.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a{100}){11}",
        "((a{10}){10}){11}",
        "((a{2}b{1000})c){2}",
        "(?:x(y{40}|z)){30}",
        "a{99999}",
        "(",
        "a{2,1}",
        "*a",
        "\\",
        "(?=a)",
        "a**b{1001}"
      })
  void refusesPatternsThatGrowOrAreNone(String regex) {
    assertThat(RegexText.compile(regex)).isInstanceOf(RegexText.Compiled.Bad.class);
  }

  @Test
  void refusesLongPatterns() {
    assertThat(RegexText.compile("a".repeat(513))).isInstanceOf(RegexText.Compiled.Bad.class);
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "EXAMPLE.com., example.com",
    "münchen.de, xn--mnchen-3ya.de",
    "127.0.0.1, 127.0.0.1",
    "[2001:DB8::0:1], 2001:db8::1",
    "[::], ::",
    "[1:0:0:2:0:0:0:3], 1:0:0:2::3",
    "my_service, my_service"
  })
  void readsHosts(String text, String host) {
    assertThat(HostText.parse(text)).contains(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        "-a",
        "a-",
        "256.1.1.1",
        "1.2.3",
        "0x7f000001",
        "1",
        "::1",
        "[::1",
        "[]",
        "[fe80::1%eth0]",
        "[1.2.3.4]",
        "a b",
        "a/b",
        "a@b",
        "example.123"
      })
  void refusesWhatIsNoHost(String text) {
    assertThat(HostText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, true",
    "2001:db8::/32, true",
    "0.0.0.0/0, true",
    "192.0.2.1/24, false",
    "192.0.2.0, false",
    "192.0.2.0/33, false",
    "2001:db8::1/64, false",
    "x/8, false"
  })
  void tellsNetworks(String text, boolean network) {
    assertThat(HostText.isPrefix(text)).isEqualTo(network);
  }
}
