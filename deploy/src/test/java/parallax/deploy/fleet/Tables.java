package parallax.deploy.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import parallax.config.secret.Secret;
import parallax.coordinator.store.postgres.PostgresAddress;

/** What PostgreSQL holds, read past the product. */
final class Tables {
  /** An interval in which a target was said to be something else than up or unknown. */
  private static final String ACCUSED = "state NOT IN ('UP', 'UNKNOWN')";

  private final String url;
  private final Properties login = new Properties();

  /** The database whose address stands in {@code file}. */
  Tables(Path file) throws IOException {
    PostgresAddress address = PostgresAddress.parse(Files.readString(file).strip());
    url = address.jdbcUrl();
    address.user().ifPresent(user -> login.setProperty("user", user));
    address.password().map(Secret::reveal).ifPresent(word -> login.setProperty("password", word));
    login.setProperty("connectTimeout", "3");
    login.setProperty("socketTimeout", "20");
  }

  /** Observations of a run of a probe, by their numbers. */
  record Run(String probe, long boot, long last, long count) {
    /** Numbers below the last that are not there. */
    long missing() {
      return last + 1 - count;
    }
  }

  /** A message to a receiver. */
  record Message(String key, String kind, int attempts, boolean delivered, boolean givenUp) {}

  /** A row to something else. */
  @FunctionalInterface
  private interface Read<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, Read<T> read) {
    try (Connection connection = DriverManager.getConnection(url, login);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(read.of(rows));
      }
      return all;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Whether it answers. */
  boolean answers() {
    try (Connection connection = DriverManager.getConnection(url, login)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** How many there are of each probe; nothing before the tables are made or while it is down. */
  Map<String, Long> observations() {
    Map<String, Long> counts = new TreeMap<>();
    try {
      query(
              "SELECT v.probe, count(*) FROM evidence e JOIN vantage v ON v.id = e.vantage"
                  + " GROUP BY v.probe",
              row -> Map.entry(row.getString(1), row.getLong(2)))
          .forEach(each -> counts.put(each.getKey(), each.getValue()));
    } catch (IllegalStateException e) {
      return new TreeMap<>();
    }
    return counts;
  }

  List<Run> runs() {
    return query(
        "SELECT v.probe, e.boot, max(e.sequence), count(DISTINCT e.sequence) FROM evidence e"
            + " JOIN vantage v ON v.id = e.vantage GROUP BY v.probe, e.boot ORDER BY 1, 2",
        row -> new Run(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)));
  }

  /** Of each run, how many observations ought to be there and are not. */
  Map<String, Long> missing() {
    Map<String, Long> missing = new TreeMap<>();
    runs().forEach(run -> missing.put(run.probe() + ":" + run.boot(), run.missing()));
    return missing;
  }

  /** Whether this observation is there. */
  boolean has(String probe, long boot, long sequence) {
    return !query(
            "SELECT 1 FROM evidence e JOIN vantage v ON v.id = e.vantage WHERE v.probe = '"
                + probe
                + "' AND e.boot = "
                + boot
                + " AND e.sequence = "
                + sequence,
            row -> row.getInt(1))
        .isEmpty();
  }

  List<Message> messages() {
    return query(
        "SELECT id, kind, attempts, delivered IS NOT NULL, given_up <> 0 FROM notice"
            + " ORDER BY sequence",
        row ->
            new Message(
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                row.getBoolean(4),
                row.getBoolean(5)));
  }

  /** Attempts after which the sender did not know whether the message had come. */
  long ambiguousSends() {
    return messages().stream().mapToLong(each -> Math.max(0, each.attempts() - 1)).sum();
  }

  /** Of these targets, when they were said to be down or worse than they should be. */
  List<String> accusations(List<String> targets) {
    return query(
        "SELECT target, state, reason, to_timestamp(began / 1000000.0) FROM verdict_interval WHERE "
            + ACCUSED
            + " AND target IN ('"
            + String.join("', '", targets)
            + "')",
        row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3));
  }

  /** How often it was unknown how any of these targets is. */
  long unknowns(List<String> targets) {
    return query(
            "SELECT count(*) FROM verdict_interval WHERE state = 'UNKNOWN' AND target IN ('"
                + String.join("', '", targets)
                + "')",
            row -> row.getLong(1))
        .getFirst();
  }

  /** Incidents whose first target is this one. */
  long incidents(String target) {
    return query(
            "SELECT count(DISTINCT incident) FROM incident_target WHERE target = '" + target + "'",
            row -> row.getLong(1))
        .getFirst();
  }

  /** How often one took over. */
  long epoch() {
    return query("SELECT number FROM epoch", row -> row.getLong(1)).getFirst();
  }
}
