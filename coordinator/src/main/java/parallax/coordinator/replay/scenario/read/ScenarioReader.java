package parallax.coordinator.replay.scenario.read;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.problem.Problems;
import parallax.config.secret.SecretSource;
import parallax.config.yaml.Yaml;
import parallax.config.yaml.YamlParser;
import parallax.coordinator.replay.scenario.Expectations;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.Scenario.Nature;
import parallax.coordinator.replay.scenario.ScenarioEvent;
import parallax.coordinator.replay.scenario.ScenarioProbe;
import parallax.coordinator.replay.scenario.ScenarioTarget;
import parallax.coordinator.replay.scenario.Schedule;
import parallax.coordinator.replay.scenario.Seeds;

/** Reads a scenario. */
public final class ScenarioReader {
  private static final long MAX_TIMEOUT_MS = 300_000;
  private static final long DEFAULT_TIMEOUT_MS = 10_000;
  private static final long MIN_INTERVAL_MS = 1_000;

  private static final Field<String> SCHEMA =
      Field.required(
          "schema",
          ScenarioKinds.name()
              .then(
                  (text, node, reading) ->
                      text.equals(Scenario.SCHEMA)
                          ? Optional.of(text)
                          : reading.wrong(node, "must be " + Scenario.SCHEMA)),
          "The version of this language.");
  private static final Field<String> ID = Field.required("id", ScenarioKinds.name(), "Its name.");
  private static final Field<String> TITLE =
      Field.required("title", Kinds.written(Kinds.MAX_TEXT), "In words.");
  private static final Field<Nature> CLASS =
      Field.required(
          "class", ScenarioKinds.constant(List.of(Nature.values()), true), "incident or negative.");
  private static final Field<String> BASED_ON =
      Field.required("based_on", Kinds.written(Kinds.MAX_TEXT), "What it models, in words.");
  private static final Field<Instant> ORIGIN =
      Field.optional(
          "origin",
          ScenarioKinds.name()
              .then(
                  (text, node, reading) ->
                      instant(text)
                          .or(() -> reading.wrong(node, "must be as 2021-10-04T15:30:00Z"))),
          "The time of the start.");
  private static final Field<List<String>> COVERS =
      Field.optional("covers", ScenarioKinds.names(ScenarioKinds.MAX_VALUES), "Tags.");
  private static final Field<Long> SEED = Field.required("seed", seed(), "Feeds every draw.");
  private static final Field<Long> DURATION =
      Field.required(
          "duration_s", ScenarioKinds.seconds(1_000, Scenario.MAX_DURATION_MS), "Its length.");
  private static final Field<Double> NOISE =
      Field.optional("noise", ScenarioKinds.probability(), "Left out: 0.");
  private static final Field<Long> TIMEOUT =
      Field.optional("timeout_s", ScenarioKinds.seconds(1, MAX_TIMEOUT_MS), "Left out: 10.");
  private static final Field<Long> WEB = interval("web");
  private static final Field<Long> DNS_AUTH = interval("dns_auth");
  private static final Field<Long> DELEGATION = interval("delegation");
  private static final Field<Long> REGISTRATION = interval("registration");
  private static final Field<Long> BGP = interval("bgp");
  private static final Field<Schedule> SCHEDULE =
      Field.optional(
          "schedule",
          Kinds.fields(
              Shape.of("schedule", "Seconds.", WEB, DNS_AUTH, DELEGATION, REGISTRATION, BGP),
              (values, _, _) -> Optional.of(schedule(values))),
          "Seconds between checks.");
  private static final Field<List<ScenarioProbe>> PROBES =
      Field.required("probes", CastReader.PROBES, "Who looks.");
  private static final Field<List<ScenarioTarget>> TARGETS =
      Field.required("targets", CastReader.TARGETS, "What should be up.");
  private static final Field<Yaml> EVENTS =
      Field.required("events", Kinds.raw(new Form.AnyScalar()), "What happens.");
  private static final Field<Yaml> EXPECT =
      Field.required("expect", Kinds.raw(new Form.AnyScalar()), "What must be concluded.");

  private static final Shape SHAPE =
      Shape.of(
          "scenario",
          "A labelled world.",
          SCHEMA,
          ID,
          TITLE,
          CLASS,
          BASED_ON,
          ORIGIN,
          COVERS,
          SEED,
          DURATION,
          NOISE,
          TIMEOUT,
          SCHEDULE,
          PROBES,
          TARGETS,
          EVENTS,
          EXPECT);

