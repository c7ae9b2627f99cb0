package parallax.coordinator.replay.scenario.read;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.observation.Layer;
import parallax.config.yaml.Yaml;
import parallax.coordinator.core.incident.Incident.Subject;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.replay.scenario.Expectations;
import parallax.coordinator.replay.scenario.ExpectedIncident;
import parallax.coordinator.replay.scenario.Scenario;

/** What is {@code expect}ed. */
final class ExpectReader {
  /** The most expectations of a kind, and the highest count that can be expected. */
  static final int MAX = 1_000;

  private static final String ALL = "all";

  private static final Field<String> NAME =
      Field.required("name", ScenarioKinds.name(), "For the report.");
  private static final Kind<Subject> SUBJECT_WORD =
      ScenarioKinds.constant(List.of(Subject.values()), true);
  private static final Field<Subject> SUBJECT =
      Field.required("subject", SUBJECT_WORD, "service or vantage.");
  private static final Field<Subject> ALLOWED_SUBJECT =
      Field.optional("subject", SUBJECT_WORD, "Left out: service.");
  private static final Field<List<Scope>> SCOPE =
      Field.optional(
          "scope",
          Kinds.oneOrMany(
              ScenarioKinds.constant(
                  List.of(
                      Scope.GLOBAL,
                      Scope.REGIONAL,
                      Scope.NETWORK,
                      Scope.PARTIAL,
                      Scope.PROBE_LOCAL),
                  false),
              ScenarioKinds.MAX_VALUES),
          "Accepted labels.");
  private static final Field<List<String>> CULPRIT =
      Field.optional("culprit", Kinds.oneOrMany(culprit(), ScenarioKinds.MAX_VALUES), "Accepted.");
  private static final Field<List<Layer>> LAYER =
      Field.optional(
          "layer",
          Kinds.oneOrMany(
              ScenarioKinds.constant(List.of(Layer.values()), true), ScenarioKinds.MAX_VALUES),
          "Accepted.");
  private static final Field<Cause> CAUSE =
      Field.optional(
          "cause",
          Kinds.fields(
              Shape.of("scenario cause", "What broke first.", LAYER, CULPRIT),
              (values, _, _) ->
                  Optional.of(
                      new Cause(
                          values.get(LAYER).orElse(List.of()),
                          values.get(CULPRIT).orElse(List.of())))),
          "What broke first.");
  private static final Field<List<String>> REGIONS =
      Field.optional("regions", ScenarioKinds.names(Scenario.MAX_PROBES), "To be named.");
  private static final Field<Long> ONSET =
      Field.required("onset_s", ScenarioKinds.moment(), "When it begins.");
  private static final Field<Long> UNTIL =
      Field.optional("until_s", ScenarioKinds.moment(), "Published until then.");
  private static final Field<Long> OPEN_WITHIN =
      Field.optional("open_within_s", ScenarioKinds.moment(), "Latest opening after the onset.");
  private static final Field<Long> CAUSE_WITHIN =
      Field.optional("cause_within_s", ScenarioKinds.moment(), "When scope and cause are judged.");
  private static final Field<Long> PAGES =
      Field.optional("pages", Kinds.wholeNumber(1, MAX), "Left out: 1.");
  private static final Field<Long> TOTAL_PAGES =
      Field.optional("pages", Kinds.wholeNumber(0, MAX), "At most.");
  private static final Field<Long> NOTICES =
      Field.optional("notices", Kinds.wholeNumber(0, MAX), "At most.");
  private static final Field<ExpectedIncident.End> RESOLVE =
      Field.optional("resolve_s", end(), "[a, b] or open.");
  private static final Field<List<TargetState>> STATE =
      Field.required(
          "state",
          Kinds.oneOrMany(
              ScenarioKinds.constant(List.of(TargetState.values()), false),
              ScenarioKinds.MAX_VALUES),
          "Accepted.");

  private final Cast cast;
  private final Field<List<String>> targets;
  private final Field<List<String>> mayInclude;
  private final Field<List<String>> someOrAll;
  private final Field<ScenarioKinds.Window> at;
  private final Field<ScenarioKinds.Window> throughout;

