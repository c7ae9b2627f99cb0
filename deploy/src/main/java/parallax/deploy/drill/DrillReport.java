package parallax.deploy.drill;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import parallax.coordinator.notebook.PlainText;

/** Prints drills: a line for each letter as it comes, then what it amounts to. */
final class DrillReport {
  private static final String LOST = "lost";

  private final PrintWriter out;
  private final boolean json;
  private int shown;
  private boolean begun;
  private boolean lost;

  DrillReport(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** Whether some letter did not arrive. */
  boolean lost() {
    return lost;
  }

  /** Prints what was not printed yet, as far as it is settled. */
  void more(JsonObject drill) {
    if (!begun && !json) {
      begun = true;
      line(
          "[DRILL] %s: begins %s, lasts %s, %s"
              .formatted(
                  drill.getString("title", ""),
                  drill.getString("begins", ""),
                  time(Duration.ofSeconds(drill.getLong("lengthSeconds", 0L))),
                  drill.getBoolean("send", false) ? "letters are sent" : "nothing is sent"));
      for (Object remark : drill.getJsonArray("remarks", new JsonArray())) {
        line("note: " + remark);
      }
    }
    List<JsonObject> letters = objects(drill, "letters");
    for (JsonObject letter : letters.subList(Math.min(shown, letters.size()), letters.size())) {
      if (letter.getString("fate", "").equals("sending")) {
        return;
      }
      shown++;
      letter(drill, letter);
    }
  }

  private void letter(JsonObject drill, JsonObject letter) {
    boolean isLost = letter.getString("fate", "").equals(LOST);
    lost |= isLost;
    if (json) {
      out.println(letter.encode());
      return;
    }
    String fate = isLost ? "  NOT ARRIVED: " + letter.getString(LOST, "") : "";
    String along = letter.getBoolean("along", false) ? "  (in one letter with others)" : "";
    line(
        "%-9s  %-12s  %-16s  %s%s%s"
            .formatted(
                passed(drill, letter),
                letter.getString("kind", ""),
                letter.getString("receiver", ""),
                letter.getString("headline", ""),
                along,
                fate));
  }

  /** Prints the sum of it. */
  void end(JsonObject drill) {
    if (json) {
      out.println(drill.copy().put("letters", shown).encode());
      return;
    }
    for (JsonObject nobody : objects(drill, "nobody")) {
      line(
          "%-9s  %-12s  %-16s  %s"
              .formatted(
                  passed(drill, nobody),
                  nobody.getString("kind", ""),
                  "(nobody)",
                  summary(drill, nobody.getString("incident", ""))));
    }
    List<JsonObject> letters = objects(drill, "letters");
    Set<String> receivers = new TreeSet<>();
    letters.forEach(letter -> receivers.add(letter.getString("receiver", "")));
    List<JsonObject> incidents = objects(drill, "incidents");
    long told = incidents.stream().filter(each -> each.getString("published") != null).count();
    int more = drill.getInteger("more", 0);
    line(
        "%d letters to %d receivers%s; %d incidents, %d of them to be told; %s"
            .formatted(
                letters.size() + more,
                receivers.size(),
                receivers.isEmpty() ? "" : " (" + String.join(", ", receivers) + ")",
                incidents.size(),
                told,
                drill.getString("why") == null ? "it goes on" : drill.getString("why")));
  }

  private static String summary(JsonObject drill, String incident) {
    return objects(drill, "incidents").stream()
        .filter(each -> each.getString("id", "").equals(incident))
        .map(each -> each.getString("summary", ""))
        .findFirst()
        .orElse(incident);
  }

  private static String passed(JsonObject drill, JsonObject letter) {
    Instant begins = drill.getInstant("begins");
    return "+" + time(Duration.between(begins, letter.getInstant("at")));
  }

  private static String time(Duration length) {
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d",
        length.toHours(),
        length.toMinutesPart(),
        length.toSecondsPart());
  }

  private void line(String text) {
    out.println(PlainText.line(text, PlainText.MAX_TEXT));
  }

  private static List<JsonObject> objects(JsonObject json, String field) {
    JsonArray array = json.getJsonArray(field, new JsonArray());
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
  }
}
