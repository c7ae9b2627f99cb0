package parallax.coordinator.cluster.shard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;

/**
 * Which observations of one probe were taken in: ranges of numbers, for each of its runs.
 *
 * <p>What is forgotten counts as new: to take an observation in twice is harmless (whoever decides
 * and stores knows it by its id), to take it for seen would lose it. So nothing is assumed of old
 * runs, nor of low numbers: a spool hands over the backlog of several runs, behind what is live.
 * What was touched longest ago is forgotten first, for what is handed over again is what was handed
 * over last.
 */
final class Seen {
  /** Runs of a probe that are remembered. */
  static final int MAX_BOOTS = 16;

  /** Ranges of numbers that are remembered of a run. */
  static final int MAX_RANGES = 64;

  private final LinkedHashMap<Long, List<Range>> runs = new LinkedHashMap<>();
  private long touches;

  /** Numbers in a row, the last included, and when one was added last. */
  private record Range(long first, long last, long touched) {}

  boolean has(long boot, long sequence) {
    List<Range> ranges = runs.get(boot);
    return ranges != null && place(ranges, sequence) >= 0;
  }

  /** Notes a number that it does not have. */
  void add(long boot, long sequence) {
    List<Range> ranges = runs.get(boot);
    if (ranges == null) {
      ranges = new ArrayList<>();
      if (runs.size() == MAX_BOOTS) {
        runs.pollFirstEntry();
      }
    }
    runs.putLast(boot, ranges);
    insert(ranges, sequence);
    if (ranges.size() > MAX_RANGES) {
      ranges.remove(ranges.stream().min(Comparator.comparingLong(Range::touched)).orElseThrow());
    }
  }

  private void insert(List<Range> ranges, long sequence) {
    touches++;
    int at = -1 - place(ranges, sequence);
    boolean joinsLeft = at > 0 && ranges.get(at - 1).last() == sequence - 1;
    boolean joinsRight = at < ranges.size() && ranges.get(at).first() == sequence + 1;
    if (joinsLeft && joinsRight) {
      Range right = ranges.remove(at);
      ranges.set(at - 1, new Range(ranges.get(at - 1).first(), right.last(), touches));
    } else if (joinsLeft) {
      ranges.set(at - 1, new Range(ranges.get(at - 1).first(), sequence, touches));
    } else if (joinsRight) {
      ranges.set(at, new Range(sequence, ranges.get(at).last(), touches));
    } else {
      ranges.add(at, new Range(sequence, sequence, touches));
    }
  }

  /** The index of the range with this number, or {@code -1 - index} of where it would stand. */
  private static int place(List<Range> ranges, long sequence) {
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Range range = ranges.get(middle);
      if (sequence > range.last()) {
        low = middle + 1;
      } else if (sequence < range.first()) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -1 - low;
  }

  void write(Packer out) {
    out.number(touches).number(runs.size());
    runs.forEach(
        (boot, ranges) -> {
          out.number(boot).number(ranges.size());
          for (Range range : ranges) {
            out.number(range.first()).number(range.last() - range.first()).number(range.touched());
          }
        });
  }

  static Seen read(Unpacker in) {
    Seen seen = new Seen();
    seen.touches = in.number();
    int runs = in.count(MAX_BOOTS);
    for (int run = 0; run < runs; run++) {
      long boot = in.number();
      int count = in.count(MAX_RANGES);
      List<Range> ranges = new ArrayList<>(count);
      for (int index = 0; index < count; index++) {
        long first = in.number();
        ranges.add(new Range(first, first + in.number(), in.number()));
      }
      seen.runs.put(boot, ranges);
    }
    return seen;
  }
}
