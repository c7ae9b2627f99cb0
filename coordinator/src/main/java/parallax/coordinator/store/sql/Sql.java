package parallax.coordinator.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its prepared statements, used by one thread at a time. SQL text is always a
 * constant of the record's packages; values are always bound.
 */
public final class Sql {
  /** How many rows one round trip brings or takes. */
  public static final int ROWS_AT_ONCE = 1000;

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  public Sql(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /** Turns a row into a value. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Takes a row. */
  @FunctionalInterface
  public interface Taker {
    void take(ResultSet row) throws SQLException;
  }

  public Dialect dialect() {
    return dialect;
  }

  /** Executes a statement and returns how many rows it changed. */
  public int update(String sql, @Nullable Object... values) throws SQLException {
    return bound(sql, values).executeUpdate();
  }

  /** Executes a statement once for each list of values, in few round trips. */
  public void batch(String sql, List<@Nullable Object[]> rows) throws SQLException {
    PreparedStatement statement = statement(sql);
    int waiting = 0;
    for (@Nullable Object[] row : rows) {
      bind(statement, row);
      statement.addBatch();
      waiting++;
      if (waiting == ROWS_AT_ONCE) {
        statement.executeBatch();
        waiting = 0;
      }
    }
    if (waiting > 0) {
      statement.executeBatch();
    }
  }

  public <T> List<T> query(String sql, Row<T> mapper, @Nullable Object... values)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    each(sql, row -> rows.add(mapper.read(row)), values);
    return rows;
  }

  public <T> Optional<T> one(String sql, Row<T> mapper, @Nullable Object... values)
      throws SQLException {
    return query(sql, mapper, values).stream().findFirst();
  }

  /** Hands over row by row; inside a transaction only few of them are in memory at once. */
  public void each(String sql, Taker taker, @Nullable Object... values) throws SQLException {
    try (ResultSet result = bound(sql, values).executeQuery()) {
      while (result.next()) {
        taker.take(result);
      }
    }
  }

  /** Closes what was prepared; it is prepared anew when it is needed again. */
  public void forgetStatements() {
    for (PreparedStatement statement : prepared.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        // Whatever brought us here is the failure to report.
      }
    }
    prepared.clear();
  }

  private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = statement(sql);
    bind(statement, values);
    return statement;
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statement.setFetchSize(ROWS_AT_ONCE);
      prepared.put(sql, statement);
    }
    return statement;
  }

  private void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int index = 0; index < values.length; index++) {
      bind(statement, index + 1, values[index]);
    }
  }

  private void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.NULL);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case String text -> statement.setString(index, storable(text));
      default -> throw new IllegalArgumentException("cannot bind " + value.getClass());
    }
  }

  /** PostgreSQL keeps every character but one. */
  private String storable(String text) {
    return dialect == Dialect.POSTGRES ? text.replace('\0', '\uFFFD') : text;
  }
}
