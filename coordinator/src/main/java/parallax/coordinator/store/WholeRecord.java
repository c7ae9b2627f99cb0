package parallax.coordinator.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The whole record at once: to copy it, to fill another with it, to check it. Rows are JSON arrays,
 * the same ones whatever database they come from. Blocking; every method throws {@link
 * StoreException} when the record cannot be read or written, and nothing of the call is then done.
 */
public interface WholeRecord extends AutoCloseable {
  /** The version of the tables that rows are of. */
  int schema();

  /** Whether rows that a record of this version held can be put into this one. */
  boolean reads(int schema);

  /**
   * The rows of a record of another version as this one would hold them.
   *
   * @param schema one that this record {@link #reads}
   */
  Source upgraded(Source rows, int schema);

  /** Hands over every row as of one instant, table by table, always in the same order. */
  void read(Rows rows);

  /**
   * Fills an empty record, all of it or nothing, so that nothing in it is sent any more, and nobody
   * can speak for a probe who could not before: what became of tokens after the rows were read is
   * not among them. A token that the record held already stays as it is there; any other comes back
   * revoked.
   */
  Filled fill(Filling filling);

  /** The row as it stands in a record that was filled with it. */
  String restored(String table, String row);

  /** Reads through what was done. */
  AuditTrail auditTrail();

  /** Whether some row of what was done has this hash. */
  boolean isAudited(String hash);

  /** Adds to what was done. */
  void audit(AuditEntry entry, Instant at);

  @Override
  void close();

  /** Takes rows. */
  @FunctionalInterface
  interface Rows {
    void take(String table, String row);
  }

  /** Gives rows, in the order in which they were read. */
  @FunctionalInterface
  interface Source {
    void giveTo(Rows rows);
  }

  /**
   * What a record is filled with.
   *
   * @param source of rows of this record's version
   * @param replace what is in the record already is removed, except for tokens
   * @param keepTokens tokens that the record does not hold come back as they were
   * @param entry audited in the same transaction
   */
  record Filling(
      Source source, boolean replace, boolean keepTokens, Optional<AuditEntry> entry, Instant at) {}

  /** What became of it. */
  sealed interface Filled {
    /**
     * All rows are there.
     *
     * @param silenced names of probes that had a token and have none any more, sorted
     */
    record Full(long rows, List<String> silenced) implements Filled {
      public Full {
        silenced = List.copyOf(silenced);
      }
    }

    /** Nothing was done: there is something in it. */
    record NotEmpty(String table) implements Filled {}
  }
}
