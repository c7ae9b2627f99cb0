package parallax.coordinator.replay.scenario.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioProbe;
import parallax.coordinator.replay.scenario.ScenarioTarget;
import parallax.coordinator.replay.scenario.Selector;

/** Selectors of probes and targets; every value must be one that some probe or target has. */
final class SelectorReader {
  private static final String EXCEPT = "except";

  private SelectorReader() {}

  static Kind<Selector<ScenarioProbe>> probes(Cast cast) {
    Map<String, Function<ScenarioProbe, Optional<String>>> keys = new LinkedHashMap<>();
    keys.put("probes", probe -> Optional.of(probe.id()));
    keys.put("regions", probe -> Optional.of(probe.region()));
    keys.put("countries", probe -> Optional.of(probe.country()));
    keys.put("asns", probe -> Optional.of(Long.toString(probe.asn())));
    keys.put("resolvers", probe -> Optional.of(probe.resolver()));
    return selector("must be what a probe of this scenario has", keys, cast.probes());
  }

  static Kind<Selector<ScenarioTarget>> targets(Cast cast) {
    Map<String, Function<ScenarioTarget, Optional<String>>> keys = new LinkedHashMap<>();
    keys.put("ids", target -> Optional.of(target.id()));
    keys.put("tlds", target -> Optional.of(target.tld()));
    keys.put("registries", target -> Optional.of(target.registry()));
    keys.put("registrars", target -> Optional.of(target.registrar()));
    keys.put("operators", target -> Optional.of(target.operator()));
    keys.put("dns_providers", target -> Optional.of(target.dns().provider()));
    keys.put("dns_asns", target -> Optional.of(Long.toString(target.dns().asn())));
    keys.put("web_asns", target -> Optional.of(Long.toString(target.web().asn())));
    keys.put("cdns", target -> target.web().cdn());
    keys.put("clouds", target -> target.web().cloud());
    keys.put("cloud_regions", target -> target.web().region());
    keys.put("cas", target -> Optional.of(target.ca()));
    return selector("must be what a target of this scenario has", keys, cast.targets());
  }

  private static <T> Kind<Selector<T>> selector(
      String must, Map<String, Function<T, Optional<String>>> keys, Optional<List<T>> all) {
    List<Attribute<T>> attributes = new ArrayList<>();
    keys.forEach(
        (key, attribute) -> {
          Kind<List<String>> values =
              ScenarioKinds.known(
                  must, all.map(some -> Cast.values(some, attribute)), Scenario.MAX_TARGETS);
          attributes.add(new Attribute<>(Field.optional(key, values, "One of these."), attribute));
        });
    Field<Selector<T>> except =
        Field.optional(
            EXCEPT,
            Kinds.fields(
                shape(attributes, List.of()),
                (values, _, _) -> Optional.of(read(values, attributes, Optional.empty()))),
            "What is not selected.");
    return Kinds.fields(
        shape(attributes, List.of(except)),
        (values, _, _) -> Optional.of(read(values, attributes, values.get(except))));
  }

  private record Attribute<T>(Field<List<String>> field, Function<T, Optional<String>> attribute) {}

  private static <T> Shape shape(List<Attribute<T>> attributes, List<Field<?>> more) {
    List<Field<?>> fields = new ArrayList<>();
    attributes.forEach(attribute -> fields.add(attribute.field()));
    fields.addAll(more);
    return new Shape("selector", "What is selected; left out: all.", fields, List.of());
  }

  private static <T> Selector<T> read(
      Values values, List<Attribute<T>> attributes, Optional<Selector<T>> except) {
    List<Selector.Term<T>> terms = new ArrayList<>();
    for (Attribute<T> attribute : attributes) {
      values
          .get(attribute.field())
          .ifPresent(wanted -> terms.add(new Selector.Term<>(attribute.attribute(), wanted)));
    }
    return new Selector<>(terms, except);
  }
}