  private ExpectReader(Cast cast) {
    Kind<List<String>> ids =
        ScenarioKinds.known(
            "must be a target of this scenario", cast.targetIds(), Scenario.MAX_TARGETS);
    this.cast = cast;
    this.targets = Field.optional("targets", ids, "Those that are hit.");
    this.mayInclude = Field.optional("may_include", ids, "Further ones.");
    this.someOrAll =
        Field.optional(
            "targets",
            new Kind<>(
                ids.form(),
                (node, reading) ->
                    ScenarioKinds.isWord(node, ALL)
                        ? Optional.of(List.of())
                        : ids.read(node, reading)),
            "Left out: all.");
    this.at = Field.optional("at", ScenarioKinds.window(cast.endMs()), "Left out: always.");
    this.throughout =
        Field.required("throughout_s", ScenarioKinds.window(cast.endMs()), "All that time.");
  }

  private record Cause(List<Layer> layers, List<String> culprits) {
    static final Cause ANY = new Cause(List.of(), List.of());
  }

  static Kind<Expectations> expectations(Cast cast) {
    ExpectReader reader = new ExpectReader(cast);
    Field<List<ExpectedIncident>> incidents =
        Field.optional(
            "incidents",
            ScenarioKinds.unique(reader.incident(), "expectation", ExpectedIncident::name, 0, MAX),
            "Must be raised.");
    Field<List<Expectations.Allowed>> allow =
        Field.optional("allow", list("allowed", reader.allowed()), "May be raised.");
    Field<List<Expectations.Forbidden>> forbid =
        Field.optional("forbid", list("forbidden", reader.forbidden()), "May not be raised.");
    Field<List<Expectations.ExpectedState>> states =
        Field.optional("states", list("state", reader.state()), "Must be held.");
    Field<Totals> totals =
        Field.optional(
            "totals",
            Kinds.fields(
                Shape.of("scenario totals", "Upper limits.", TOTAL_PAGES, NOTICES),
                (values, _, _) ->
                    Optional.of(
                        new Totals(count(values.get(TOTAL_PAGES)), count(values.get(NOTICES))))),
            "Upper limits for the whole run.");
    return Kinds.fields(
        Shape.of("expect", "What must be concluded.", incidents, allow, forbid, states, totals),
        (values, _, _) -> {
          Totals most =
              values.get(totals).orElse(new Totals(OptionalInt.empty(), OptionalInt.empty()));
          return Optional.of(
              new Expectations(
                  values.get(incidents).orElse(List.of()),
                  values.get(allow).orElse(List.of()),
                  values.get(forbid).orElse(List.of()),
                  values.get(states).orElse(List.of()),
                  most.pages(),
                  most.notices()));
        });
  }

  private static <T> Kind<List<T>> list(String name, Kind<T> item) {
    return Kinds.listOf(ScenarioKinds.named(name, item), 0, MAX);
  }

  private record Totals(OptionalInt pages, OptionalInt notices) {}

  private Kind<ExpectedIncident> incident() {
    return Kinds.fields(
        Shape.of(
            "scenario incident",
            "Must be raised.",
            NAME,
            SUBJECT,
            targets,
            mayInclude,
            SCOPE,
            REGIONS,
            CAUSE,
            CULPRIT,
            ONSET,
            UNTIL,
            OPEN_WITHIN,
            CAUSE_WITHIN,
            PAGES,
            RESOLVE),
        this::incident);
  }

  private Optional<ExpectedIncident> incident(Values values, Yaml node, Reading reading) {
    if (!ScenarioKinds.hasAll(values, NAME, SUBJECT, ONSET)) {
      return Optional.empty();
    }
    Subject subject = values.get(SUBJECT).orElseThrow();
    refuseForeignKeys(subject, values, reading);
    long onset = values.get(ONSET).orElseThrow();
    long until = values.get(UNTIL).orElse(cast.endMs());
    if (until < onset) {
      return reading
          .of(UNTIL.key())
          .refuse(values.placeOf(UNTIL.key()), "must not be before 'onset_s'");
    }
    Cause cause = values.get(CAUSE).orElse(Cause.ANY);
    return Optional.of(
        new ExpectedIncident(
            values.get(NAME).orElseThrow(),
            subject,
            values.get(targets).orElse(List.of()),
            values.get(mayInclude).orElse(List.of()),
            values.get(SCOPE).orElse(List.of()),
            values.get(REGIONS).orElse(List.of()),
            cause.layers(),
            values.get(CULPRIT).orElse(cause.culprits()),
            onset,
            until,
            moment(values.get(OPEN_WITHIN)),
            moment(values.get(CAUSE_WITHIN)),
            values.get(PAGES).orElse(1L).intValue(),
            values.get(RESOLVE)));
  }

