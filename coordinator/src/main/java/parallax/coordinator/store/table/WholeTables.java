package parallax.coordinator.store.table;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.AuditTrail;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.store.WholeRecord;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sql.Migrations;
import parallax.coordinator.store.sql.Sql;

/** All tables of one database at once. */
public final class WholeTables implements WholeRecord {
  private final Database database;
  private final Runnable closing;

  /**
   * The tables that are there.
   *
   * @param closing closes the database, and what belongs to it
   */
  public WholeTables(Database database, Runnable closing) {
    this.database = database;
    this.closing = closing;
  }

  @Override
  public int schema() {
    return Migrations.NEWEST;
  }

  @Override
  public boolean reads(int schema) {
    return schema >= Layout.OLDEST && schema <= schema();
  }

  @Override
  public Source upgraded(Source rows, int schema) {
    if (!reads(schema)) {
      throw new IllegalArgumentException("rows of schema " + schema + " are not known");
    }
    return schema == schema()
        ? rows
        : to -> rows.giveTo((table, row) -> to.take(table, Layout.of(table).upgraded(row, schema)));
  }

  @Override
  public void read(Rows rows) {
    database.snapshot(
        "reading the whole record",
        sql -> {
          for (Layout table : Layout.ALL) {
            sql.each(table.select(), row -> rows.take(table.name(), table.text(row)));
          }
          return true;
        });
  }

  @Override
  public Filled fill(Filling filling) {
    return database.transaction(
        "filling the record",
        sql -> {
          EpochTable.lock(sql);
          Optional<Layout> inTheWay = filling.replace() ? Optional.empty() : notEmpty(sql);
          if (inTheWay.isPresent()) {
            return new Filled.NotEmpty(inTheWay.get().name());
          }
          // Whoever still writes to it is outdated from here on.
          EpochTable.next(sql);
          Restoring restoring = Restoring.read(sql, filling);
          for (Layout table : Layout.ALL) {
            sql.update("DELETE FROM " + table.name());
          }
          // Nobody who was signed in before it was restored still is.
          sql.update("DELETE FROM session_key");
          Filler filler = new Filler(sql, restoring);
          filling.source().giveTo(filler::take);
          filler.finish();
          if (filling.entry().isPresent()) {
            AuditTable.append(sql, filling.entry().get(), filling.at());
          }
          return new Filled.Full(filler.rows, restoring.silenced(sql));
        });
  }

  @Override
  public String restored(String table, String row) {
    Layout layout = Layout.of(table);
    @Nullable Object[] values = layout.values(row);
    Restoring.supersede(layout, values);
    return Layout.text(values);
  }

  private static Optional<Layout> notEmpty(Sql sql) throws SQLException {
    for (Layout table : Layout.ALL) {
      if (sql.one("SELECT 1 FROM " + table.name() + " LIMIT 1", row -> true).isPresent()) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }

  /** Writes what it is given, many rows at once. */
  private static final class Filler {
    private final Sql sql;
    private final List<@Nullable Object[]> waiting = new ArrayList<>();
    private Layout table = Layout.ALL.getFirst();
    private final Restoring restoring;
    private long rows;

    Filler(Sql sql, Restoring restoring) {
      this.sql = sql;
      this.restoring = restoring;
    }

    void take(String name, String row) {
      if (!table.name().equals(name) || waiting.size() == Sql.ROWS_AT_ONCE) {
        write();
        table = Layout.of(name);
      }
      @Nullable Object[] values = table.values(row);
      if (restoring.takes(table, values)) {
        waiting.add(values);
      }
      rows++;
    }

    private void write() {
      try {
        sql.batch(table.insert(), waiting);
      } catch (SQLException e) {
        throw new StoreException("filling the table " + table.name(), e);
      }
      waiting.clear();
    }

    void finish() throws SQLException {
      write();
      restoring.putBack(sql);
      for (Layout each : Layout.ALL) {
        if (each.counted().isPresent()) {
          for (String statement : sql.dialect().countOn(each.name(), each.counted().get())) {
            sql.each(statement, row -> {});
          }
        }
      }
    }
  }

  @Override
  public AuditTrail auditTrail() {
    return database.snapshot("reading what was done", AuditTable::read);
  }

  @Override
  public boolean isAudited(String hash) {
    return database.alone("looking for a hash", sql -> AuditTable.holds(sql, hash));
  }

  @Override
  public void audit(AuditEntry entry, Instant at) {
    database.transaction(
        "recording what was done",
        sql -> {
          AuditTable.append(sql, entry, at);
          return true;
        });
  }

  @Override
  public void close() {
    closing.run();
  }
}
