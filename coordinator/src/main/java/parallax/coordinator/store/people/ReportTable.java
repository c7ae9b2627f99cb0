package parallax.coordinator.store.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.report.UserReport;
import parallax.coordinator.store.Reports;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.sql.Database;

/** What users report. */
public final class ReportTable implements Reports {
  private final Database durable;
  private final Database reader;

  public ReportTable(Database durable, Database reader) {
    this.durable = durable;
    this.reader = reader;
  }

  @Override
  public void report(UserReport report) {
    durable.transaction(
        "keeping a report",
        sql -> {
          NotebookTable.lock(sql);
          long last =
              sql.one("SELECT MAX(number) FROM user_report", row -> row.getLong(1)).orElse(0L);
          @Nullable String region = report.region().map(Region::value).orElse(null);
          sql.update(
              "INSERT INTO user_report (number, target, received, region, said)"
                  + " VALUES (?,?,?,?,?)",
              last + 1,
              report.target().value(),
              Micros.of(report.at()),
              region,
              report.text());
          sql.update("DELETE FROM user_report WHERE number <= ?", last + 1 - MAX_KEPT);
          return true;
        });
  }

  @Override
  public List<UserReport> reports(Instant from, Instant to) {
    return reader.alone(
        "reading reports",
        sql ->
            sql.query(
                "SELECT target, received, region, said FROM user_report"
                    + " WHERE received >= ? AND received < ?"
                    + " ORDER BY received DESC, number DESC LIMIT ?",
                ReportTable::read,
                Micros.of(from),
                Micros.of(to),
                MAX_READ));
  }

  private static UserReport read(ResultSet row) throws SQLException {
    @Nullable String region = row.getString(3);
    return new UserReport(
        new TargetName(row.getString(1)),
        Micros.instant(row.getLong(2)),
        Optional.ofNullable(region).map(Region::new),
        row.getString(4));
  }
}
