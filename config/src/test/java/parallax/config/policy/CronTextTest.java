package parallax.config.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTextTest {
  /** The same times, written in full. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          0 2 * * 2                     ; 0 2 1-31 1-12 2
          */20 * * * *                  ; 0,20,40 * * * *
          0-30/10 0,12 1 jan-mar *      ; 0,10,20,30 0,12 1 1,2,3 *
          5/15 * * * *                  ; 5,20,35,50 * * * *
          0 0 * * MON-Fri               ; 0 0 * * 1,2,3,4,5
          0 0 * * 7                     ; 0 0 * * sun
          0 0 * * 5-7                   ; 0 0 * * 0,5,6
          0 0 * * */7                   ; 0 0 * * */7
          ' 59  23 31 12 6 '            ; 59 23 31 DEC sat
          """)
  void readsListsRangesStepsAndNames(String text, String inFull) {
    Cron full = read(inFull);
    Cron read = read(text);
    assertThat(read.minutes()).isEqualTo(full.minutes());
    assertThat(read.hours()).isEqualTo(full.hours());
    assertThat(read.days()).isEqualTo(full.days());
    assertThat(read.months()).isEqualTo(full.months());
    assertThat(read.weekdays()).isEqualTo(full.weekdays());
  }

  @Test
  void bitsStandForNumbers() {
    assertThat(read("0,59 23 1,31 12 7"))
        .isEqualTo(new Cron(1L | 1L << 59, 1L << 23, 1L << 1 | 1L << 31, 1L << 12, 1, true));
  }

  @ParameterizedTest
  @CsvSource({"1 1, true", "1 *, false", "* 1, false", "*/2 1, false", "1 */2, false"})
  void aDayMayBeNamedEitherWayWhenNeitherFieldStartsWithAStar(String days, boolean either) {
    String[] fields = days.split(" ");
    assertThat(read("0 0 " + fields[0] + " * " + fields[1]).eitherDay()).isEqualTo(either);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 5 fields",
    "* * * *, 5 fields",
    "* * * * * *, 5 fields",
    "60 * * * *, minute",
    "* 24 * * *, hour",
    "* * 0 * *, day of month",
    "* * * 13 *, month",
    "* * * * 8, day of week",
    "5-1 * * * *, minute",
    "*/0 * * * *, minute",
    "*/60 * * * *, minute",
    "'1,, * * * *', minute",
    "@daily, 5 fields",
    "* * * mon *, month"
  })
  void saysWhatIsWrong(String text, String fragment) {
    assertThat(CronText.parse(text))
        .isInstanceOfSatisfying(
            CronText.Invalid.class, bad -> assertThat(bad.problem()).contains(fragment));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*-5", "5-", "-5", "1-2-3", "/5", "*/", "5//5", "0x5", "٣", "1 ,2"})
  void refusesWhatOnlyLooksLikeAnItem(String minutes) {
    assertThat(CronText.parse(minutes + " * * * *")).isInstanceOf(CronText.Invalid.class);
  }

  @Test
  void showsABoundedPartOfWhatIsWrong() {
    assertThat(CronText.parse("9".repeat(200) + " * * * *"))
        .isInstanceOfSatisfying(
            CronText.Invalid.class,
            bad -> assertThat(bad.problem()).endsWith("found '" + "9".repeat(20) + "…'"));
  }

  private static Cron read(String text) {
    return ((CronText.Valid) CronText.parse(text)).cron();
  }
}
