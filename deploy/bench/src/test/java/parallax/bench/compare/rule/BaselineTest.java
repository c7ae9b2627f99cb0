package parallax.bench.compare.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.bench.compare.run.Vantages;

/** Each rule on streams short enough to be followed by hand. Probes 0 and 1 share a region. */
final class BaselineTest {
  private static final Vantages TWELVE = Vantages.perRegion(2);

  private final List<Integer> asked = new ArrayList<>();

  /** A stream names probes in order; a minus before one says that it failed. */
  @ParameterizedTest(name = "{0}: {1} gives {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ANY_FAILURE    | +0 +1 -2 +3 -4 +2 +4                  | ..DDDD.
          THREE_IN_A_ROW | -0 -0 +0 -0 -0 -0 +0                  | .....D.
          THREE_IN_A_ROW | -0 -1 -2 -3 -0 -1                     | ......
          TWO_REGIONS    | -0 -1 -2 +0 +1                        | ..DD.
          THREE_REGIONS  | -0 -1 -2 -3 -4 +5 +4                  | ....DD.
          THREE_PLACES   | -0 -1 -2 +1                           | ..D.
          MAJORITY       | -0 -1 -2 -3 -4 -5 -6 +0               | ......D.
          MAJORITY_TWICE | -0 -0 -1 -1 -2 -2 -3 -3 -4 -4 -5 -5 -6 -6 +6 | .............D.
          SPRT           | -0 -1 -2 +3 +4                        | ..DD.
          SPRT           | -0 -1 +2 +3 +4 +5 +6 -7 -8 -9         | .........D
          """)
  void decides(Baseline baseline, String stream, String down) {
    assertThat(decisions(baseline.begin(TWELVE), stream)).isEqualTo(down);
    assertThat(asked).isEmpty();
  }

  @Test
  void route53NeedsAllButTwoOfTwelveThreeTimesEach() {
    Rule rule = Baseline.ROUTE_53.begin(TWELVE);
    assertThat(decisions(rule, "-0 -1 -2 -3 -4 -5 -6 -7 -8 -9 ".repeat(3))).endsWith(".D");
    assertThat(decisions(rule, "+0 +0 +0")).isEqualTo("DD.");
  }

  @Test
  void aSecondOpinionComesFromAnotherRegionAndCounts() {
    Rule rule = Baseline.SECOND_OPINION.begin(TWELVE);
    assertThat(decisions(rule, "-0")).isEqualTo(".");
    assertThat(asked).containsExactly(2);
    assertThat(rule.seen(2, false, true, asked::add)).isFalse();
    assertThat(decisions(rule, "-11")).isEqualTo(".");
    assertThat(asked).containsExactly(2, 0);
    assertThat(rule.seen(0, true, true, asked::add)).isTrue();
  }

  @Test
  void aRecoveryIsConfirmedAsWell() {
    Rule rule = Baseline.SECOND_OPINION.begin(TWELVE);
    rule.seen(2, true, true, asked::add);
    assertThat(decisions(rule, "-3 +3")).isEqualTo("DD");
    assertThat(asked).containsExactly(4);
    assertThat(rule.seen(4, false, true, asked::add)).isFalse();
  }

  private String decisions(Rule rule, String stream) {
    StringBuilder decisions = new StringBuilder();
    for (String look : stream.strip().split(" ")) {
      boolean failed = look.startsWith("-");
      int probe = Integer.parseInt(look.substring(1));
      decisions.append(rule.seen(probe, failed, false, asked::add) ? 'D' : '.');
    }
    return decisions.toString();
  }
}
