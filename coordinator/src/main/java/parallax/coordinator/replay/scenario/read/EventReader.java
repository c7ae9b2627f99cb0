package parallax.coordinator.replay.scenario.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
import parallax.coordinator.replay.scenario.Change;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioEvent;
import parallax.coordinator.replay.scenario.ScenarioProbe;
import parallax.coordinator.replay.scenario.ScenarioTarget;
import parallax.coordinator.replay.scenario.Selector;
import parallax.coordinator.replay.scenario.Token;

/** The {@code events}. */
final class EventReader {
  private static final long MAX_CLOCK_OFFSET_MS = 10L * 365 * 24 * 3_600_000;

  private static final Field<String> NOTE =
      Field.optional("note", Kinds.written(Kinds.MAX_TEXT), "Free text.");
  private static final Field<List<Double>> PROBABILITY =
      Field.optional(
          "p",
          ScenarioKinds.oneOrTwo(ScenarioKinds.probability()),
          "The probability of 'see', or a ramp of it.");
  private static final Field<Boolean> STICKY =
      Field.optional("sticky", ScenarioKinds.yesOrNo(), "One draw for each probe and target.");
  private static final Field<Sights> SEE = Field.optional("see", sights(), "What checks see.");

  private static final Field<List<String>> PREFIXES =
      Field.required("prefixes", CastReader.prefixes(), "The routes.");
  private static final Field<Double> VISIBILITY =
      Field.optional(
          "visibility", ScenarioKinds.probability(), "The share of peers that have the route.");
  private static final Field<Long> ORIGIN =
      Field.optional("origin", CastReader.asn(), "Who announces it.");
  private static final Field<Change.Routes> BGP =
      Field.optional(
          "bgp",
          Kinds.fields(
              Shape.of("scenario bgp", "Routes.", PREFIXES, VISIBILITY, ORIGIN),
              (values, _, _) ->
                  values
                      .get(PREFIXES)
                      .map(
                          prefixes ->
                              new Change.Routes(
                                  prefixes,
                                  values
                                      .get(VISIBILITY)
                                      .map(OptionalDouble::of)
                                      .orElse(OptionalDouble.empty()),
                                  optional(values.get(ORIGIN))))),
          "What route collectors see.");

  private static final Field<Boolean> DROP =
      Field.optional("drop", ScenarioKinds.yes(), "Nothing arrives.");
  private static final Field<Long> HOLD =
      Field.optional("hold_until", ScenarioKinds.moment(), "Results wait until then.");
  private static final Field<List<Double>> DELAY =
      Field.optional(
          "delay_s",
          ScenarioKinds.oneOrTwo(
              ScenarioKinds.number(0, (double) Scenario.MAX_DURATION_MS / 1_000)),
          "On the way.");
  private static final Field<Long> DUPLICATE =
      Field.optional(
          "duplicate", Kinds.wholeNumber(0, Change.Delivery.MAX_DUPLICATES), "Further copies.");
  private static final Field<Change.Delivery> DELIVERY =
      Field.optional(
          "delivery",
          Kinds.fields(
              Shape.of("scenario delivery", "Messages.", DROP, HOLD, DELAY, DUPLICATE),
              EventReader::delivery),
          "What becomes of messages.");

  private static final Field<Double> OFFSET =
      Field.required(
          "offset_s",
          ScenarioKinds.number(-MAX_CLOCK_OFFSET_MS / 1e3, MAX_CLOCK_OFFSET_MS / 1e3),
          "Positive is ahead.");
  private static final Field<Change.Clock> CLOCK =
      Field.optional(
          "clock",
          Kinds.fields(
              Shape.of("scenario clock", "The probe's clock.", OFFSET),
              (values, _, _) -> values.get(OFFSET).map(x -> new Change.Clock(millis(x)))),
          "The probe's own clock is wrong.");

  private static final Field<Boolean> MAINTENANCE =
      Field.required("maintenance", ScenarioKinds.yes(), "Announced.");
  private static final Field<Change.Maintenance> DECLARE =
      Field.optional(
          "declare",
          Kinds.fields(
              Shape.of("scenario declare", "Declared before.", MAINTENANCE),
              (values, _, _) -> values.get(MAINTENANCE).map(_ -> new Change.Maintenance())),
          "Known from the start.");

  private final Field<ScenarioKinds.Window> at;
  private final Field<Selector<ScenarioProbe>> from;
  private final Field<Selector<ScenarioTarget>> targets;

  private EventReader(Cast cast) {
    this.at = Field.required("at", ScenarioKinds.window(cast.endMs()), "[from, until]");
    this.from = Field.optional("from", SelectorReader.probes(cast), "Left out: all.");
    this.targets = Field.optional("targets", SelectorReader.targets(cast), "Left out: all.");
  }

  /** What checks see, before it is known how often. */
  private record Sights(List<Token> tokens, OptionalLong latencyMs) {}

  static Kind<List<ScenarioEvent>> events(Cast cast) {
    EventReader reader = new EventReader(cast);
    Kind<ScenarioEvent> event =
        Kinds.fields(
            Shape.of(
                    "event",
                    "Something that happens.",
                    NOTE,
                    reader.at,
                    reader.from,
                    reader.targets,
                    SEE,
                    PROBABILITY,
                    STICKY,
                    BGP,
                    DELIVERY,
                    CLOCK,
                    DECLARE)
                .withExactlyOneOf("see", "bgp", "delivery", "clock", "declare"),
            (values, _, reading) -> reader.event(values, reading));
    return Kinds.listOf(ScenarioKinds.named("event", event), 0, Scenario.MAX_EVENTS)
        .map(EventReader::numbered);
  }

