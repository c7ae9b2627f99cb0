package parallax.coordinator.store.sql;

import java.sql.SQLException;
import parallax.coordinator.store.StoreException;

/**
 * A way to a database. Every statement has a timeout. A failure becomes a {@link StoreException},
 * nothing of the work is then done, and the next call finds a database that works again, if there
 * is one.
 */
public interface Database extends AutoCloseable {
  /** Something that uses a connection. */
  @FunctionalInterface
  interface Work<T> {
    T run(Sql sql) throws SQLException;
  }

  /** Runs what needs no transaction: one statement. */
  <T> T alone(String what, Work<T> work);

  /** Runs {@code work}, all of it or nothing. */
  <T> T transaction(String what, Work<T> work);

  /** Runs {@code work} that only reads: it sees one instant and keeps no writer waiting. */
  <T> T snapshot(String what, Work<T> work);

  @Override
  void close();
}
