package parallax.coordinator.store.sql;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The way of the tables from one version to the next. What every database understands is written
 * once, the rest once for each dialect.
 */
public final class Migrations {
  /** The number of the newest migration; a test holds the two together. */
  public static final int NEWEST = 6;

  /** Work on all tables at once that takes longer fails. */
  public static final Duration LONGEST_COPY = Duration.ofHours(1);

  private static final String SHARED = "classpath:parallax/coordinator/store/sql";

  private Migrations() {}

  /** The newest migration that was applied; 0 when the last one failed. */
  public static int applied(Sql sql) throws SQLException {
    return sql.one(
            "SELECT CASE WHEN COUNT(*) = COUNT(CASE WHEN success THEN 1 END)"
                + " THEN MAX(CAST(version AS INTEGER)) ELSE 0 END FROM flyway_schema_history",
            row -> row.getInt(1))
        .orElse(0);
  }

  /**
   * Brings the tables up to date.
   *
   * @param own the class path folder of the dialect's own migrations
   * @throws org.flywaydb.core.api.FlywayException when it cannot
   */
  public static void run(DataSource source, String own) {
    Flyway.configure()
        .dataSource(source)
        .locations(SHARED, "classpath:" + own)
        .validateMigrationNaming(true)
        .ignoreMigrationPatterns(new String[0])
        .load()
        .migrate();
  }
}