  /** A list leaves out items that are wrong, but then nothing is replayed. */
  private static List<ScenarioEvent> numbered(List<ScenarioEvent> events) {
    List<ScenarioEvent> numbered = new ArrayList<>();
    for (ScenarioEvent event : events) {
      numbered.add(
          new ScenarioEvent(
              numbered.size(),
              event.note(),
              event.startMs(),
              event.endMs(),
              event.from(),
              event.targets(),
              event.change()));
    }
    return numbered;
  }

  private Optional<ScenarioEvent> event(Values values, Reading reading) {
    refuseStrayKeys(values, reading);
    Optional<Change> change =
        see(values)
            .<Change>map(see -> see)
            .or(() -> values.get(BGP))
            .or(() -> values.get(DELIVERY))
            .or(() -> values.get(CLOCK))
            .or(() -> values.get(DECLARE));
    Optional<ScenarioKinds.Window> window = values.get(at);
    return change.isEmpty() || window.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ScenarioEvent(
                0,
                values.get(NOTE).orElse(""),
                window.get().startMs(),
                window.get().endMs(),
                values.get(from).orElse(Selector.all()),
                values.get(targets),
                change.get()));
  }

  /** Keys that would say nothing beside the others. */
  private void refuseStrayKeys(Values values, Reading reading) {
    if (!values.has(SEE.key())) {
      refuse(values, PROBABILITY, "says nothing without 'see'", reading);
    }
    if (!values.has(PROBABILITY.key())) {
      refuse(values, STICKY, "says nothing without 'p'", reading);
    }
    if (values.has(CLOCK.key()) || values.has(BGP.key())) {
      refuse(values, targets, "says nothing about clocks and routes", reading);
    }
    if (values.has(DECLARE.key()) || values.has(BGP.key())) {
      refuse(values, from, "says nothing about maintenance and routes", reading);
    }
  }

  private static void refuse(Values values, Field<?> field, String why, Reading reading) {
    if (values.has(field.key())) {
      reading.problems().error(values.placeOf(field.key()), "'" + field.key() + "' " + why);
    }
  }

  private static Optional<Change.See> see(Values values) {
    return values
        .get(SEE)
        .map(
            sights -> {
              List<Double> p = values.get(PROBABILITY).orElse(List.of(1.0));
              return new Change.See(
                  sights.tokens(),
                  sights.latencyMs(),
                  p.isEmpty() ? 1 : p.getFirst(),
                  p.isEmpty() ? 1 : p.getLast(),
                  values.get(STICKY).orElse(false));
            });
  }

  /** A token for each layer, and how long checks take. */
  private static Kind<Sights> sights() {
    List<Field<Token>> layers = new ArrayList<>();
    for (Layer layer : Token.layers()) {
      layers.add(Field.optional(layer.yamlName(), token(layer), "What is seen at this layer."));
    }
    Field<Long> latency =
        Field.optional(
            "latency_ms", Kinds.wholeNumber(0, Scenario.MAX_DURATION_MS), "More than 0.2 s.");
    List<Field<?>> fields = new ArrayList<>(layers);
    fields.add(latency);
    Shape shape = new Shape("see", "What checks see.", fields, List.of());
    return Kinds.fields(
        shape,
        (values, node, reading) -> {
          List<Token> tokens = new ArrayList<>();
          layers.forEach(layer -> values.get(layer).ifPresent(tokens::add));
          return values.node().entries().isEmpty()
              ? reading.refuse(node.place(), "must name at least one layer, or latency_ms")
              : Optional.of(new Sights(tokens, optional(values.get(latency))));
        });
  }

  private static Kind<Token> token(Layer layer) {
    String must = "must be one of " + String.join(", ", Token.wordsOf(layer));
    return new Kind<>(
        new Form.Written(ScenarioKinds.MAX_NAME),
        (node, reading) ->
            node instanceof Yaml.Scalar scalar && Token.of(layer, scalar.text()).isPresent()
                ? Token.of(layer, scalar.text())
                : reading.wrong(node, must));
  }

  private static Optional<Change.Delivery> delivery(Values values, Yaml node, Reading reading) {
    if (values.node().entries().isEmpty()) {
      return reading.refuse(node.place(), "must say drop, hold_until, delay_s or duplicate");
    }
    List<Double> delay = values.get(DELAY).filter(d -> !d.isEmpty()).orElse(List.of(0.0));
    if (delay.getLast() < delay.getFirst()) {
      return reading
          .of(DELAY.key())
          .refuse(values.placeOf(DELAY.key()), "must go from the shorter to the longer");
    }
    return Optional.of(
        new Change.Delivery(
            values.get(DROP).orElse(false),
            optional(values.get(HOLD)),
            millis(delay.getFirst()),
            millis(delay.getLast()),
            values.get(DUPLICATE).orElse(0L).intValue()));
  }

  private static OptionalLong optional(Optional<Long> value) {
    return value.map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  private static long millis(double seconds) {
    return Math.round(seconds * 1_000);
  }
}
