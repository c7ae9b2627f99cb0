package parallax.coordinator.store.sql;

import java.util.List;

/** Where two databases want different words for the same thing. */
public enum Dialect {
  /** One writer at a time: nothing needs to be locked inside a transaction. */
  SQLITE("SELECT value FROM json_each(?)", "", "", ""),

  POSTGRES(
      "SELECT jsonb_array_elements_text(CAST(? AS jsonb))",
      " FOR UPDATE SKIP LOCKED",
      " FOR SHARE",
      " FOR UPDATE");

  private final String elements;
  private final String skipLocked;
  private final String forShare;
  private final String forUpdate;

  Dialect(String elements, String skipLocked, String forShare, String forUpdate) {
    this.elements = elements;
    this.skipLocked = skipLocked;
    this.forShare = forShare;
    this.forUpdate = forUpdate;
  }

  /** A query for the texts of one bound JSON array. */
  public String elements() {
    return elements;
  }

  /** Ends a query: its rows are ours until the transaction ends, those of others are left out. */
  public String skipLocked() {
    return skipLocked;
  }

  /** Ends a query: its rows stay as they are until the transaction ends. */
  public String forShare() {
    return forShare;
  }

  /** Queries by which a column that the database counts goes on behind the rows that are there. */
  public List<String> countOn(String table, String column) {
    return switch (this) {
      case SQLITE -> List.of();
      case POSTGRES ->
          List.of(
              "SELECT setval(pg_get_serial_sequence('%s', '%s'), COALESCE(MAX(%s), 0) + 1, false)"
                      .formatted(table, column, column)
                  + " FROM "
                  + table);
    };
  }

  /** Ends a query: its rows are ours until the transaction ends. */
  public String forUpdate() {
    return forUpdate;
  }
}
