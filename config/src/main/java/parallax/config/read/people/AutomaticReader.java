package parallax.config.read.people;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.config.bind.Field;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.Route.Extent;
import parallax.config.policy.Severity;
import parallax.config.read.policy.PolicyKinds;
import parallax.config.runbook.Automatic;
import parallax.config.runbook.Automatic.Most;

/** What stands under {@code auto} of an action. */
final class AutomaticReader {
  private static final Field<List<Extent>> SCOPE =
      Field.optional(
          "scope",
          PolicyKinds.words(Extent.class),
          "For whom it is broken. Left out: for anybody.");
  private static final Field<List<Severity>> SEVERITY =
      Field.optional(
          "severity", PolicyKinds.words(Severity.class), "How bad it is. Left out: any.");
  private static final Field<Duration> FOR =
      Field.required(
          "for",
          Kinds.duration(Automatic.MIN_LASTING, Automatic.MAX_LASTING),
          "How long all of it has been so.");

  /** What must be so. */
  private record When(List<Extent> scopes, List<Severity> severities, Duration lasting) {}

  private static final Field<When> WHEN =
      Field.required(
          "when",
          Kinds.fields(
              Shape.of("when", "What must be so, and how long.", SCOPE, SEVERITY, FOR),
              (values, _, _) -> when(values)),
          "What must be so, and how long.");
  private static final Field<Duration> COOLDOWN =
      Field.optional(
          "cooldown",
          Kinds.duration(Automatic.MIN_COOLDOWN, Automatic.MAX_COOLDOWN),
          "How long it does not run by itself again, for whatever incident. Left out: 1h.");
  private static final Field<Long> RUNS =
      Field.required("runs", Kinds.wholeNumber(1, Most.MAX_RUNS), "So many runs.");
  private static final Field<Duration> IN =
      Field.required("in", Kinds.duration(Most.MIN_IN, Most.MAX_IN), "In any such time.");
  private static final Field<Most> AT_MOST =
      Field.optional(
          "at_most",
          Kinds.fields(
              Shape.of("runs at most", "A bound on runs.", RUNS, IN),
              (values, _, _) ->
                  values
                      .get(RUNS)
                      .flatMap(
                          runs -> values.get(IN).map(in -> new Most(Math.toIntExact(runs), in)))),
          "How often it runs by itself, for whatever incidents. Left out: 3 runs in 1d.");

  static final Field<Automatic> AUTO =
      Field.optional(
          "auto",
          Kinds.fields(
              Shape.of("auto", "When it is done without being asked.", WHEN, COOLDOWN, AT_MOST),
              (values, _, _) -> automatic(values)),
          "When it is done without being asked. Left out: never.");

  private AutomaticReader() {}

  private static Optional<When> when(Values values) {
    // Half of the conditions would be wider than what was meant.
    boolean wrong = values.isWrong(SCOPE) || values.isWrong(SEVERITY);
    return wrong
        ? Optional.empty()
        : values
            .get(FOR)
            .map(
                lasting ->
                    new When(
                        values.get(SCOPE).orElse(List.of()),
                        values.get(SEVERITY).orElse(List.of()),
                        lasting));
  }

  private static Optional<Automatic> automatic(Values values) {
    boolean wrong = values.isWrong(COOLDOWN) || values.isWrong(AT_MOST);
    return wrong
        ? Optional.empty()
        : values
            .get(WHEN)
            .map(
                when ->
                    new Automatic(
                        Set.copyOf(when.scopes()),
                        Set.copyOf(when.severities()),
                        when.lasting(),
                        values.get(COOLDOWN).orElse(Automatic.USUAL_COOLDOWN),
                        values.get(AT_MOST).orElse(Most.USUAL)));
  }
}
