package parallax.coordinator.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig.SynchronousMode;
import parallax.coordinator.store.Archive;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.store.WholeRecord;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sql.Migrations;
import parallax.coordinator.store.table.TableArchive;
import parallax.coordinator.store.table.TableStore;
import parallax.coordinator.store.table.WholeTables;

/**
 * The record in one SQLite file, in WAL mode. What was decided and who is to be told is on disk
 * before the call returns (synchronous FULL); raw evidence may lose its last moments in a power cut
 * (synchronous NORMAL), never its consistency.
 */
public final class SqliteStore {
  private static final String MIGRATIONS = "parallax/coordinator/store/sqlite";

  /** The oldest schema whose incidents and evidence are read as they are. */
  private static final int OLDEST_READ = 1;

  /** Work that takes longer is interrupted and fails. */
  static final Duration LONGEST_WORK = Duration.ofSeconds(30);

  private SqliteStore() {}

  /**
   * Opens the record in {@code folder}, made where it is missing.
   *
   * @throws StoreException when another process has it open, when a newer version wrote it, or when
   *     it cannot be read or written; the message says which
   */
  public static Store open(Path folder) {
    return locked(folder, SqliteStore::tables);
  }

  /** Opens what is to be open as long as the lock is held. */
  private interface Opening<T> {
    T open(Path database, FileChannel lock) throws SQLException;
  }

  private static <T> T locked(Path folder, Opening<T> opening) {
    Path database = folder.resolve("parallax.db");
    FileChannel lock = lock(folder);
    boolean opened = false;
    try {
      migrate(database);
      T open = opening.open(database, lock);
      opened = true;
      return open;
    } catch (SQLException | FlywayException e) {
      throw new StoreException("cannot open " + database, e);
    } finally {
      if (!opened) {
        release(lock);
      }
    }
  }

  private static Store tables(Path database, FileChannel lock) throws SQLException {
    SqliteConnection durable = connect(database, SynchronousMode.FULL);
    SqliteConnection bulk = connect(database, SynchronousMode.NORMAL);
    SqliteConnection reader = connect(database, SynchronousMode.NORMAL);
    return new TableStore(
        new TableStore.Ways(durable, bulk, reader),
        () -> {
          bulk.close();
          durable.close();
          reader.close();
          release(lock);
        });
  }

  /**
   * Opens the record in {@code folder} to be read; another process may go on writing it.
   *
   * @throws StoreException when there is none, when another version wrote it, or when it cannot be
   *     read; the message says which
   */
  public static Archive openToRead(Path folder) {
    Path database = folder.resolve("parallax.db");
    try {
      SqliteConnection reader = existing(database, OLDEST_READ, LONGEST_WORK);
      reader.alone("opening to read", sql -> sql.update("PRAGMA query_only = 1"));
      return new TableArchive(reader);
    } catch (SQLException e) {
      throw new StoreException("cannot open " + database, e);
    }
  }

  private static SqliteConnection existing(Path database, int oldest, Duration longest)
      throws SQLException {
    int version = version(database);
    if (version < oldest || version > Migrations.NEWEST) {
      throw new StoreException(
          version == 0
              ? "there is no record at " + database
              : "%s has schema %s, this Parallax knows %s"
                  .formatted(database, version, Migrations.NEWEST));
    }
    return new SqliteConnection(database, SynchronousMode.FULL, longest);
  }

  /**
   * The whole record in {@code folder}, to be copied or checked; another process may go on writing
   * it.
   *
   * @throws StoreException when there is none of this version, or when it cannot be read
   */
  public static WholeRecord wholeToRead(Path folder) {
    Path database = folder.resolve("parallax.db");
    try {
      return whole(existing(database, Migrations.NEWEST, Migrations.LONGEST_COPY), () -> {});
    } catch (SQLException e) {
      throw new StoreException("cannot open " + database, e);
    }
  }

  /**
   * The whole record in {@code folder}, made where it is missing, to be filled.
   *
   * @throws StoreException when another process has it open, or when it cannot be written
   */
  public static WholeRecord wholeToFill(Path folder) {
    return locked(
        folder,
        (database, lock) ->
            whole(
                new SqliteConnection(database, SynchronousMode.FULL, Migrations.LONGEST_COPY),
                () -> release(lock)));
  }

  /**
   * The database in {@code folder}, made where it is missing; another process may have the record
   * open and go on writing it. For a few small statements only: whoever writes waits for whoever
   * else does.
   *
   * @throws StoreException when there is none of this version and another process has it open, or
   *     when it cannot be used; the message says which
   */
  public static Database shared(Path folder) {
    Path database = folder.resolve("parallax.db");
    try {
      if (version(database) != Migrations.NEWEST) {
        FileChannel lock = lock(folder);
        try {
          migrate(database);
        } finally {
          release(lock);
        }
      }
      return connect(database, SynchronousMode.FULL);
    } catch (SQLException | FlywayException e) {
      throw new StoreException("cannot open " + database, e);
    }
  }

  private static WholeRecord whole(SqliteConnection connection, Runnable closing) {
    return new WholeTables(
        connection,
        () -> {
          connection.close();
          closing.run();
        });
  }

  private static FileChannel lock(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("parallax.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isEmpty()) {
        channel.close();
        throw new StoreException(
            folder + " is in use by another Parallax; give this one a folder of its own");
      }
      return channel;
    } catch (IOException e) {
      throw new StoreException("cannot use " + folder, e);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  /**
   * Brings the schema up to date. A record that is up to date already is only asked for its
   * version: Flyway alone would take longer than everything else at a start.
   */
  private static void migrate(Path database) throws SQLException {
    int version = version(database);
    if (version > Migrations.NEWEST) {
      throw new StoreException(
          "%s was written by a newer Parallax (schema %s, this one knows %s); use that version"
              .formatted(database, version, Migrations.NEWEST));
    }
    if (version < Migrations.NEWEST) {
      Migrations.run(SqliteConnection.source(database, SynchronousMode.FULL), MIGRATIONS);
    }
  }

  /** The newest migration that was applied; 0 where there is no record, or not a whole one. */
  private static int version(Path database) throws SQLException {
    if (!Files.exists(database)) {
      return 0;
    }
    try (SqliteConnection connection = connect(database, SynchronousMode.FULL)) {
      return connection.alone(
          "reading the version of " + database,
          sql ->
              sql.one(
                          "SELECT 1 FROM sqlite_master WHERE type = 'table'"
                              + " AND name = 'flyway_schema_history'",
                          row -> row.getInt(1))
                      .isPresent()
                  ? Migrations.applied(sql)
                  : 0);
    }
  }

  private static SqliteConnection connect(Path database, SynchronousMode mode) throws SQLException {
    return new SqliteConnection(database, mode, LONGEST_WORK);
  }

  private static void release(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StoreException("cannot release the record", e);
    }
  }
}
