package parallax.coordinator.store.postgres;

import java.util.function.Consumer;
import org.flywaydb.core.api.FlywayException;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.store.WholeRecord;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sql.Migrations;
import parallax.coordinator.store.table.TableStore;
import parallax.coordinator.store.table.WholeTables;

/**
 * The record in a PostgreSQL database, which several coordinators share. What a call wrote is on
 * disk before it returns, as far as the server's {@code synchronous_commit} says so.
 */
public final class PostgresStore {
  private static final String MIGRATIONS = "parallax/coordinator/store/postgres";

  private PostgresStore() {}

  /**
   * Opens the record, made where it is missing; several coordinators may do so at once.
   *
   * @throws StoreException when the database cannot be reached or used, or when a newer version
   *     wrote the record; the message says which
   */
  public static Store open(PostgresAddress address) {
    PostgresPool pool = new PostgresPool(address, PostgresPool.STATEMENT);
    boolean opened = false;
    try {
      migrate(pool);
      opened = true;
      return new TableStore(new TableStore.Ways(pool, pool, pool), pool::close);
    } catch (FlywayException e) {
      throw new StoreException("cannot prepare the database", e);
    } finally {
      if (!opened) {
        pool.close();
      }
    }
  }

  /**
   * The database itself, made ready where it is not.
   *
   * @throws StoreException when the database cannot be reached or used, or when a newer version
   *     wrote the record; the message says which
   */
  public static Database shared(PostgresAddress address) {
    PostgresPool pool = new PostgresPool(address, PostgresPool.STATEMENT);
    boolean opened = false;
    try {
      migrate(pool);
      opened = true;
      return pool;
    } catch (FlywayException e) {
      throw new StoreException("cannot prepare the database", e);
    } finally {
      if (!opened) {
        pool.close();
      }
    }
  }

  /**
   * The whole record, as it is, to be copied or checked.
   *
   * @throws StoreException when the database cannot be reached, or holds no record of this version
   */
  public static WholeRecord wholeToRead(PostgresAddress address) {
    return whole(
        address,
        pool -> {
          int version = version(pool);
          if (version != Migrations.NEWEST) {
            throw new StoreException(
                version == 0
                    ? "there is no record in the database"
                    : "the database has schema %s, this Parallax knows %s"
                        .formatted(version, Migrations.NEWEST));
          }
        });
  }

  /**
   * The whole record, made where it is missing, to be filled.
   *
   * @throws StoreException when the database cannot be reached or used
   */
  public static WholeRecord wholeToFill(PostgresAddress address) {
    return whole(address, PostgresStore::migrate);
  }

  private static WholeRecord whole(PostgresAddress address, Consumer<PostgresPool> preparing) {
    PostgresPool pool = new PostgresPool(address, Migrations.LONGEST_COPY);
    boolean opened = false;
    try {
      preparing.accept(pool);
      opened = true;
      return new WholeTables(pool, pool::close);
    } catch (FlywayException e) {
      throw new StoreException("cannot prepare the database", e);
    } finally {
      if (!opened) {
        pool.close();
      }
    }
  }

  private static void migrate(PostgresPool pool) {
    int version = version(pool);
    if (version > Migrations.NEWEST) {
      throw new StoreException(
          "the database was written by a newer Parallax (schema %s, this one knows %s);"
                  .formatted(version, Migrations.NEWEST)
              + " use that version");
    }
    if (version < Migrations.NEWEST) {
      Migrations.run(pool.source(), MIGRATIONS);
    }
  }

  private static int version(PostgresPool pool) {
    return pool.transaction(
        "opening the database",
        sql ->
            sql.one(
                        "SELECT 1 FROM pg_catalog.pg_class"
                            + " WHERE oid = to_regclass('flyway_schema_history')",
                        row -> row.getInt(1))
                    .isPresent()
                ? Migrations.applied(sql)
                : 0);
  }
}