  private ScenarioReader() {}

  /**
   * The scenario in {@code bytes}.
   *
   * @param problems of this file only; empty is returned when they hold errors
   */
  public static Optional<Scenario> read(Path file, ByteBuffer bytes, Problems problems) {
    Reading reading = new Reading(problems, SecretSource.unresolved(), new TreeSet<>(), "scenario");
    return YamlParser.parse(file, bytes, problems)
        .flatMap(document -> SHAPE.read(document, reading))
        .flatMap(values -> scenario(file, values, reading))
        .filter(_ -> !problems.hasErrors());
  }

  private static Optional<Scenario> scenario(Path file, Values values, Reading reading) {
    Cast cast =
        new Cast(
            whole(values, PROBES),
            whole(values, TARGETS),
            values.get(DURATION).orElse(Scenario.MAX_DURATION_MS));
    Optional<List<ScenarioEvent>> events =
        values
            .get(EVENTS)
            .flatMap(node -> EventReader.events(cast).read(node, reading.of(EVENTS.key())));
    Optional<Expectations> expect =
        values
            .get(EXPECT)
            .flatMap(node -> ExpectReader.expectations(cast).read(node, reading.of(EXPECT.key())));
    if (reading.problems().hasErrors() || events.isEmpty() || expect.isEmpty()) {
      return Optional.empty();
    }
    Scenario scenario =
        new Scenario(
            values.get(ID).orElseThrow(),
            values.get(TITLE).orElseThrow(),
            values.get(CLASS).orElseThrow(),
            values.get(BASED_ON).orElseThrow(),
            values.get(ORIGIN),
            values.get(COVERS).orElse(List.of()),
            values.get(SEED).orElseThrow(),
            values.get(DURATION).orElseThrow(),
            values.get(NOISE).orElse(0.0),
            values.get(TIMEOUT).orElse(DEFAULT_TIMEOUT_MS),
            values.get(SCHEDULE).orElse(Schedule.DEFAULT),
            values.get(PROBES).orElseThrow(),
            values.get(TARGETS).orElseThrow(),
            events.get(),
            expect.get());
    return judged(file, scenario, values, reading);
  }

  /** A list, if none of its items is wrong. */
  private static <T> Optional<List<T>> whole(Values values, Field<List<T>> field) {
    return values
        .get(field)
        .filter(
            read ->
                values
                    .node()
                    .entry(field.key())
                    .filter(
                        entry ->
                            entry.value() instanceof Yaml.Sequence written
                                && written.items().size() == read.size())
                    .isPresent());
  }

  private static Optional<Scenario> judged(
      Path file, Scenario scenario, Values values, Reading reading) {
    if (scenario.expectedChecks() > Scenario.MAX_CHECKS) {
      return reading
          .of(DURATION.key())
          .refuse(
              values.placeOf(DURATION.key()),
              "is too long for so many probes and targets: more than "
                  + Scenario.MAX_CHECKS
                  + " checks");
    }
    if (!file.endsWith(scenario.id() + ".yaml")) {
      reading
          .problems()
          .warning(values.placeOf(ID.key()), "the file should be named " + scenario.id() + ".yaml");
    }
    return Optional.of(scenario);
  }

  private static Field<Long> interval(String key) {
    return Field.optional(
        key,
        ScenarioKinds.seconds(MIN_INTERVAL_MS, Scenario.MAX_DURATION_MS),
        "Seconds between two.");
  }

  private static Schedule schedule(Values values) {
    return new Schedule(
        values.get(WEB).orElse(Schedule.DEFAULT.webMs()),
        values.get(DNS_AUTH).orElse(Schedule.DEFAULT.dnsAuthMs()),
        values.get(DELEGATION).orElse(Schedule.DEFAULT.delegationMs()),
        values.get(REGISTRATION).orElse(Schedule.DEFAULT.registrationMs()),
        values.get(BGP).orElse(Schedule.DEFAULT.bgpMs()));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Kind<Long> seed() {
    return new Kind<>(
        new Form.AnyScalar(),
        (node, reading) ->
            node instanceof Yaml.Scalar scalar
                    && scalar.type() == Yaml.Type.WHOLE_NUMBER
                    && Seeds.parse(scalar.text()).isPresent()
                ? Seeds.parse(scalar.text())
                : reading.wrong(node, "must be a whole number from 0 to 2^64 - 1"));
  }
}
