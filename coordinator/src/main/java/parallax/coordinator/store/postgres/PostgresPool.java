package parallax.coordinator.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import parallax.config.secret.Secret;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sql.Dialect;
import parallax.coordinator.store.sql.Sql;

/** Connections to one database, replaced when they break. */
final class PostgresPool implements Database {
  /** The most connections one coordinator has open. */
  static final int MAX_CONNECTIONS = 8;

  /** How long a call waits for a connection, made anew if need be. */
  static final Duration CONNECT = Duration.ofSeconds(5);

  /** A statement that takes longer is ended by the server, unless it works on whole tables. */
  static final Duration STATEMENT = Duration.ofSeconds(20);

  /** A statement that waits longer for a lock is ended by the server. */
  static final Duration LOCK = Duration.ofSeconds(10);

  /** A transaction whose coordinator has gone silent gives its locks back after so long. */
  static final Duration SILENT = Duration.ofSeconds(15);

  /** A server that says nothing for so long after it should have ended a statement is given up. */
  static final Duration LATE = Duration.ofSeconds(10);

  /** SQLSTATE classes of what can never be written: bad data, a broken constraint. */
  private static final List<String> IMPOSSIBLE = List.of("22", "23");

  private final HikariDataSource connections;

  /**
   * A pool that connects when it is first used.
   *
   * @param statement one that takes longer is ended by the server
   */
  PostgresPool(PostgresAddress address, Duration statement) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("parallax-store");
    config.setJdbcUrl(address.jdbcUrl());
    address.user().ifPresent(config::setUsername);
    address.password().map(Secret::reveal).ifPresent(config::setPassword);
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT.toMillis());
    config.setValidationTimeout(CONNECT.toMillis() / 2);
    config.setInitializationFailTimeout(-1);
    config.setAutoCommit(false);
    config.addDataSourceProperty("ApplicationName", "parallax");
    config.addDataSourceProperty("connectTimeout", CONNECT.toSeconds());
    config.addDataSourceProperty("loginTimeout", CONNECT.toSeconds());
    config.addDataSourceProperty("socketTimeout", statement.plus(LATE).toSeconds());
    config.addDataSourceProperty("tcpKeepAlive", true);
    config.addDataSourceProperty("reWriteBatchedInserts", true);
    config.addDataSourceProperty(
        "options",
        "-c statement_timeout=%s -c lock_timeout=%s -c idle_in_transaction_session_timeout=%s"
            .formatted(statement.toMillis(), LOCK.toMillis(), SILENT.toMillis()));
    connections = new HikariDataSource(config);
  }

  DataSource source() {
    return connections;
  }

  @Override
  public <T> T alone(String what, Work<T> work) {
    return transaction(what, work);
  }

  @Override
  public <T> T transaction(String what, Work<T> work) {
    // Closing a connection gives it back; what was not committed is rolled back by that.
    try (Connection connection = connections.getConnection()) {
      T result = work.run(new Sql(connection, Dialect.POSTGRES));
      connection.commit();
      return result;
    } catch (SQLException e) {
      if (IMPOSSIBLE.stream().anyMatch(String.valueOf(e.getSQLState())::startsWith)) {
        throw new IllegalArgumentException(what + ": the database refuses it", e);
      }
      throw new StoreException(what, e);
    }
  }

  @Override
  public <T> T snapshot(String what, Work<T> work) {
    return transaction(
        what,
        sql -> {
          sql.update("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
          return work.run(sql);
        });
  }

  @Override
  public void close() {
    connections.close();
  }
}
