package parallax.probe.spool;

import java.util.Map;
import java.util.TreeMap;

/**
 * Parts of a segment that are done with, as positions. Neighbours are joined, so there are never
 * more of them than there are stretches on the way.
 */
final class Ranges {
  /** From the first position of each to the position after its last. */
  private final TreeMap<Long, Long> parts = new TreeMap<>();

  /** Adds {@code [from, to)}. */
  void add(long from, long to) {
    long start = from;
    long end = to;
    Map.Entry<Long, Long> before = parts.floorEntry(start);
    if (before != null && before.getValue() >= start) {
      start = before.getKey();
      end = Math.max(end, before.getValue());
    }
    Map.Entry<Long, Long> next = parts.ceilingEntry(start);
    while (next != null && next.getKey() <= end) {
      end = Math.max(end, next.getValue());
      parts.remove(next.getKey());
      next = parts.ceilingEntry(start);
    }
    parts.put(start, end);
  }

  /** The first position from {@code position} on that is not in any part. */
  long after(long position) {
    Map.Entry<Long, Long> part = parts.floorEntry(position);
    return part == null ? position : Math.max(position, part.getValue());
  }
}
