package parallax.coordinator.notify.pager;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parallax.coordinator.notify.http.Line;
import parallax.coordinator.notify.letter.Letter;

/** A letter as an alert of Alertmanager: {@code postableAlert} of its API v2. Pure. */
final class Alert {
  private static final int MAX_TEXT = 500;
  private static final int MAX_LINES = 25;

  private Alert() {}

  /** One that burns. */
  static JsonObject firing(Letter letter, AlertLabels labels, Instant until) {
    return alert(letter, labels, until);
  }

  /** One that is over. */
  static JsonObject ended(Letter letter, AlertLabels labels, Instant end) {
    Instant onset = letter.times().onset();
    // The API refuses an end before the start.
    return alert(letter, labels, end.isAfter(onset) ? end : onset);
  }

  private static JsonObject alert(Letter letter, AlertLabels labels, Instant end) {
    JsonObject alert =
        new JsonObject()
            .put("labels", labels.json(letter))
            .put("annotations", annotations(letter))
            .put("startsAt", letter.times().onset().toString())
            .put("endsAt", end.toString());
    letter.links().stream()
        .findFirst()
        .flatMap(Line::target)
        .ifPresent(page -> alert.put("generatorURL", page));
    return alert;
  }

  private static JsonObject annotations(Letter letter) {
    List<String> facts = new ArrayList<>();
    letter.facts().forEach(fact -> facts.add(fact.name() + ": " + fact.text()));
    List<String> members = new ArrayList<>(letter.members());
    if (letter.moreMembers() > 0) {
      members.add("+" + letter.moreMembers());
    }
    JsonObject annotations = new JsonObject();
    put(annotations, "summary", List.of(letter.headline()));
    put(annotations, "description", facts);
    put(annotations, "evidence", letter.evidence());
    put(annotations, "against", letter.against());
    put(annotations, "targets", members);
    return annotations;
  }

  private static void put(JsonObject annotations, String name, List<String> texts) {
    List<String> lines =
        texts.stream()
            .limit(MAX_LINES)
            .map(text -> Line.of(text, MAX_TEXT))
            .filter(line -> !line.isEmpty())
            .toList();
    if (!lines.isEmpty()) {
      annotations.put(name, String.join("\n", lines));
    }
  }
}
