package parallax.config.read.receiver;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kinds;
import parallax.config.bind.Located;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.policy.Receiver.Cap;
import parallax.config.policy.Receiver.Handling;
import parallax.config.policy.Receiver.Language;
import parallax.config.policy.Receiver.Substitute;
import parallax.config.read.policy.PolicyKinds;
import parallax.config.yaml.Yaml;

/** What every kind of receiver can say. */
final class HandlingReader {
  private static final int MAX_LETTERS = 10_000;
  private static final Duration MIN_IN = Duration.ofMinutes(1);
  private static final Duration MAX_IN = Duration.ofDays(1);
  private static final Duration MIN_AFTER = Duration.ofSeconds(10);
  private static final Duration MAX_AFTER = Duration.ofHours(1);

  private static final Field<Long> LETTERS =
      Field.required("letters", Kinds.wholeNumber(1, MAX_LETTERS), "So many letters.");
  private static final Field<Duration> IN =
      Field.required("in", Kinds.duration(MIN_IN, MAX_IN), "In any such time.");

  private static final Field<Cap> AT_MOST =
      Field.optional(
          "at_most",
          Kinds.fields(
              Shape.of("at_most", "A bound on letters.", LETTERS, IN),
              (values, _, _) ->
                  values
                      .get(LETTERS)
                      .flatMap(
                          letters ->
                              values.get(IN).map(in -> new Cap(Math.toIntExact(letters), in)))),
          "How many letters it gets. More are held, counted, and told when there is room; what ends"
              + " is always told. Left out: as many as there are.");

  private static final Field<String> TO =
      Field.required("to", PolicyKinds.name(), "The name of another receiver.");
  private static final Field<Duration> AFTER =
      Field.optional(
          "after",
          Kinds.duration(MIN_AFTER, MAX_AFTER),
          "How long nothing arrives before the other one is told. Left out: 45s.");

  private static final Field<Substitute> OTHERWISE =
      Field.optional(
          "otherwise",
          Kinds.fields(
              Shape.of("otherwise", "Who is told what does not arrive here.", TO, AFTER),
              (values, _, _) ->
                  values
                      .get(TO)
                      .map(
                          to ->
                              new Substitute(
                                  to, values.get(AFTER).orElse(Substitute.USUAL_AFTER)))),
          "Who is told what does not arrive here.");

  private static final Field<Language> LANGUAGE =
      Field.optional(
          "language", Kinds.choice(languages()), "In which it is told: en or ja. Left out: en.");
  private static final Field<ZoneId> ZONE =
      Field.optional("zone", PolicyKinds.zone(), "Of the times that it is told. Left out: UTC.");

  static final List<Field<?>> FIELDS = List.of(AT_MOST, OTHERWISE, LANGUAGE, ZONE);

  private HandlingReader() {}

  private static Map<String, Language> languages() {
    Map<String, Language> languages = new LinkedHashMap<>();
    for (Language language : Language.values()) {
      languages.put(language.tag(), language);
    }
    return languages;
  }

  /** The receiver that an item names beside itself, and where. */
  static Optional<Located<String>> named(Yaml receiver) {
    return entry(receiver, OTHERWISE.key())
        .flatMap(substitute -> entry(substitute, TO.key()))
        .filter(Yaml.Scalar.class::isInstance)
        .map(Yaml.Scalar.class::cast)
        .map(name -> new Located<>(name.place(), name.text()));
  }

  private static Optional<Yaml> entry(Yaml node, String key) {
    return node instanceof Yaml.Mapping mapping
        ? mapping.entry(key).map(Yaml.Entry::value)
        : Optional.empty();
  }

  static Handling handling(Values values) {
    return new Handling(
        values.get(AT_MOST),
        values.get(OTHERWISE),
        values.get(LANGUAGE).orElse(Language.ENGLISH),
        values.get(ZONE).orElse(ZoneOffset.UTC));
  }
}
