package parallax.probe.bgp.mrt;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was in a file.
 *
 * @param records how many of each type, those that were skipped and those with a problem counted
 *     too
 * @param problems the first ones
 * @param problemCount how many there were
 * @param damaged whether bytes had to be skipped or the file ends too early; other problems are
 *     what peers sent, or records that make no sense
 */
public record MrtSummary(
    SortedMap<RecordType, Long> records,
    Elements elements,
    List<Problem> problems,
    long problemCount,
    boolean damaged) {
  public MrtSummary {
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
    problems = List.copyOf(problems);
  }

  /** Type and subtype by their numbers (RFC 6396 section 4, RFC 8050 section 4). */
  public record RecordType(int type, int subtype) implements Comparable<RecordType> {
    @Override
    public int compareTo(RecordType other) {
      return type == other.type
          ? Integer.compare(subtype, other.subtype)
          : Integer.compare(type, other.type);
    }

    @Override
    public String toString() {
      return type + "." + subtype;
    }
  }

  /** How many routes came, went and stood in a table, and how often sessions changed. */
  public record Elements(
      long announced, long withdrawn, long listed, long stateChanges, long endsOfTable) {
    /** Those that are one line each: ends of tables are none. */
    public long total() {
      return announced + withdrawn + listed + stateChanges;
    }
  }

  /**
   * What could not be read.
   *
   * @param offset in bytes from the start of the file, unpacked
   */
  public record Problem(long offset, String reason) {}
}
