package parallax.coordinator.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.notice.Notice;

/**
 * What came of a drill, so far or at all.
 *
 * @param title what is played
 * @param who asked for it
 * @param asked when, by the coordinator's clock
 * @param begins in its own time, as all times of its letters
 * @param length how long it lasts in its own time, if nobody stops it
 * @param passed how much of that has passed
 * @param ended when and why, by the coordinator's clock; empty while it goes on
 * @param letters in the order in which they were decided on, at most {@link #MAX_LETTERS}
 * @param more letters that are only counted
 * @param nobody incidents that there is something to tell of and nobody to be told
 * @param remarks what is other than in reality
 */
public record Report(
    String id,
    String title,
    String who,
    Instant asked,
    Optional<Integer> pace,
    boolean send,
    Instant begins,
    Duration length,
    Duration passed,
    Optional<End> ended,
    List<Line> letters,
    int more,
    List<Line> nobody,
    List<Affair> incidents,
    List<String> remarks) {
  /** More letters than this are only counted. */
  public static final int MAX_LETTERS = 5_000;

  /** More incidents than this are not shown. */
  public static final int MAX_INCIDENTS = 1_000;

  public Report {
    letters = List.copyOf(letters);
    nobody = List.copyOf(nobody);
    incidents = List.copyOf(incidents);
    remarks = List.copyOf(remarks);
  }

  /**
   * That it is over.
   *
   * @param why finished, or who stopped it, or what went wrong
   */
  public record End(Instant at, String why, boolean isWhole) {}

  /**
   * A letter.
   *
   * @param at in the time of the drill
   * @param receiver empty: nobody
   * @param headline its first sentence, marked
   * @param along whether another letter tells of it, so that it gets none of its own
   */
  public record Line(
      Instant at,
      Notice.Kind kind,
      String incident,
      String receiver,
      String headline,
      boolean along,
      Fate fate) {
    Line with(Fate other) {
      return new Line(at, kind, incident, receiver, headline, along, other);
    }
  }

  /** What becomes of a letter. */
  public sealed interface Fate {
    /** It is only in this report. */
    record Kept() implements Fate {}

    /** It is on its way. */
    record OnItsWay() implements Fate {}

    record Arrived(Instant at) implements Fate {}

    /**
     * It did not arrive.
     *
     * @param why in words
     */
    record Lost(String why) implements Fate {}
  }

  /**
   * An incident of the drill.
   *
   * @param summary in a sentence
   * @param published whether there was something to tell
   */
  public record Affair(
      String id,
      String subject,
      String scope,
      String culprit,
      int targets,
      String summary,
      Instant onset,
      Optional<Instant> published,
      Optional<Instant> resolved) {}
}