  /** Targets belong to services, culprits outside of a cause to our own side. */
  private void refuseForeignKeys(Subject subject, Values values, Reading reading) {
    switch (subject) {
      case SERVICE -> {
        require(values, targets, reading);
        refuse(values, CULPRIT, "belongs under 'cause'", reading);
      }
      case VANTAGE -> {
        require(values, CULPRIT, reading);
        for (Field<?> field : List.of(targets, mayInclude, SCOPE, REGIONS, CAUSE, PAGES)) {
          refuse(values, field, "says nothing about our own side", reading);
        }
      }
    }
  }

  private static void require(Values values, Field<?> field, Reading reading) {
    if (!values.has(field.key())) {
      reading.refuse(values.node().place(), "needs the key '" + field.key() + "'");
    }
  }

  private static void refuse(Values values, Field<?> field, String why, Reading reading) {
    if (values.has(field.key())) {
      reading.of(field.key()).refuse(values.placeOf(field.key()), why);
    }
  }

  private Kind<Expectations.Allowed> allowed() {
    return Kinds.fields(
        Shape.of("scenario allow", "May be raised.", ALLOWED_SUBJECT, someOrAll, SCOPE, CULPRIT),
        (values, _, reading) -> {
          Subject subject = values.get(ALLOWED_SUBJECT).orElse(Subject.SERVICE);
          if (subject == Subject.VANTAGE) {
            refuse(values, someOrAll, "says nothing about our own side", reading);
            refuse(values, SCOPE, "says nothing about our own side", reading);
          }
          return Optional.of(
              new Expectations.Allowed(
                  subject,
                  values.get(someOrAll).orElse(List.of()),
                  values.get(SCOPE).orElse(List.of()),
                  values.get(CULPRIT).orElse(List.of())));
        });
  }

  private Kind<Expectations.Forbidden> forbidden() {
    return Kinds.fields(
        Shape.of("scenario forbid", "May not be raised.", SCOPE, someOrAll, at),
        (values, _, reading) -> {
          require(values, SCOPE, reading);
          ScenarioKinds.Window window =
              values.get(at).orElse(new ScenarioKinds.Window(0, cast.endMs()));
          return Optional.of(
              new Expectations.Forbidden(
                  values.get(SCOPE).orElse(List.of()),
                  values.get(someOrAll).orElse(List.of()),
                  window.startMs(),
                  window.endMs()));
        });
  }

  private Kind<Expectations.ExpectedState> state() {
    return Kinds.fields(
        Shape.of("scenario state", "Must be held.", targets, STATE, throughout),
        (values, _, reading) -> {
          require(values, targets, reading);
          if (!ScenarioKinds.hasAll(values, targets, STATE, throughout)) {
            return Optional.empty();
          }
          ScenarioKinds.Window window = values.get(throughout).orElseThrow();
          return Optional.of(
              new Expectations.ExpectedState(
                  values.get(targets).orElseThrow(),
                  values.get(STATE).orElseThrow(),
                  window.startMs(),
                  window.endMs()));
        });
  }

  private static Kind<String> culprit() {
    return Kinds.text(
        "monitoring|(registry|registrar|tld|asn|prefix|dns|cdn|cloud|ca|operator|target|probe"
            + "|region|network|resolver):[^\\s]+",
        ScenarioKinds.MAX_NAME,
        "must be the name of a culprit such as cdn:fastly, probe:p01 or monitoring");
  }

  private static Kind<ExpectedIncident.End> end() {
    Kind<ScenarioKinds.Window> window = ScenarioKinds.window(Scenario.MAX_DURATION_MS);
    return new Kind<>(
        new Form.AnyScalar(),
        (node, reading) ->
            ScenarioKinds.isWord(node, "open")
                ? Optional.of(new ExpectedIncident.End.StillOpen())
                : window
                    .read(node, reading)
                    .map(w -> new ExpectedIncident.End.Within(w.startMs(), w.endMs())));
  }

  private static OptionalLong moment(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static OptionalInt count(Optional<Long> value) {
    return value.map(count -> OptionalInt.of(count.intValue())).orElse(OptionalInt.empty());
  }
}
