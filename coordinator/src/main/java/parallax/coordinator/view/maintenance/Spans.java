package parallax.coordinator.view.maintenance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Times, in milliseconds since the epoch, that do not touch one another.
 *
 * @param spans the oldest first
 */
public record Spans(List<Span> spans) {
  public static final Spans NONE = new Spans(List.of());

  /** Half open. */
  public record Span(long from, long until) {}

  public Spans {
    spans = List.copyOf(spans);
  }

  /** The times that any of these cover. */
  public static Spans of(List<Span> all) {
    List<Span> merged = new ArrayList<>();
    for (Span next : all.stream().sorted(Comparator.comparingLong(Span::from)).toList()) {
      if (merged.isEmpty() || merged.getLast().until() < next.from()) {
        merged.add(next);
      } else {
        Span last = merged.removeLast();
        merged.add(new Span(last.from(), Math.max(last.until(), next.until())));
      }
    }
    return new Spans(merged);
  }

  /** What of them lies in {@code [start, end)}. */
  public List<Span> within(long start, long end) {
    if (spans.isEmpty()) {
      return List.of();
    }
    List<Span> found = new ArrayList<>();
    for (int at = firstAfter(start); at < spans.size() && spans.get(at).from() < end; at++) {
      Span span = spans.get(at);
      found.add(new Span(Math.max(span.from(), start), Math.min(span.until(), end)));
    }
    return List.copyOf(found);
  }

  /** The first that ends after {@code start}; they are in order and apart. */
  private int firstAfter(long start) {
    int low = 0;
    int high = spans.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (spans.get(middle).until() > start) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** How many milliseconds of {@code [start, end)} they cover. */
  public long length(long start, long end) {
    return within(start, end).stream().mapToLong(span -> span.until() - span.from()).sum();
  }
}
