package parallax.coordinator.picture;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import parallax.coordinator.core.verdict.TargetState;

/**
 * What a picture of an incident shows.
 *
 * @param headline one line of plain text
 * @param from the left edge
 * @param to the right edge, later than {@code from}
 * @param zone of the times that are written
 * @param lanes from top to bottom
 * @param marks what happened, in order
 */
public record Scene(
    String headline,
    Instant from,
    Instant to,
    ZoneId zone,
    Vocabulary words,
    List<Lane> lanes,
    List<Mark> marks) {
  /** More lanes than this are left out. */
  public static final int MAX_LANES = 12;

  /** More marks than this are left out. */
  public static final int MAX_MARKS = 9;

  public Scene {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a picture is of some time");
    }
    lanes = lanes.stream().limit(MAX_LANES).toList();
    marks = marks.stream().limit(MAX_MARKS).toList();
  }

  /** The time it shows. */
  public Duration length() {
    return Duration.between(from, to);
  }

  /**
   * States of one thing over time.
   *
   * @param isVerdict whether it is what was held to be true, not what was seen
   * @param spans in order; nothing is known between them
   */
  public record Lane(String name, boolean isVerdict, List<Span> spans) {
    public Lane {
      spans = List.copyOf(spans);
    }
  }

  /** A state and how long it lasted. */
  public record Span(TargetState state, Instant from, Instant to) {}

  /** Something that happened. */
  public record Mark(Instant at, String words) {}
}
