package parallax.coordinator.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.store.StoreException;

/**
 * One connection with its prepared statements, used by one thread at a time. SQL text is always a
 * constant of this package; values are always bound.
 */
final class Sql implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Something that uses the connection. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Turns a row into a value. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs {@code work} alone on this connection; a failure becomes a {@link StoreException}. */
  <T> T alone(String what, Work<T> work) {
    lock.lock();
    boolean done = false;
    try {
      T result = work.run();
      done = true;
      return result;
    } catch (SQLException e) {
      throw new StoreException(what, e);
    } finally {
      if (!done) {
        startOver();
      }
      lock.unlock();
    }
  }

  /** Like {@link #alone}, all of it or nothing. */
  <T> T transaction(String what, Work<T> work) {
    return alone(
        what,
        () -> {
          update("BEGIN IMMEDIATE");
          T result = work.run();
          update("COMMIT");
          return result;
        });
  }

  /**
   * After a failure, such as a full disk, the driver refuses to use the statements that failed ever
   * again, and a transaction may be open still or not. Both are done away with.
   */
  private void startOver() {
    for (PreparedStatement statement : prepared.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        // The failure that brought us here is the one to report.
      }
    }
    prepared.clear();
    try (Statement fresh = connection.createStatement()) {
      fresh.executeUpdate("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself, or there was no transaction.
    }
  }

  /** Executes a statement and returns how many rows it changed. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = bound(sql, values);
    return statement.executeUpdate();
  }

  <T> List<T> query(String sql, Row<T> mapper, @Nullable Object... values) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet result = bound(sql, values).executeQuery()) {
      while (result.next()) {
        rows.add(mapper.read(result));
      }
    }
    return rows;
  }

  <T> Optional<T> one(String sql, Row<T> mapper, @Nullable Object... values) throws SQLException {
    return query(sql, mapper, values).stream().findFirst();
  }

  private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int index = 0; index < values.length; index++) {
      bind(statement, index + 1, values[index]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case String text -> statement.setString(index, text);
      default -> throw new IllegalArgumentException("cannot bind " + value.getClass());
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("closing the record", e);
    } finally {
      lock.unlock();
    }
  }
}
