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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.store.Archive;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;

/**
 * The record in one SQLite file, in WAL mode. What was decided and who is to be told is on disk
 * before the call returns (synchronous FULL); raw evidence may lose its last moments in a power cut
 * (synchronous NORMAL), never its consistency.
 */
public final class SqliteStore implements Store {
  private static final String MIGRATIONS = "classpath:parallax/coordinator/store/sqlite";

  /** The number of the newest migration; a test holds the two together. */
  public static final int SCHEMA_VERSION = 1;

  private static final int BUSY_MILLIS = 10_000;

  private final FileChannel lockFile;
  private final Sql durable;
  private final Sql bulk;
  private final Sql reader;
  private final EvidenceTable evidence = new EvidenceTable();

  private SqliteStore(FileChannel lockFile, Path database) throws SQLException {
    this.lockFile = lockFile;
    this.durable = connect(database, SQLiteConfig.SynchronousMode.FULL);
    this.bulk = connect(database, SQLiteConfig.SynchronousMode.NORMAL);
    this.reader = connect(database, SQLiteConfig.SynchronousMode.NORMAL);
  }

  /**
   * Opens the record in {@code folder}, made where it is missing.
   *
   * @throws StoreException when another process has it open, when a newer version wrote it, or when
   *     it cannot be read or written; the message says which
   */
  public static SqliteStore open(Path folder) {
    Path database = folder.resolve("parallax.db");
    FileChannel lock = lock(folder);
    boolean opened = false;
    try {
      migrate(database);
      SqliteStore store = new SqliteStore(lock, database);
      opened = true;
      return store;
    } catch (SQLException | FlywayException e) {
      throw new StoreException("cannot open " + database, e);
    } finally {
      if (!opened) {
        release(lock);
      }
    }
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
      int version = version(database);
      if (version != SCHEMA_VERSION) {
        throw new StoreException(
            version == 0
                ? "there is no record at " + database
                : "%s has schema %d, this Parallax knows %d"
                    .formatted(database, version, SCHEMA_VERSION));
      }
      return new ReadOnly(connect(database, SQLiteConfig.SynchronousMode.NORMAL));
    } catch (SQLException e) {
      throw new StoreException("cannot open " + database, e);
    }
  }

  /** A connection by which nothing can be changed. */
  private record ReadOnly(Sql sql, EvidenceTable evidence) implements Archive {
    ReadOnly(Sql sql) throws SQLException {
      this(sql, new EvidenceTable());
      sql.update("PRAGMA query_only = 1");
    }

    @Override
    public Page<Evidence> arrivals(Instant from, Instant to, Optional<String> cursor, int limit) {
      Optional<Cursor> after = Cursor.parse(cursor);
      Instant[] range = {from, to};
      return sql.alone(
          "reading evidence", () -> evidence.arrivals(sql, range, after, bounded(limit)));
    }

    @Override
    public Page<Incident> incidents(Optional<String> cursor, int limit) {
      Optional<Cursor> after = Cursor.parse(cursor);
      return sql.alone(
          "reading incidents",
          () -> IncidentTable.page(sql, Optional.empty(), after, bounded(limit)));
    }

    @Override
    public void close() {
      sql.close();
    }
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
    if (version > SCHEMA_VERSION) {
      throw new StoreException(
          "%s was written by a newer Parallax (schema %d, this one knows %d); use that version"
              .formatted(database, version, SCHEMA_VERSION));
    }
    if (version == SCHEMA_VERSION) {
      return;
    }
    Flyway.configure()
        .dataSource(source(database, SQLiteConfig.SynchronousMode.FULL))
        .locations(MIGRATIONS)
        .validateMigrationNaming(true)
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
  }

  /** The newest migration that was applied; 0 where there is no record, or not a whole one. */
  private static int version(Path database) throws SQLException {
    if (!Files.exists(database)) {
      return 0;
    }
    try (Sql sql = connect(database, SQLiteConfig.SynchronousMode.FULL)) {
      boolean known =
          sql.one(
                  "SELECT 1 FROM sqlite_master WHERE type = 'table'"
                      + " AND name = 'flyway_schema_history'",
                  row -> row.getInt(1))
              .isPresent();
      return known
          ? sql.one(
                  "SELECT CASE WHEN MIN(success) = 1 THEN MAX(CAST(version AS INTEGER)) ELSE 0 END"
                      + " FROM flyway_schema_history",
                  row -> row.getInt(1))
              .orElse(0)
          : 0;
    }
  }

  private static Sql connect(Path database, SQLiteConfig.SynchronousMode mode) throws SQLException {
    return new Sql(source(database, mode).getConnection());
  }

  private static SQLiteDataSource source(Path database, SQLiteConfig.SynchronousMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(mode);
    config.setBusyTimeout(BUSY_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + database);
    return source;
  }

  @Override
  public void record(List<Effect> effects, Instant at) {
    durable.transaction(
        "recording what was decided",
        () -> {
          for (Effect effect : effects) {
            switch (effect) {
              case Effect.VerdictChanged(var verdict) -> IntervalTable.change(durable, verdict, at);
              case Effect.TargetForgotten(var target) -> IntervalTable.end(durable, target, at);
              case Effect.IncidentChanged(var incident) -> IncidentTable.change(durable, incident);
              case Effect.Tell(var notice) -> OutboxTable.plan(durable, notice, at);
              case Effect.AskAgain _ -> {}
            }
          }
          return true;
        });
  }

  @Override
  public void append(List<Evidence> looks) {
    boolean written = false;
    try {
      bulk.transaction(
          "appending evidence",
          () -> {
            evidence.append(bulk, looks);
            return true;
          });
      written = true;
    } finally {
      if (!written) {
        evidence.forgetIds();
      }
    }
  }

  @Override
  public Remembered remembered() {
    return reader.alone(
        "reading what was held",
        () ->
            new Remembered(
                IntervalTable.open(reader),
                IncidentTable.open(reader),
                IncidentTable.latest(reader)));
  }

  @Override
  public List<Interval> intervals(TargetName target, Instant from, Instant to) {
    return reader.alone(
        "reading intervals", () -> IntervalTable.touching(reader, target, from, to));
  }

  @Override
  public Page<Incident> incidents(Optional<Boolean> open, Optional<String> cursor, int limit) {
    Optional<Cursor> after = Cursor.parse(cursor);
    return reader.alone(
        "reading incidents", () -> IncidentTable.page(reader, open, after, bounded(limit)));
  }

  @Override
  public Optional<Incident> incident(IncidentId id) {
    return reader.alone("reading an incident", () -> IncidentTable.find(reader, id));
  }

  @Override
  public List<Delivery> deliveries(IncidentId id) {
    return reader.alone("reading notices", () -> OutboxTable.of(reader, id));
  }

  @Override
  public Page<Evidence> evidence(
      TargetName target, Instant from, Instant to, Optional<String> cursor, int limit) {
    Optional<Cursor> after = Cursor.parse(cursor);
    Instant[] range = {from, to};
    return reader.alone(
        "reading evidence", () -> evidence.page(reader, target, range, after, bounded(limit)));
  }

  @Override
  public List<Delivery> due(Instant now, int limit, List<String> withheld) {
    return durable.alone(
        "reading what is to be told",
        () -> OutboxTable.due(durable, now, bounded(limit), withheld));
  }

  @Override
  public void attempting(String key, Instant now, Duration lease) {
    settle(() -> OutboxTable.attempt(durable, key, now.plus(lease)));
  }

  @Override
  public void delivered(String key, Instant at) {
    settle(() -> OutboxTable.deliver(durable, key, at));
  }

  @Override
  public void failed(String key, Instant at, String why, Optional<Instant> retry) {
    settle(() -> OutboxTable.fail(durable, key, why, retry));
  }

  private interface Settling {
    void run() throws SQLException;
  }

  private void settle(Settling settling) {
    durable.transaction(
        "recording what was told",
        () -> {
          settling.run();
          return true;
        });
  }

  @Override
  public Optional<Instant> receivedBeforeNewest(long rows) {
    return reader.alone(
        "counting evidence", () -> EvidenceTable.receivedBeforeNewest(reader, rows));
  }

  @Override
  public int prune(Instant before, int limit) {
    return bulk.transaction("pruning evidence", () -> EvidenceTable.prune(bulk, before, limit));
  }

  private static int bounded(int limit) {
    return Math.clamp(limit, 1, MAX_PAGE);
  }

  @Override
  public void close() {
    bulk.close();
    durable.close();
    reader.close();
    release(lockFile);
  }

  private static void release(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StoreException("cannot release the record", e);
    }
  }
}
