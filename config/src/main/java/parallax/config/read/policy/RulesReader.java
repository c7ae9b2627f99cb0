package parallax.config.read.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.DecisionRules;

/** What stands under {@code rules}. */
public final class RulesReader {
  private static final int MAX_PERCENT = 8;

  private static final Field<Long> LOOKS =
      Field.optional(
          "looks",
          Kinds.wholeNumber(1, DecisionRules.MAX_LOOKS),
          "So many looks in a row change the opinion of a lone vantage. Left out: 3.");
  private static final Field<Double> SURE =
      Field.optional(
          "sure",
          Kinds.text(
                  "9[0-9](\\.[0-9]{1,3})?%",
                  MAX_PERCENT, "must be a percentage from 90% to 99.999%, such as 99.5%")
              .map(RulesReader::share),
          "How probable trouble has to be where vantages are weighed. Left out: 99.5%.");
  private static final Field<Duration> PUBLISH =
      Field.optional(
          "publish",
          wait(Duration.ZERO),
          "How long an incident waits at most before it is told. Left out: 25s.");
  private static final Field<Duration> HOLD =
      Field.optional(
          "hold",
          wait(Duration.ofSeconds(1)),
          "How long all has to be fine before an incident is over. Left out: 2m.");
  private static final Field<Duration> REOPEN =
      Field.optional(
          "reopen",
          wait(Duration.ofSeconds(1)),
          "Trouble that returns so soon belongs to the same incident. Left out: 10m.");

  public static final Kind<DecisionRules> KIND =
      Kinds.fields(
          Shape.of(
              "rules",
              "How sure Parallax has to be and how long it waits; try them with 'replay --rules'.",
              LOOKS,
              SURE,
              PUBLISH,
              HOLD,
              REOPEN),
          (values, _, _) -> Optional.of(rules(values)));

  private RulesReader() {}

  private static Kind<Duration> wait(Duration min) {
    return Kinds.duration(min, DecisionRules.MAX_WAIT);
  }

  private static double share(String percent) {
    return new BigDecimal(percent.substring(0, percent.length() - 1))
        .movePointLeft(2)
        .doubleValue();
  }

  private static DecisionRules rules(Values values) {
    DecisionRules usual = DecisionRules.USUAL;
    return new DecisionRules(
        values.get(LOOKS).map(Long::intValue).orElse(usual.looks()),
        values.get(SURE).orElse(usual.sure()),
        values.get(PUBLISH).orElse(usual.publish()),
        values.get(HOLD).orElse(usual.hold()),
        values.get(REOPEN).orElse(usual.reopen()));
  }
}
