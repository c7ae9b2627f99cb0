package parallax.coordinator.notify.pager;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.http.Line;
import parallax.coordinator.notify.http.Reply;
import parallax.coordinator.notify.letter.Letter;

/**
 * The labels of an alert, which are its identity: an alert of other labels is another alert, and to
 * end one its labels must be known. So those that can change are remembered as the thread, and
 * there are only as many as fit. Pure.
 *
 * @param values by name, without {@code alertname} and {@code incident}, which never change
 */
record AlertLabels(SortedMap<String, String> values) {
  /** The label {@code alertname} of all alerts. */
  static final String ALERT = "ParallaxIncident";

  /** Longer values are cut. */
  static final int MAX_VALUE = 64;

  private static final int MAX_NAME = 64;
  private static final List<String> IMPORTANT = List.of("scope", "layer", "reason", "culprit");

  AlertLabels {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Those of a letter. */
  static AlertLabels of(Letter letter) {
    TreeMap<String, String> own = new TreeMap<>();
    own.put("severity", severity(letter.grade()));
    letter.members().stream().findFirst().ifPresent(target -> own.put("target", target));
    if (letter.drill()) {
      own.put("drill", "true");
    }
    TreeMap<String, String> taken = new TreeMap<>();
    own.forEach((name, value) -> add(taken, name, value));
    for (String important : IMPORTANT) {
      Optional.ofNullable(letter.labels().get(important))
          .ifPresent(value -> add(taken, important, value));
    }
    letter.labels().forEach((name, value) -> addForeign(taken, name, value));
    return new AlertLabels(taken);
  }

  /** Labels of targets may be called as ours are; then they step aside, as Prometheus has it. */
  private static void addForeign(TreeMap<String, String> taken, String name, String value) {
    String valid = name(name);
    boolean same = Line.of(value, MAX_VALUE).equals(taken.get(valid));
    boolean reserved =
        taken.containsKey(valid)
            || valid.equals("alertname")
            || valid.equals("incident")
            || valid.equals("drill");
    if (!same) {
      add(taken, reserved ? "exported_" + valid : valid, value);
    }
  }

  private static void add(TreeMap<String, String> taken, String name, String value) {
    String line = Line.of(value, MAX_VALUE);
    // An empty label is no label.
    if (line.isEmpty() || taken.containsKey(name)) {
      return;
    }
    taken.put(name, line);
    if (json(taken).encode().length() > Sent.MAX_THREAD) {
      taken.remove(name);
    }
  }

  /** {@code [a-zA-Z_][a-zA-Z0-9_]*} is what every version of Alertmanager takes. */
  private static String name(String name) {
    String valid =
        name.codePoints()
            .limit(MAX_NAME)
            .map(point -> isLabelCharacter(point) ? point : '_')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return valid.isEmpty() || Character.isDigit(valid.charAt(0)) ? "_" + valid : valid;
  }

  private static boolean isLabelCharacter(int point) {
    return point == '_'
        || (point >= 'a' && point <= 'z')
        || (point >= 'A' && point <= 'Z')
        || (point >= '0' && point <= '9');
  }

  /** Those of the letter before, as its thread remembers them. */
  static Optional<AlertLabels> remembered(String thread) {
    SortedMap<String, String> values = Reply.of(thread).texts();
    return values.isEmpty() ? Optional.empty() : Optional.of(new AlertLabels(values));
  }

  /** To be remembered as the thread. */
  String thread() {
    return json(values).encode();
  }

  /** As the API wants them. */
  JsonObject json(Letter letter) {
    return json(values)
        .put("alertname", ALERT)
        .put("incident", Line.of(letter.incident(), MAX_VALUE * 2));
  }

  private static JsonObject json(Map<String, String> values) {
    JsonObject json = new JsonObject();
    values.forEach(json::put);
    return json;
  }

  private static String severity(Letter.Grade grade) {
    return switch (grade) {
      case CRITICAL -> "critical";
      case WARNING -> "warning";
      case NOTE, GOOD -> "info";
    };
  }
}
