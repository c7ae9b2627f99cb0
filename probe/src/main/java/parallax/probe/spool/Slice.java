package parallax.probe.spool;

import java.util.ArrayList;
import java.util.List;

/** Observations of one run of the probe in the order of their numbers: what one frame holds. */
public final class Slice {
  private final long boot;
  private final byte[] origin;
  private final List<Entry> entries;

  Slice(long boot, byte[] origin, List<Entry> entries) {
    this.boot = boot;
    this.origin = origin;
    this.entries = List.copyOf(entries);
  }

  /** The run. */
  public long boot() {
    return boot;
  }

  /** What the run was opened with: who looked, encoded. Not to be changed. */
  public byte[] origin() {
    return origin;
  }

  /** At least one. */
  public List<Entry> entries() {
    return entries;
  }

  /**
   * The numbers in it, as stretches without a gap: there are gaps where others were handed out
   * before these, or dropped.
   */
  public List<Stretch> stretches() {
    List<Stretch> stretches = new ArrayList<>();
    long first = entries.getFirst().sequence();
    long last = first - 1;
    for (Entry entry : entries) {
      if (entry.sequence() != last + 1) {
        stretches.add(new Stretch(first, last));
        first = entry.sequence();
      }
      last = entry.sequence();
    }
    stretches.add(new Stretch(first, last));
    return stretches;
  }

  /** Numbers without a gap, both included. */
  public record Stretch(long first, long last) {}

  /** One encoded observation. */
  public static final class Entry {
    private final long sequence;
    private final byte[] bytes;

    Entry(long sequence, byte[] bytes) {
      this.sequence = sequence;
      this.bytes = bytes;
    }

    public long sequence() {
      return sequence;
    }

    /** As it was appended. Not to be changed. */
    public byte[] bytes() {
      return bytes;
    }
  }
}
