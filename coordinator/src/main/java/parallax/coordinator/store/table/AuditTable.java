package parallax.coordinator.store.table;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.AuditTrail;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.sql.Sql;

/** What was done, as a chain of hashes. */
public final class AuditTable {
  private static final String COLUMNS = "sequence, happened, who, action, detail, previous, hash";

  private AuditTable() {}

  /** A row, without its hash. */
  private record Link(long sequence, long happened, AuditEntry entry, String previous) {
    /** SHA-256 of the row's fields, each with its length before it, in hexadecimal. */
    String hash() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.writeLong(sequence);
        out.writeLong(happened);
        for (String text : new String[] {entry.who(), entry.action(), entry.detail(), previous}) {
          byte[] field = text.getBytes(StandardCharsets.UTF_8);
          out.writeInt(field.length);
          out.write(field);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("writing to memory", e);
      }
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(bytes.toByteArray()));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }

  /**
   * Adds a row; must be called inside a transaction. From here to its end nobody else adds one, nor
   * records anything.
   */
  public static void append(Sql sql, AuditEntry entry, Instant at) throws SQLException {
    EpochTable.lock(sql);
    AuditTrail.Unbroken newest =
        sql.one(
                "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1",
                row -> new AuditTrail.Unbroken(row.getLong(1), row.getString(2)))
            .orElse(new AuditTrail.Unbroken(0, AuditTrail.BEGINNING));
    Link link = new Link(newest.rows() + 1, Micros.of(at), entry, newest.head());
    sql.update(
        "INSERT INTO audit (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?)",
        link.sequence(),
        link.happened(),
        entry.who(),
        entry.action(),
        entry.detail(),
        link.previous(),
        link.hash());
  }

  /** Keeps others from adding a row or recording anything until the transaction ends. */
  public static void lock(Sql sql) throws SQLException {
    EpochTable.lock(sql);
  }

  static boolean holds(Sql sql, String hash) throws SQLException {
    return sql.one("SELECT 1 FROM audit WHERE hash = ?", row -> true, hash).isPresent();
  }

  static boolean holds(Sql sql, String action, String detail, Instant since) throws SQLException {
    String holds = "SELECT 1 FROM audit WHERE happened >= ? AND action = ? AND detail = ? LIMIT 1";
    return sql.one(holds, row -> true, Micros.of(since), action, detail).isPresent();
  }

  /** Must be called inside a transaction. */
  static AuditTrail read(Sql sql) throws SQLException {
    Walk walk = new Walk();
    sql.each("SELECT " + COLUMNS + " FROM audit ORDER BY sequence", walk::take);
    return walk.result();
  }

  /** The same, unless there are more rows than {@code most}. */
  static Optional<AuditTrail> read(Sql sql, long most) throws SQLException {
    long newest = sql.one("SELECT MAX(sequence) FROM audit", row -> row.getLong(1)).orElse(0L);
    return newest > most ? Optional.empty() : Optional.of(read(sql));
  }

  /** Newest first. */
  static Store.Page<AuditEntry.Row> page(
      Sql sql, AuditEntry.Filter filter, Optional<Cursor> after, int limit) throws SQLException {
    String what = like(filter.what());
    List<AuditEntry.Row> rows =
        sql.query(
            "SELECT "
                + COLUMNS
                + " FROM audit WHERE sequence < ? AND LOWER(who) LIKE LOWER(?) ESCAPE '!'"
                + " AND (LOWER(action) LIKE LOWER(?) ESCAPE '!'"
                + " OR LOWER(detail) LIKE LOWER(?) ESCAPE '!')"
                + " ORDER BY sequence DESC LIMIT ?",
            AuditTable::row,
            after.map(Cursor::number).orElse(Long.MAX_VALUE),
            like(filter.who()),
            what,
            what,
            limit + 1);
    List<AuditEntry.Row> items = rows.subList(0, Math.min(limit, rows.size()));
    return new Store.Page<>(
        items,
        rows.size() > limit
            ? Optional.of(new Cursor(items.getLast().number(), "").opaque())
            : Optional.empty());
  }

  private static AuditEntry.Row row(ResultSet row) throws SQLException {
    return new AuditEntry.Row(
        row.getLong(1),
        Micros.instant(row.getLong(2)),
        new AuditEntry(row.getString(3), row.getString(4), row.getString(5)),
        row.getString(7));
  }

  /** A pattern for a part of a text. */
  private static String like(String part) {
    return "%" + part.replaceAll("[%_!]", "!$0") + "%";
  }

  /** From the first row to the last, or to the first that is wrong. */
  private static final class Walk {
    private long rows;
    private String head = AuditTrail.BEGINNING;
    private Optional<AuditTrail> broken = Optional.empty();

    void take(ResultSet row) throws SQLException {
      if (broken.isPresent()) {
        return;
      }
      AuditEntry entry = new AuditEntry(row.getString(3), row.getString(4), row.getString(5));
      Link link = new Link(row.getLong(1), row.getLong(2), entry, row.getString(6));
      String hash = row.getString(7);
      if (link.sequence() != rows + 1) {
        broken("row " + (rows + 1) + " is missing");
      } else if (!link.previous().equals(head)) {
        broken("it does not follow from row " + rows);
      } else if (!link.hash().equals(hash)) {
        broken("its content is not what was written");
      }
      rows++;
      head = hash;
    }

    private void broken(String why) {
      broken = Optional.of(new AuditTrail.Broken(rows + 1, why));
    }

    AuditTrail result() {
      return broken.orElseGet(() -> new AuditTrail.Unbroken(rows, head));
    }
  }
}
