package parallax.config.read.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import parallax.config.check.HttpSpec;
import parallax.config.check.http.HttpExpect;
import parallax.config.check.journey.Capture;
import parallax.config.check.journey.JourneyStep;
import parallax.config.check.journey.JourneyStep.TemplateHeader;
import parallax.config.check.journey.Template;
import parallax.config.read.check.UrlKinds;
import parallax.config.text.UrlText;
import parallax.config.yaml.Yaml;

/** The {@code steps} of a target: requests one after another, values carried over. */
public final class StepReader {
  private static final int MAX_NAME = 64;
  private static final int MAX_HOSTS = 16;
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);

  private static final Pattern ORIGIN =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://[^/?#]*)([/?#].*)?$", Pattern.DOTALL);

  private static final Field<String> NAME =
      Field.optional("name", Kinds.text(MAX_NAME), "For people. Left out: its number alone.");
  private static final Field<Template> URL =
      Field.required(
          "url",
          SecretKinds.template(UrlText.MAX_LENGTH).then(StepReader::url),
          "http or https, with the host written out; path and query may hold ${name} of an earlier"
              + " step's capture. Or ${name} alone: the URL that an answer led to.");
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
  private static final Field<List<String>> HOSTS =
      Field.optional(
          "hosts",
          Kinds.oneOrMany(
              Kinds.text(UrlText.MAX_LENGTH)
                  .then(
                      (text, node, reading) ->
                          host(text).or(() -> reading.wrong(node, "must be a host, or host:port"))),
              MAX_HOSTS),
          "Where a captured URL may lead beside the hosts that the steps name.");
  private static final Field<Duration> TIMEOUT =
      Field.optional(
          "timeout",
          Kinds.duration(MIN_TIMEOUT, MAX_TIMEOUT),
          "The deadline of this step, within that of the target. Left out: what is left of that.");

  private static final Kind<Located<JourneyStep>> STEP =
      Kinds.<JourneyStep>fields(
              Shape.of(
                  "step",
                  "One request of several.",
                  NAME,
                  URL,
                  HttpReader.METHOD,
                  HEADERS,
                  BODY,
                  HttpReader.REDIRECTS,
                  CaptureReader.CAPTURE,
                  HOSTS,
                  HttpReader.EXPECT,
                  TIMEOUT),
              (values, _, _) -> values.get(URL).map(url -> step(url, values)))
          .located();

  public static final Kind<List<JourneyStep>> KIND =
      Kinds.listOf(STEP, 1, JourneyStep.MAX_STEPS).then(StepReader::checked);

  private StepReader() {}

  /** Where the first step goes, without what may be secret of it. */
  public static Optional<UrlText> first(List<JourneyStep> steps) {
    Matcher origin = ORIGIN.matcher(steps.isEmpty() ? "" : steps.getFirst().url().start());
    return origin.matches()
            && UrlText.parse(origin.group(1) + "/") instanceof UrlText.Parsed.Good(UrlText url)
        ? Optional.of(url)
        : Optional.empty();
  }

  private static JourneyStep step(Template url, Values values) {
    return new JourneyStep(
        values.get(NAME),
        url,
        values.get(HttpReader.METHOD).orElse("GET"),
        values.get(HEADERS).orElse(List.of()),
        values.get(BODY),
        new TreeSet<>(values.get(HOSTS).orElse(List.of())),
        values.get(CaptureReader.CAPTURE).orElse(List.of()),
        values.get(HttpReader.EXPECT).orElse(HttpExpect.DEFAULT),
        values.get(HttpReader.REDIRECTS).map(Long::intValue).orElse(HttpSpec.DEFAULT_REDIRECTS),
        values.get(TIMEOUT));
  }

  /** In lower case, IPv6 in brackets; with its port only where one is written. */
  private static Optional<String> host(String text) {
    boolean plain = text.chars().noneMatch(character -> "/?#@".indexOf(character) >= 0);
    return plain && UrlText.parse("https://" + text) instanceof UrlText.Parsed.Good(UrlText url)
        ? Optional.of(url.toString().substring("https://".length()))
        : Optional.empty();
  }

  private static Optional<Template> url(StepText text, Yaml node, Reading reading) {
    if (text.template().isLed()) {
      return Optional.of(text.template());
    }
    Matcher origin = ORIGIN.matcher(text.start());
    boolean writtenOut = origin.matches() && (!text.hasReference() || origin.group(2) != null);
    if (text.hasReference() && !writtenOut) {
      return reading.refuse(
          node.place(),
          "must have its scheme and host written out, as in https://example.com/${name}, or be"
              + " ${name} from its start");
    }
    if (!text.hasReference()) {
      return UrlKinds.parse(text.start(), node, reading)
          .flatMap(url -> UrlKinds.web(url, node, reading))
          .map(_ -> text.template());
    }
    StringBuilder sample = new StringBuilder();
    for (Template.Piece piece : text.template().pieces()) {
      switch (piece) {
        case Template.Fixed(var fixed) -> sample.append(fixed.reveal());
        case Template.Captured _ -> sample.append('x');
      }
    }
    return UrlKinds.parse(origin.group(1) + "/", node, reading)
        .flatMap(url -> UrlKinds.web(url, node, reading))
        .flatMap(_ -> UrlKinds.secretWebUrl(sample.toString(), node, reading))
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
      } else if (!isFine(pair.value().template())) {
        reading.refuse(
            pair.place(),
            "has a value for '" + pair.key() + "' with a line break or control character");
      } else if (HeaderReader.isNameFine(pair.key(), pair.place(), seen, reading)) {
        headers.add(new TemplateHeader(pair.key(), pair.value().template()));
      }
    }
    return headers;
  }

  private static boolean isFine(Template value) {
    return value.pieces().stream()
        .allMatch(
            piece ->
                switch (piece) {
                  case Template.Fixed(var text) -> HeaderReader.isValueFine(text.reveal());
                  case Template.Captured _ -> true;
                });
  }

  private static Optional<List<JourneyStep>> checked(
      List<Located<JourneyStep>> steps, Yaml node, Reading reading) {
    // A step that could not be read may have captured anything.
    boolean whole = node instanceof Yaml.Sequence list && list.items().size() == steps.size();
    SortedSet<String> captured = new TreeSet<>();
    boolean sound = whole;
    for (Located<JourneyStep> step : steps) {
      for (String name : step.value().uses()) {
        if (whole && !captured.contains(name)) {
          sound = false;
          reading.refuse(
              step.place(),
              "uses ${" + name + "}, which no earlier step captures; captured so far: " + captured);
        }
      }
      captured.addAll(step.value().captures().stream().map(Capture::name).toList());
    }
    return sound ? Optional.of(steps.stream().map(Located::value).toList()) : Optional.empty();
  }
}
