package parallax.deploy.check.part;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import parallax.config.observation.seen.TraceSeen;
import parallax.deploy.terminal.Times;

/** The way to a server that could not be reached. */
public final class TraceRows {
  private static final double NANOS_OF_MILLI = 1e6;
  private static final int WIDTH = 40;

  private TraceRows() {}

  /** For people: a line for each hop, and how it ends. */
  public static List<String> lines(TraceSeen trace) {
    List<String> lines = new ArrayList<>();
    lines.add("  the way to " + trace.to() + ":");
    for (int hop = 0; hop < trace.hops().size(); hop++) {
      TraceSeen.Hop at = trace.hops().get(hop);
      String line =
          String.format(
              Locale.ROOT,
              "  %2d  %-" + WIDTH + "s %9s",
              hop + 1,
              at.by().orElse("*"),
              at.after().map(Times::precise).orElse(""));
      lines.add(line.stripTrailing());
    }
    lines.add(
        switch (trace.end()) {
          case ARRIVED -> "  the address itself answers echoes";
          case UNREACHABLE -> "  which says that it cannot be reached";
          case SILENT -> "  and nothing after that";
        });
    return lines;
  }

  /** For machines: {@code trace}. */
  public static JsonObject json(TraceSeen trace) {
    JsonArray hops = new JsonArray();
    for (TraceSeen.Hop hop : trace.hops()) {
      JsonObject json = new JsonObject();
      hop.by().ifPresentOrElse(by -> json.put("by", by), () -> json.putNull("by"));
      hop.after().ifPresent(after -> json.put("afterMs", millis(after)));
      hops.add(json);
    }
    return new JsonObject()
        .put(
            "trace",
            new JsonObject()
                .put("to", trace.to())
                .put("hops", hops)
                .put("end", trace.end().name().toLowerCase(Locale.ROOT)));
  }

  private static double millis(Duration time) {
    return Math.round(time.toNanos() / NANOS_OF_MILLI * 1_000) / 1_000.0;
  }
}
