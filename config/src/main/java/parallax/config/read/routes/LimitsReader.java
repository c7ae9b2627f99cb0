package parallax.config.read.routes;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.routes.RouteLimits;
import parallax.config.yaml.Yaml;

/** {@code bgp: limits:}. */
final class LimitsReader {
  private static final int MAX_PERCENT = 8;
  private static final int MAX_VOTERS = 10_000;
  private static final int MAX_COLLECTORS = 1_000;
  private static final Duration MAX_WAIT = Duration.ofDays(1);
  private static final Duration MAX_LEARNING = Duration.ofDays(90);
  private static final Duration MIN_SILENCE = Duration.ofSeconds(10);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final Field<Double> VISIBLE =
      Field.optional(
          "visible", share(), "This share of the voters and more is fine. Left out: 90%.");
  private static final Field<Double> WITHDRAWN =
      Field.optional("withdrawn", share(), "This share and less is withdrawn. Left out: 10%.");
  private static final Field<Duration> PARTIAL_FOR =
      Field.optional(
          "partial_for",
          wait(SECOND),
          "How long it is seen by a part before that is said. Left out: 2m.");
  private static final Field<Duration> WITHDRAWN_FOR =
      Field.optional(
          "withdrawn_for",
          wait(SECOND),
          "How long it is withdrawn before that is said. Left out: 1m.");
  private static final Field<Duration> RESTORED_FOR =
      Field.optional(
          "restored_for",
          wait(SECOND),
          "How long it is visible again before that is said. Left out: 3m.");
  private static final Field<Long> MIN_VOTERS =
      Field.optional(
          "min_voters",
          Kinds.wholeNumber(1, MAX_VOTERS),
          "With fewer voters nothing is ever called withdrawn. Left out: 10.");
  private static final Field<Long> MIN_COLLECTORS =
      Field.optional(
          "min_collectors",
          Kinds.wholeNumber(1, MAX_COLLECTORS),
          "At so many collectors it must be missed. Left out: 2.");
  private static final Field<Long> START_VOTERS =
      Field.optional(
          "start_voters",
          Kinds.wholeNumber(1, MAX_VOTERS),
          "So many voters have to be known before anything is said. Left out: 20.");
  private static final Field<Duration> START_AFTER =
      Field.optional(
          "start_after", wait(SECOND), "Or so long it has to be listened. Left out: 8h.");
  private static final Field<Duration> SILENT =
      Field.optional(
          "silent",
          wait(MIN_SILENCE),
          "A source that says nothing for longer is not heard. Left out: 1m.");
  private static final Field<Long> ORIGIN_VOTERS =
      Field.optional(
          "origin_voters",
          Kinds.wholeNumber(1, MAX_VOTERS),
          "So many voters must have it from another origin. Left out: 3.");
  private static final Field<Long> ORIGIN_COLLECTORS =
      Field.optional(
          "origin_collectors",
          Kinds.wholeNumber(1, MAX_COLLECTORS),
          "At so many collectors. Left out: 2.");
  private static final Field<Duration> LEARN_AFTER =
      Field.optional(
          "learn_after",
          Kinds.duration(SECOND, MAX_LEARNING),
          "An origin that was there for so long is normal. Left out: 7d.");

  static final Kind<RouteLimits> KIND =
      Kinds.fields(
          Shape.of(
              "bgp limits",
              "When what is seen becomes a verdict.",
              VISIBLE,
              WITHDRAWN,
              PARTIAL_FOR,
              WITHDRAWN_FOR,
              RESTORED_FOR,
              MIN_VOTERS,
              MIN_COLLECTORS,
              START_VOTERS,
              START_AFTER,
              SILENT,
              ORIGIN_VOTERS,
              ORIGIN_COLLECTORS,
              LEARN_AFTER),
          (values, node, reading) -> {
            RouteLimits limits = limits(values);
            return limits.withdrawn() < limits.visible()
                ? Optional.of(limits)
                : refused(node, values, reading);
          });

  private LimitsReader() {}

  private static Optional<RouteLimits> refused(Yaml node, Values values, Reading reading) {
    String key = values.has(WITHDRAWN.key()) ? WITHDRAWN.key() : VISIBLE.key();
    return reading.refuse(
        values.has(key) ? values.placeOf(key) : node.place(),
        "calls the same share visible and withdrawn: 'withdrawn' must be less than 'visible'");
  }

  private static Kind<Double> share() {
    return Kinds.text(
            "[1-9][0-9]?(\\.[0-9]{1,3})?%",
            MAX_PERCENT, "must be a percentage from 1% to 99.999%, such as 90%")
        .map(
            percent ->
                new BigDecimal(percent.substring(0, percent.length() - 1))
                    .movePointLeft(2)
                    .doubleValue());
  }

  private static Kind<Duration> wait(Duration min) {
    return Kinds.duration(min, MAX_WAIT);
  }

  private static RouteLimits limits(Values values) {
    RouteLimits usual = RouteLimits.USUAL;
    return new RouteLimits(
        values.get(VISIBLE).orElse(usual.visible()),
        values.get(WITHDRAWN).orElse(usual.withdrawn()),
        values.get(PARTIAL_FOR).orElse(usual.partialFor()),
        values.get(WITHDRAWN_FOR).orElse(usual.withdrawnFor()),
        values.get(RESTORED_FOR).orElse(usual.restoredFor()),
        number(values, MIN_VOTERS, usual.minVoters()),
        number(values, MIN_COLLECTORS, usual.minCollectors()),
        new RouteLimits.Start(
            number(values, START_VOTERS, usual.start().voters()),
            values.get(START_AFTER).orElse(usual.start().after())),
        values.get(SILENT).orElse(usual.silent()),
        new RouteLimits.Origins(
            number(values, ORIGIN_VOTERS, usual.origin().voters()),
            number(values, ORIGIN_COLLECTORS, usual.origin().collectors()),
            values.get(LEARN_AFTER).orElse(usual.origin().learnAfter())));
  }

  private static int number(Values values, Field<Long> field, int usual) {
    return values.get(field).map(Long::intValue).orElse(usual);
  }
}
