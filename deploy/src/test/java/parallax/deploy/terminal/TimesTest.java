package parallax.deploy.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "420000,          0.42 ms",
    "9994000,         9.99 ms",
    "9996000,         10.0 ms",
    "17340000,        17.3 ms",
    "99960000,        100 ms",
    "999400000,       999 ms",
    "999600000,       1.00 s",
    "61500000000,     61.50 s"
  })
  void threeDigitsMatter(long nanos, String words) {
    assertThat(Times.precise(Duration.ofNanos(nanos))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"PT0S,0 seconds", "PT1S,1 second", "PT90M,1 hour", "P1D,1 day", "P23DT5H,23 days"})
  void theLargestUnitIsEnough(Duration time, String words) {
    assertThat(Times.rough(time)).isEqualTo(words);
  }

  @Test
  void coloursAreForTerminalsThatWantThem() {
    assertThat(Style.forTerminal(true, Map.of())).isEqualTo(Style.COLOURED);
    assertThat(Style.forTerminal(false, Map.of())).isEqualTo(Style.PLAIN);
    assertThat(Style.forTerminal(true, Map.of("NO_COLOR", "1"))).isEqualTo(Style.PLAIN);
    assertThat(Style.forTerminal(true, Map.of("TERM", "dumb"))).isEqualTo(Style.PLAIN);
    assertThat(Style.COLOURED.bad("no")).isEqualTo("\u001b[1;31mno\u001b[0m");
    assertThat(Style.PLAIN.bad("no")).isEqualTo("no");
  }
}
