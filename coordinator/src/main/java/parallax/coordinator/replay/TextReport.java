package parallax.coordinator.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import parallax.coordinator.replay.judge.Judgement.Told;
import parallax.coordinator.replay.judge.Mismatch;
import parallax.coordinator.replay.judge.Words;
import parallax.coordinator.replay.record.RecordedIncident;

/** Replays for people to read. */
public final class TextReport {
  private TextReport() {}

  /** Pass or fail; when it fails, every expectation that was not met and what was published. */
  public static List<String> lines(Replayed replayed) {
    List<String> lines = new ArrayList<>();
    boolean passed = replayed.judgement().passed();
    String seed =
        replayed.seed() == replayed.scenario().seed()
            ? ""
            : "  seed " + Long.toUnsignedString(replayed.seed());
    lines.add((passed ? "PASS  " : "FAIL  ") + replayed.scenario().id() + seed);
    if (!passed) {
      for (Mismatch failure : replayed.judgement().failures()) {
        lines.add("      " + failure);
      }
      for (Told told : replayed.judgement().incidents()) {
        lines.add("      published: " + incident(told));
      }
    }
    return lines;
  }

  private static String incident(Told told) {
    RecordedIncident incident = told.incident();
    StringBuilder text = new StringBuilder();
    text.append(Words.incident(incident))
        .append(", opened at ")
        .append(Words.time(incident.openedMs()))
        .append(
            incident.resolvedMs().isPresent()
                ? ", resolved at " + Words.time(incident.resolvedMs().getAsLong())
                : ", still open");
    incident
        .labels()
        .forEach(
            label ->
                text.append("\n        ")
                    .append(Words.time(label.atMs()))
                    .append(": ")
                    .append(Words.label(label)));
    return text.append(told.matches().map(name -> " [" + name + "]").orElse("")).toString();
  }

  /** One line for all. */
  public static String line(Summary summary) {
    String opened =
        summary
            .openedAfter()
            .map(
                after ->
                    ", opened after "
                        + Words.time(after.p50Ms())
                        + " (p50), "
                        + Words.time(after.p95Ms())
                        + " (p95)")
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%d of %d pass, %d pages%s, %.1f %% extra checks",
        summary.passed(),
        summary.total(),
        summary.pages(),
        opened,
        100 * summary.checksAskedShare());
  }
}
