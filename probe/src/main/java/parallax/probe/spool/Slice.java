package parallax.probe.spool;

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

  /** The number of the first. */
  public long first() {
    return entries.getFirst().sequence();
  }

  /** The number of the last. */
  public long last() {
    return entries.getLast().sequence();
  }

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
