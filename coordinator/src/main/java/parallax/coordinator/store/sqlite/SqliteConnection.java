package parallax.coordinator.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sql.Dialect;
import parallax.coordinator.store.sql.Sql;

/** One connection to the file, used by one thread at a time. */
final class SqliteConnection implements Database {
  /** How long it waits for another connection that writes. */
  static final Duration BUSY = Duration.ofSeconds(10);

  private final SQLiteConnection connection;
  private final Sql sql;
  private final Duration longest;
  private final ReentrantLock lock = new ReentrantLock();
  private final ScheduledThreadPoolExecutor watch;

  /**
   * A connection.
   *
   * @param longest work that takes longer is interrupted and fails
   */
  SqliteConnection(Path database, SQLiteConfig.SynchronousMode mode, Duration longest)
      throws SQLException {
    this.connection = source(database, mode).getConnection().unwrap(SQLiteConnection.class);
    this.sql = new Sql(connection, Dialect.SQLITE);
    this.longest = longest;
    this.watch =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("parallax-store-watch").daemon().factory());
    watch.setRemoveOnCancelPolicy(true);
  }

  static SQLiteDataSource source(Path database, SQLiteConfig.SynchronousMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(mode);
    config.setBusyTimeout((int) BUSY.toMillis());
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + database);
    return source;
  }

  @Override
  public <T> T alone(String what, Work<T> work) {
    lock.lock();
    try {
      return watched(what, work);
    } finally {
      lock.unlock();
    }
  }

  private <T> T watched(String what, Work<T> work) {
    ScheduledFuture<?> alarm = alarm(what);
    boolean done = false;
    try {
      T result = work.run(sql);
      done = true;
      return result;
    } catch (SQLException e) {
      throw new StoreException(what, e);
    } finally {
      alarm.cancel(false);
      if (!done) {
        startOver();
      }
    }
  }

  private ScheduledFuture<?> alarm(String what) {
    try {
      return watch.schedule(this::interrupt, longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw new StoreException(what + ": the record is closed", e);
    }
  }

  private void interrupt() {
    try {
      connection.getDatabase().interrupt();
    } catch (SQLException e) {
      // It is closed, and what ran on it has ended.
    }
  }

  @Override
  public <T> T transaction(String what, Work<T> work) {
    return within("BEGIN IMMEDIATE", what, work);
  }

  @Override
  public <T> T snapshot(String what, Work<T> work) {
    return within("BEGIN", what, work);
  }

  private <T> T within(String begin, String what, Work<T> work) {
    return alone(
        what,
        own -> {
          own.update(begin);
          T result = work.run(own);
          own.update("COMMIT");
          return result;
        });
  }

  /**
   * After a failure, such as a full disk, the driver refuses to use the statements that failed ever
   * again, and a transaction may be open still or not. Both are done away with.
   */
  private void startOver() {
    sql.forgetStatements();
    try (Statement fresh = connection.createStatement()) {
      fresh.executeUpdate("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself, or there was no transaction.
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      watch.shutdownNow();
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("closing the record", e);
    } finally {
      lock.unlock();
    }
  }
}
