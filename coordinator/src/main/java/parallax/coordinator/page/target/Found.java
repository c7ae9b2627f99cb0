package parallax.coordinator.page.target;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import parallax.config.observation.seen.ReachSeen;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.json.CoreJson;
import parallax.coordinator.json.Json;
import parallax.coordinator.words.Say;

/**
 * What one look found beside its outcome, in words. It goes by what the API tells of a look, so
 * that a fact of which nothing is known here is shown as well, by its name there.
 *
 * @param facts single ones, each with its name
 * @param lists what has several parts
 */
record Found(List<String> facts, List<Lines> lists) {
  /** Longer texts are cut, in UTF-16 code units. */
  static final int MAX_TEXT = 300;

  /** Up to so many parts are told in one line. */
  private static final int FEW = 3;

  /** Objects within objects deeper than this are left out. */
  private static final int MAX_DEPTH = 4;

  private static final String MILLIS = "Ms";

  /** What a row of the table, or another part of the page, says already. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "id",
          "probe",
          "region",
          "target",
          "check",
          "layer",
          "outcome",
          "reason",
          "code",
          "detail",
          "scheduled",
          "started",
          "received",
          "timings",
          "certificateExpiry",
          "issuer",
          "signatureExpiry",
          "registration",
          "routes",
          "chain",
          "walk",
          "parts",
          "facts",
          "reach",
          "echoes",
          "clock");

  /**
   * A list with its name.
   *
   * @param lines one for each part
   * @param numbered whether it matters which is the first
   */
  record Lines(String name, List<String> lines, boolean numbered) {
    Lines {
      lines = List.copyOf(lines);
    }
  }

  Found {
    facts = List.copyOf(facts);
    lists = List.copyOf(lists);
  }

  boolean isNothing() {
    return facts.isEmpty() && lists.isEmpty();
  }

  /** What a look found. */
  static Found of(Evidence look, Say say) {
    List<String> words =
        look.observation().facts().reach().map(reach -> words(reach, say)).orElse(List.of());
    return of(
        new JsonObject(Buffer.buffer(Json.object(json -> CoreJson.evidence(json, look)))),
        words,
        say);
  }

  /**
   * The same.
   *
   * @param told as the API tells it
   * @param words of what is told in sentences of its own
   */
  static Found of(JsonObject told, List<String> words, Say say) {
    List<String> facts = new ArrayList<>(words);
    List<Lines> lists = new ArrayList<>();
    JsonObject found = told.getJsonObject("facts", new JsonObject());
    for (JsonObject each : List.of(told, found, found.getJsonObject("reach", new JsonObject()))) {
      for (Map.Entry<String, Object> field : each) {
        if (!ELSEWHERE.contains(field.getKey())) {
          add(field, facts, lists, say);
        }
      }
    }
    return new Found(facts, lists);
  }

  private static void add(
      Map.Entry<String, Object> field, List<String> facts, List<Lines> lists, Say say) {
    String name = say.core().fact(field.getKey());
    switch (field.getValue()) {
      case JsonArray many when many.size() > FEW || holdsObjects(many) ->
          lists.add(new Lines(name, lines(many, say), holdsObjects(many)));
      case JsonObject one when one.stream().anyMatch(Found::isMany) -> {
        JsonObject rest = new JsonObject();
        one.stream()
            .filter(each -> !isMany(each))
            .forEach(each -> rest.put(each.getKey(), each.getValue()));
        List<String> lines =
            one.stream()
                .filter(Found::isMany)
                .flatMap(each -> lines((JsonArray) each.getValue(), say).stream())
                .toList();
        lists.add(new Lines(say.of("looks.fact", name, text("", rest, say, 1)), lines, true));
      }
      case null, default -> {
        String text = text(field.getKey(), field.getValue(), say, 1);
        if (!text.isEmpty()) {
          facts.add(say.of("looks.fact", name, text));
        }
      }
    }
  }

  private static boolean isMany(Map.Entry<String, Object> field) {
    return field.getValue() instanceof JsonArray;
  }

  private static boolean holdsObjects(JsonArray many) {
    return many.stream().anyMatch(JsonObject.class::isInstance);
  }

  private static List<String> lines(JsonArray many, Say say) {
    return many.stream()
        .map(each -> text("", each, say, 1))
        .map(text -> text.isEmpty() ? say.of("looks.nothing") : text)
        .toList();
  }

  private static String text(String field, Object value, Say say, int depth) {
    return switch (value) {
      case null -> "";
      case Number number when field.endsWith(MILLIS) ->
          millis(Duration.ofNanos(Math.round(number.doubleValue() * 1e6)));
      case JsonArray many ->
          many.stream()
              .map(each -> depth > MAX_DEPTH ? "" : text("", each, say, depth + 1))
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining(say.of("list.comma")));
      case JsonObject one ->
          one.stream()
              .map(each -> depth > MAX_DEPTH ? "" : named(each, say, depth))
              .filter(text -> !text.isEmpty())
              .collect(Collectors.joining(say.of("list.comma")));
      case Object other -> cut(other.toString());
    };
  }

  private static String named(Map.Entry<String, Object> field, Say say, int depth) {
    String text = text(field.getKey(), field.getValue(), say, depth + 1);
    return text.isEmpty() ? "" : say.of("looks.fact", say.core().fact(field.getKey()), text);
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }

  /** Echoes and clocks, in sentences. */
  private static List<String> words(ReachSeen reach, Say say) {
    List<String> words = new ArrayList<>();
    reach
        .echoes()
        .ifPresent(
            echoes -> {
              words.add(
                  say.of(
                      "echo.came",
                      echoes.received(),
                      echoes.sent(),
                      say.of("percent", echoes.lossPercent())));
              echoes.roundTrips().ifPresent(times -> words.add(words(times, say)));
            });
    reach.clock().ifPresent(clock -> words.addAll(words(clock, say)));
    return words;
  }

  private static String words(ReachSeen.RoundTrips times, Say say) {
    return say.of(
        "echo.took",
        millis(times.average()),
        millis(times.shortest()),
        millis(times.longest()),
        millis(times.jitter()));
  }

  private static List<String> words(ReachSeen.ClockSeen clock, Say say) {
    List<String> words = new ArrayList<>();
    words.add(
        say.of(
            clock.offset().isNegative() ? "clock.late" : "clock.early",
            millis(clock.offset().abs()),
            millis(clock.roundTrip())));
    words.add(
        say.of("clock.stratum", clock.stratum(), clock.reference(), millis(clock.rootDistance())));
    clock.leap().ifPresent(leap -> words.add(say.known(leap)));
    return words;
  }

  /** Milliseconds; to the tenth where there are few. */
  private static String millis(Duration time) {
    double millis = time.toNanos() / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }
}
