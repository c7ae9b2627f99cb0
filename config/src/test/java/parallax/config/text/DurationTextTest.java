package parallax.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  private static final int ROUNDS = 20_000;
  private static final long CENTURY_MILLIS = Duration.ofDays(36_500).toMillis();

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "1h30m, PT1H30M",
    "21d, PT504H",
    "1w, PT168H",
    "1y, PT8760H",
    "1d12h, PT36H",
    "90m, PT90M",
    "0s, PT0S",
    "1y2w3d4h5m6s7ms, PT9172H5M6.007S"
  })
  void readsWhatPrometheusReads(String text, Duration expected) {
    assertThat(DurationText.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "s",
        "-5s",
        "1.5s",
        "1s1h",
        "1h1h",
        "30 s",
        "30S",
        "1m ",
        "1m\n",
        "1M",
        "∞",
        "1000000000s",
        "999999999y"
      })
  void refusesEverythingElse(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PT24H, 1d", "PT25H, 25h", "PT504H, 3w", "PT8760H, 1y", "PT90S, 1m30s", "PT0S, 0s"})
  void writesTheWayPrometheusDoes(Duration duration, String expected) {
    assertThat(DurationText.format(duration)).isEqualTo(expected);
  }

  @Test
  void readsWhatItWrites() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int round = 0; round < ROUNDS; round++) {
      long unit = new long[] {1, 1_000, 60_000, 3_600_000, 86_400_000}[random.nextInt(5)];
      Duration duration = Duration.ofMillis(random.nextLong(CENTURY_MILLIS / unit) * unit);
      assertThat(DurationText.parse(DurationText.format(duration))).contains(duration);
    }
  }
}
