package parallax.config.read.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Kinds.Pair;
import parallax.config.bind.Located;
import parallax.config.bind.Reading;
import parallax.config.bind.SecretKinds;
import parallax.config.bind.SecretKinds.StepText;
import parallax.config.bind.Shape;
import parallax.config.bind.Values;
import parallax.config.check.HttpExpect;
import parallax.config.check.JsonPath;
import parallax.config.planned.Step;
import parallax.config.planned.Step.TemplateHeader;
import parallax.config.planned.Template;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/** The {@code steps} of a target: requests one after another, values carried over. */
public final class StepReader {
  private static final int MAX_STEPS = 20;
  private static final int MAX_CAPTURES = 16;
  private static final int MAX_PATH = 256;

  private static final Field<Template> URL =
      Field.required(
          "url",
          SecretKinds.template(UrlText.MAX_LENGTH).then(StepReader::url),
          "http or https. May hold ${name} of an earlier step's capture.");
  private static final Field<List<TemplateHeader>> HEADERS =
      Field.optional(
          "headers",
          Kinds.table(
                  HeaderReader.NAME_PATTERN,
                  HeaderReader.NAME_WORDS,
                  SecretKinds.template(HeaderReader.MAX_VALUE),
                  HeaderReader.MAX_HEADERS)
              .then((pairs, _, reading) -> Optional.of(headers(pairs, reading))),
          "Request headers. Values may hold ${name} of an earlier step's capture.");
  private static final Field<Template> BODY =
      Field.optional(
          "body",
          SecretKinds.template(HttpReader.MAX_BODY).map(StepText::template),
          "The request body. May hold ${name} of an earlier step's capture.");
  private static final Field<SortedMap<String, JsonPath>> CAPTURE =
      Field.optional(
          "capture",
          Kinds.table(
                  "^[A-Za-z_][A-Za-z0-9_]{0,127}$",
                  "names of letters, digits and underscores",
                  Kinds.text(MAX_PATH)
                      .then(
                          (text, node, reading) ->
                              JsonPath.parse(text)
                                  .or(
                                      () ->
                                          reading.wrong(node, "must be a place such as $.token"))),
                  MAX_CAPTURES)
              .map(StepReader::captures),
          "By name what later steps take from the JSON answer: {token: \"$.token\"}.");

  private static final Kind<Located<Step>> STEP =
      Kinds.<Step>fields(
              Shape.of(
                  "step",
                  "One request of several.",
                  URL,
                  HttpReader.METHOD,
                  HEADERS,
                  BODY,
                  CAPTURE,
                  HttpReader.EXPECT),
              (values, _, _) -> values.get(URL).map(url -> step(url, values)))
          .located();

  public static final Kind<List<Step>> KIND =
      Kinds.listOf(STEP, 1, MAX_STEPS).then(StepReader::checked);

  private StepReader() {}

  private static Step step(Template url, Values values) {
    return new Step(
        url,
        values.get(HttpReader.METHOD).orElse("GET"),
        values.get(HEADERS).orElse(List.of()),
        values.get(BODY),
        values.get(CAPTURE).orElse(new TreeMap<>()),
        values.get(HttpReader.EXPECT).orElse(HttpExpect.DEFAULT));
  }

  private static Optional<Template> url(StepText text, Yaml node, Reading reading) {
    StringBuilder sample = new StringBuilder();
    for (Template.Piece piece : text.template().pieces()) {
      switch (piece) {
        case Template.Fixed(var fixed) -> sample.append(fixed.reveal());
        case Template.Captured _ -> sample.append('x');
      }
    }
    return UrlKinds.parse(sample.toString(), node, reading)
        .flatMap(url -> UrlKinds.web(url, node, reading))
        .map(_ -> text.template());
  }

  private static List<TemplateHeader> headers(List<Pair<StepText>> pairs, Reading reading) {
    List<TemplateHeader> headers = new ArrayList<>();
    SortedSet<String> seen = new TreeSet<>();
    for (Pair<StepText> pair : pairs) {
      if (!pair.value().hasReference() && HeaderReader.mustBeReference(pair.key())) {
        reading.refuse(
            pair.place(),
            "can't hold the value of '"
                + pair.key()
                + "', a secret; write ${env:NAME}, "
                + "${file:/path} or a captured ${name}");
      } else if (HeaderReader.isNameFine(pair.key(), pair.place(), seen, reading)) {
        headers.add(new TemplateHeader(pair.key(), pair.value().template()));
      }
    }
    return headers;
  }

  private static SortedMap<String, JsonPath> captures(List<Pair<JsonPath>> pairs) {
    SortedMap<String, JsonPath> captures = new TreeMap<>();
    pairs.forEach(pair -> captures.put(pair.key(), pair.value()));
    return captures;
  }

  private static Optional<List<Step>> checked(
      List<Located<Step>> steps, Yaml node, Reading reading) {
    // A step that could not be read may have captured anything.
    boolean whole = node instanceof Yaml.Sequence list && list.items().size() == steps.size();
    SortedSet<String> captured = new TreeSet<>();
    for (Located<Step> step : steps) {
      for (String name : used(step.value())) {
        if (whole && !captured.contains(name)) {
          reading.refuse(
              step.place(),
              "uses ${" + name + "}, which no earlier step captures; captured so far: " + captured);
        }
      }
      captured.addAll(step.value().capture().keySet());
    }
    return Optional.of(steps.stream().map(Located::value).toList());
  }

  private static SortedSet<String> used(Step step) {
    SortedSet<String> names = new TreeSet<>();
    Stream.concat(
            Stream.concat(Stream.of(step.url()), step.body().stream()),
            step.headers().stream().map(TemplateHeader::value))
        .flatMap(template -> template.pieces().stream())
        .forEach(
            piece -> {
              if (piece instanceof Template.Captured(String name)) {
                names.add(name);
              }
            });
    return names;
  }
}
