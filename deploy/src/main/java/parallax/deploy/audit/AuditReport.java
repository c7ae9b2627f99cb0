package parallax.deploy.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import parallax.config.observation.Printable;
import parallax.deploy.command.ExitCode;
import parallax.deploy.terminal.Style;
import parallax.deploy.terminal.Times;
import parallax.probe.audit.facts.World;
import parallax.probe.audit.facts.World.Untold;
import parallax.probe.audit.judge.AuditJudge.Judgement;
import parallax.probe.audit.judge.Concern;
import parallax.probe.audit.judge.Ending;
import parallax.probe.audit.judge.Severity;

/** What an audit found, ready to be shown. What came from the network is made harmless here. */
record AuditReport(World world, Judgement judgement, Instant now) {
  private static final int MAX_LINE = 400;
  private static final int MAX_TEXT = 400;
  private static final int MAX_NAMED = 12;
  private static final String INDENT = "          ";

  /** What the command's exit status says; that nothing could be seen is no good news. */
  ExitCode exitCode(Severity bound) {
    if (judgement.reaches(bound)) {
      return ExitCode.NO;
    }
    return world.isDark() ? ExitCode.COULD_NOT_RUN : ExitCode.FINE;
  }

  /** For people. */
  List<String> lines(Style style) {
    List<String> lines = new ArrayList<>();
    judgement.concerns().forEach(concern -> concern(concern, style, lines));
    if (!judgement.calendar().isEmpty()) {
      lines.add(style.strong("What ends, and when"));
      judgement.calendar().forEach(ending -> lines.add(line(ending)));
      lines.add("");
    }
    if (!world.untold().isEmpty()) {
      lines.add(style.strong("What could not be told"));
      byReason().forEach((why, of) -> lines.add(line("  " + why + ": " + named(of))));
      lines.add("");
    }
    lines.add(summary(style));
    return lines;
  }

  private static void concern(Concern concern, Style style, List<String> lines) {
    String label = String.format("%-8s  ", concern.severity().name());
    lines.add(
        switch (concern.severity()) {
              case CRITICAL -> style.bad(label);
              case WARNING -> style.warning(label);
              case NOTICE -> style.faint(label);
            }
            + style.strong(line(concern.shared())));
    lines.add(line(INDENT + "lost with it: " + named(concern.subjects())));
    concern.evidence().forEach(seen -> lines.add(style.faint(line(INDENT + seen))));
    lines.add(line(INDENT + "-> " + concern.remedy()));
    lines.add("");
  }

  private String line(Ending ending) {
    boolean over = !ending.at().isAfter(now);
    String time = Times.rough(Duration.between(now, ending.at()).abs());
    return line(
        "  %s  %-14s %-13s %s  (%s)"
            .formatted(
                ending.at().atOffset(ZoneOffset.UTC).toLocalDate(),
                over ? time + " ago" : "in " + time,
                ending.kind().label(),
                ending.what(),
                named(ending.subjects())));
  }

  /** Much fails for the same reason: each reason once, in the order in which it was met. */
  private SequencedMap<String, List<String>> byReason() {
    SequencedMap<String, List<String>> byReason = new LinkedHashMap<>();
    for (Untold untold : world.untold()) {
      byReason.computeIfAbsent(untold.why(), _ -> new ArrayList<>()).add(untold.what());
    }
    return byReason;
  }

  private String summary(Style style) {
    long targets = world.subjects().size();
    List<String> counts =
        Arrays.stream(Severity.values())
            .filter(severity -> count(severity) > 0)
            .map(severity -> count(severity) + " " + severity.label())
            .toList();
    String text =
        (counts.isEmpty() ? "nothing found" : String.join(", ", counts))
            + ", "
            + targets
            + (targets == 1 ? " target" : " targets")
            + (world.untold().isEmpty() ? "" : ", " + world.untold().size() + " not told");
    return counts.isEmpty() && world.untold().isEmpty() ? style.good(text) : text;
  }

  private long count(Severity severity) {
    return judgement.concerns().stream().filter(each -> each.severity() == severity).count();
  }

  private static String named(Collection<String> names) {
    List<String> first = names.stream().limit(MAX_NAMED).toList();
    int more = names.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }

  private static String line(String text) {
    return Printable.bounded(text, MAX_LINE);
  }

  /** For machines: one object a line. */
  List<JsonObject> json() {
    List<JsonObject> objects = new ArrayList<>();
    for (Concern concern : judgement.concerns()) {
      objects.add(
          new JsonObject()
              .put("type", "finding")
              .put("severity", concern.severity().label())
              .put("kind", concern.kind().label())
              .put("shared", text(concern.shared()))
              .put("targets", texts(concern.subjects()))
              .put("evidence", texts(concern.evidence()))
              .put("remedy", concern.remedy()));
    }
    for (Ending ending : judgement.calendar()) {
      objects.add(
          new JsonObject()
              .put("type", "ending")
              .put("at", ending.at().toString())
              .put("days", Duration.between(now, ending.at()).toDays())
              .put("kind", ending.kind().label())
              .put("what", text(ending.what()))
              .put("targets", texts(ending.subjects())));
    }
    for (Untold untold : world.untold()) {
      objects.add(
          new JsonObject()
              .put("type", "untold")
              .put("what", text(untold.what()))
              .put("why", text(untold.why())));
    }
    JsonObject summary = new JsonObject().put("type", "summary");
    for (Severity severity : Severity.values()) {
      summary.put(severity.label(), count(severity));
    }
    objects.add(
        summary.put("targets", world.subjects().size()).put("untold", world.untold().size()));
    return objects;
  }

  private static JsonArray texts(Collection<String> texts) {
    return new JsonArray(texts.stream().map(AuditReport::text).toList());
  }

  private static String text(String text) {
    return Printable.bounded(text, MAX_TEXT);
  }
}
