package parallax.probe.journey;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.check.journey.JourneyStep;
import parallax.config.check.journey.JourneyStep.TemplateHeader;
import parallax.config.check.journey.Template;
import parallax.config.observation.Finding;
import parallax.probe.http.HttpUrl;
import parallax.probe.net.NetworkPolicy;

/**
 * What earlier steps captured: put into texts, each escaped for where it stands, and taken out of
 * whatever is told. Used by one thread at a time.
 */
final class Values {
  /** Longer values are not carried over, in UTF-16 code units. */
  static final int MAX_LENGTH = 16 * 1024;

  /** Shorter values are found everywhere by chance, and are too short to be kept secret. */
  private static final int LEAST_SECRET = 4;

  private final Map<String, Value> values = new HashMap<>();

  /**
   * One of them.
   *
   * @param from the URL of the answer it was taken from
   * @param hop how a server is come to that it names
   */
  record Value(String text, HttpUrl from, NetworkPolicy.Hop hop) {}

  /** Where a value is put, which says how it is escaped. */
  enum Place {
    /** Nothing is escaped: a header, plain text, a URL that an answer gave. */
    PLAIN,
    /** Everything but unreserved characters is percent-encoded (RFC 3986 section 2.3). */
    URL,
    /** As an HTML form sends it (application/x-www-form-urlencoded). */
    FORM,
    /** As text between the quotes of JSON (RFC 8259 section 7). */
    JSON,
    /** As text of an XML document. */
    XML
  }

  void put(String name, Value value) {
    values.put(name, value);
  }

  Optional<Value> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The whole text; what was not captured, which readers of YAML rule out, is left out. */
  String text(Template template, Place place) {
    StringBuilder text = new StringBuilder();
    boolean led = place == Place.URL && template.isLed();
    for (Template.Piece piece : template.pieces()) {
      switch (piece) {
        case Template.Fixed(var fixed) -> text.append(fixed.reveal());
        case Template.Captured(String name) -> {
          String value = get(name).map(Value::text).orElse("");
          // What a URL begins with is a URL itself.
          text.append(escaped(value, led && text.isEmpty() ? Place.PLAIN : place));
        }
      }
    }
    return text.toString();
  }

  private static String escaped(String value, Place place) {
    return switch (place) {
      case PLAIN -> value;
      case URL -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
      case FORM -> URLEncoder.encode(value, StandardCharsets.UTF_8);
      case JSON -> json(value);
      case XML ->
          value
              .replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&quot;")
              .replace("'", "&apos;");
    };
  }

  private static String json(String value) {
    StringBuilder out = new StringBuilder(value.length());
    value
        .chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
              } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                out.append((char) c);
              }
            });
    return out.toString();
  }

  /** How values are put into the body of a step: as its Content-Type says, or as it begins. */
  static Place bodyOf(JourneyStep step, String start) {
    String type =
        step.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase("content-type"))
            .map(TemplateHeader::value)
            .map(Template::start)
            .findFirst()
            .orElse("")
            .toLowerCase(Locale.ROOT);
    if (type.contains("json")) {
      return Place.JSON;
    }
    if (type.contains("x-www-form-urlencoded")) {
      return Place.FORM;
    }
    if (type.contains("xml")) {
      return Place.XML;
    }
    String body = start.stripLeading();
    boolean json = type.isEmpty() && (body.startsWith("{") || body.startsWith("["));
    return json ? Place.JSON : Place.PLAIN;
  }

  /**
   * The same finding with every value, and the beginning of one at its cut end, replaced by stars.
   *
   * @param others that are as secret
   */
  Finding hidden(Finding finding, List<String> others) {
    List<String> secrets =
        Stream.concat(values.values().stream().map(Value::text), others.stream())
            .flatMap(Values::forms)
            .filter(text -> text.length() >= LEAST_SECRET)
            .distinct()
            .sorted(Comparator.comparingInt(text -> -text.length()))
            .toList();
    String detail = finding.detail();
    for (String secret : secrets) {
      detail = detail.replace(secret, "***");
    }
    for (String secret : secrets) {
      detail = withoutBeginning(detail, secret);
    }
    return new Finding(finding.reason(), detail);
  }

  private static Stream<String> forms(String value) {
    List<String> forms = new ArrayList<>(List.of(value));
    for (Place place : List.of(Place.URL, Place.FORM, Place.JSON)) {
      forms.add(escaped(value, place));
    }
    return forms.stream();
  }

  /** A detail is cut where it is too long; the cut may be in the middle of a secret. */
  private static String withoutBeginning(String detail, String secret) {
    int cut = detail.indexOf('…');
    while (cut >= 0) {
      String before = detail.substring(0, cut);
      int most = Math.min(before.length(), secret.length() - 1);
      for (int length = most; length >= LEAST_SECRET; length--) {
        if (before.endsWith(secret.substring(0, length))) {
          return withoutBeginning(
              before.substring(0, before.length() - length) + "***" + detail.substring(cut + 1),
              secret);
        }
      }
      cut = detail.indexOf('…', cut + 1);
    }
    return detail;
  }
}
