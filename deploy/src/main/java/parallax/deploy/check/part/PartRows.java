package parallax.deploy.check.part;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parallax.config.observation.Printable;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.PartsSeen.Part;
import parallax.config.observation.seen.PartsSeen.Spent;
import parallax.deploy.terminal.Times;

/** Requests as lines with a waterfall, and as JSON. */
public final class PartRows {
  /** How many characters the whole time takes. */
  static final int WIDTH = 30;

  private static final int NAME_WIDTH = 44;

  /** What the waterfall is drawn with. */
  public static final String LEGEND = "░ name, connection  ▒ TLS  ▓ waiting  █ transfer";

  private PartRows() {}

  /** For people: one line for each, in the order in which they started. */
  public static List<String> lines(PartsSeen seen) {
    Duration total =
        seen.parts().stream()
            .map(part -> part.start().plus(part.spent().total()))
            .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other);
    List<String> lines = new ArrayList<>();
    seen.parts().forEach(part -> lines.add(line(part, total)));
    if (seen.more() > 0) {
      lines.add("  and " + seen.more() + " more");
    }
    lines.add("  " + LEGEND);
    return lines;
  }

  private static String line(Part part, Duration total) {
    String status = part.status().map(String::valueOf).orElse("–");
    Duration took = part.spent().total();
    String text =
        String.format(
            Locale.ROOT,
            "  %s %-" + NAME_WIDTH + "s %4s %9s  %s",
            part.fault().isEmpty() ? "✔" : "✘",
            shortened(part.name()),
            status,
            took.isZero() ? "" : Times.precise(took),
            bar(part, total));
    return text.stripTrailing();
  }

  /** The end of a URL tells more than its middle. */
  private static String shortened(String name) {
    return name.length() <= NAME_WIDTH
        ? name
        : Printable.bounded(name, NAME_WIDTH / 3)
            + name.substring(name.length() - (NAME_WIDTH - NAME_WIDTH / 3));
  }

  private static String bar(Part part, Duration total) {
    Spent spent = part.spent();
    if (total.isZero() || spent.total().isZero()) {
      return "";
    }
    StringBuilder bar = new StringBuilder();
    Duration at = part.start();
    bar.append(" ".repeat(cells(at, total)));
    List<Map.Entry<String, Duration>> phases =
        List.of(
            Map.entry("░", spent.resolve().plus(spent.connect())),
            Map.entry("▒", spent.tls()),
            Map.entry("▓", spent.firstByte()),
            Map.entry("█", spent.transfer()));
    for (Map.Entry<String, Duration> phase : phases) {
      at = at.plus(phase.getValue());
      bar.append(phase.getKey().repeat(Math.max(0, cells(at, total) - bar.length())));
    }
    return bar.toString().isBlank() ? bar + "▏" : bar.toString();
  }

  private static int cells(Duration time, Duration total) {
    return (int) (time.toNanos() * WIDTH / total.toNanos());
  }

  /** For machines: {@code parts}, and {@code more} of them that are not told. */
  public static JsonObject json(PartsSeen seen) {
    JsonArray parts = new JsonArray();
    for (Part part : seen.parts()) {
      Spent spent = part.spent();
      JsonObject json = new JsonObject().put("name", part.name());
      part.status().ifPresent(status -> json.put("status", status));
      json.put("startMs", millis(part.start()))
          .put("resolveMs", millis(spent.resolve()))
          .put("connectMs", millis(spent.connect()))
          .put("tlsMs", millis(spent.tls()))
          .put("firstByteMs", millis(spent.firstByte()))
          .put("transferMs", millis(spent.transfer()));
      part.bytes().ifPresent(bytes -> json.put("bytes", bytes));
      part.fault().ifPresent(fault -> json.put("fault", fault));
      parts.add(json);
    }
    return new JsonObject().put("parts", parts).put("more", seen.more());
  }

  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e3) / 1e3;
  }
}
