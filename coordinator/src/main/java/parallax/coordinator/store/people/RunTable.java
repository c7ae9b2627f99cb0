package parallax.coordinator.store.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.run.Claim;
import parallax.coordinator.run.Guard;
import parallax.coordinator.run.Run;
import parallax.coordinator.run.RunWish;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.Runs;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.document.Words;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sql.Sql;

/** Which actions run, and what came of those that ran. */
public final class RunTable implements Runs {
  /** What is said of a run whose coordinator died. */
  public static final String LOST =
      "nobody knows what came of it: the coordinator that ran it did not say; it is not repeated";

  private static final String COLUMNS =
      "id, incident, runbook, action, who, automatic, began, until, ended, outcome, said";
  private static final String SELECT = "SELECT " + COLUMNS + " FROM runbook_run ";
  private static final int ID_DIGITS = 12;

  private final Database durable;
  private final Database reader;
  private final PeopleTables.Neighbours neighbours;

  public RunTable(Database durable, Database reader, PeopleTables.Neighbours neighbours) {
    this.durable = durable;
    this.reader = reader;
    this.neighbours = neighbours;
  }

  @Override
  public Claim claim(RunWish wish, Optional<Guard> guard) {
    return durable.transaction(
        "taking on a run",
        sql -> {
          neighbours.lock(sql);
          Optional<Claim> refusal = refusal(sql, wish, guard);
          return refusal.isPresent() ? refusal.get() : granted(sql, wish, guard.isPresent());
        });
  }

  private Optional<Claim> refusal(Sql sql, RunWish wish, Optional<Guard> guard)
      throws SQLException {
    if (guard.isPresent() && neighbours.epoch(sql) > guard.get().epoch()) {
      return Optional.of(new Claim.Outdated());
    }
    Optional<Incident> incident = neighbours.incident(sql, wish.incident());
    if (incident.filter(Incident::isOpen).isEmpty()) {
      return Optional.of(new Claim.Over());
    }
    List<Run> same =
        query(
            sql,
            "WHERE incident = ? AND runbook = ? AND action = ? ORDER BY number DESC LIMIT 1",
            wish.incident().value(),
            wish.runbook(),
            wish.action());
    for (Run last : same) {
      if (last.isRunning(wish.at())) {
        return Optional.of(new Claim.Running(last));
      }
      if (guard.isPresent() && last.isLost(wish.at())) {
        return Optional.of(new Claim.Unsure(last));
      }
    }
    return guard.isPresent() ? tooOften(sql, wish, guard.get()) : Optional.empty();
  }

  private static Optional<Claim> tooOften(Sql sql, RunWish wish, Guard guard) throws SQLException {
    String ofAction = "WHERE runbook = ? AND action = ? ";
    List<Run> last =
        query(sql, ofAction + "ORDER BY began DESC LIMIT 1", wish.runbook(), wish.action());
    for (Run run : last) {
      Instant cool = run.began().plus(guard.cooldown());
      if (wish.at().isBefore(cool)) {
        return Optional.of(new Claim.TooOften(cool));
      }
    }
    List<Run> several =
        query(
            sql,
            ofAction + "AND automatic = 1 AND began > ? ORDER BY began DESC LIMIT ?",
            wish.runbook(),
            wish.action(),
            Micros.of(wish.at().minus(guard.in())),
            guard.most());
    return several.size() < guard.most()
        ? Optional.empty()
        : Optional.of(new Claim.TooOften(several.getLast().began().plus(guard.in())));
  }

  private Claim granted(Sql sql, RunWish wish, boolean automatic) throws SQLException {
    long number =
        1 + sql.one("SELECT MAX(number) FROM runbook_run", row -> row.getLong(1)).orElse(0L);
    Run run =
        new Run(
            id(wish, number),
            wish.incident(),
            wish.runbook(),
            wish.action(),
            wish.who(),
            automatic,
            wish.at(),
            wish.at().plus(wish.within()),
            Optional.empty());
    Happening.Action started = new Happening.Action(run.step(), "started: " + wish.what());
    NotebookTable.Draft draft =
        new NotebookTable.Draft(run.incident(), run.began(), run.who(), started);
    if (NotebookTable.add(sql, draft).isEmpty()) {
      return new Claim.Full();
    }
    sql.update(
        "INSERT INTO runbook_run (number, id, incident, runbook, action, who, automatic, began,"
            + " until) VALUES (?,?,?,?,?,?,?,?,?)",
        number,
        run.id(),
        run.incident().value(),
        run.runbook(),
        run.action(),
        run.who(),
        automatic ? 1 : 0,
        Micros.of(run.began()),
        Micros.of(run.until()));
    audit(sql, run, run.who(), "started", run.began());
    return new Claim.Granted(run);
  }

  private void audit(Sql sql, Run run, String who, String what, Instant at) throws SQLException {
    String detail = run.incident() + ", " + run.step() + ", run " + run.id() + ": " + what;
    neighbours.audit(sql, new AuditEntry(who, "runbook", detail), at);
  }

  private static String id(RunWish wish, long number) {
    try {
      byte[] all = (wish + "\n" + number).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(all);
      return HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void ended(String id, Run.End end) {
    durable.transaction(
        "recording what came of a run",
        sql -> {
          neighbours.lock(sql);
          for (Run run : query(sql, "WHERE id = ?", id)) {
            boolean open =
                run.end().map(known -> known.outcome() == Run.Outcome.UNKNOWN).orElse(true);
            if (open) {
              end(sql, run, end);
            }
          }
          return true;
        });
  }

  private void end(Sql sql, Run run, Run.End end) throws SQLException {
    sql.update(
        "UPDATE runbook_run SET ended = ?, outcome = ?, said = ? WHERE id = ?",
        Micros.of(end.at()),
        end.outcome().name(),
        end.said(),
        run.id());
    Happening.Action over = new Happening.Action(run.step(), end.said());
    String who = Run.by(run.runbook());
    NotebookTable.addAlways(sql, new NotebookTable.Draft(run.incident(), end.at(), who, over));
    audit(sql, run, who, end.outcome().name(), end.at());
  }

  @Override
  public List<Run> giveUp(Instant now) {
    String lost = "WHERE ended IS NULL AND until <= ? ORDER BY number LIMIT ?";
    // Mostly there is none, and nobody is kept waiting to find that out.
    boolean none =
        reader.alone("looking for lost runs", sql -> query(sql, lost, Micros.of(now), 1)).isEmpty();
    return none
        ? List.of()
        : durable.transaction(
            "giving up lost runs",
            sql -> {
              neighbours.lock(sql);
              List<Run> runs = query(sql, lost, Micros.of(now), MAX_READ);
              for (Run run : runs) {
                end(sql, run, new Run.End(now, Run.Outcome.UNKNOWN, LOST));
              }
              return runs;
            });
  }

  @Override
  public List<Run> runs(IncidentId incident) {
    return reader
        .alone(
            "reading runs",
            sql ->
                query(
                    sql,
                    "WHERE incident = ? ORDER BY number DESC LIMIT ?",
                    incident.value(),
                    MAX_READ))
        .reversed();
  }

  @Override
  public List<Run> runsSince(Instant since) {
    return reader
        .alone(
            "reading runs",
            sql ->
                query(
                    sql,
                    "WHERE began >= ? ORDER BY number DESC LIMIT ?",
                    Micros.of(since),
                    MAX_READ))
        .reversed();
  }

  private static List<Run> query(Sql sql, String where, @Nullable Object... values)
      throws SQLException {
    return sql.query(SELECT + where, RunTable::read, values);
  }

  private static Run read(ResultSet row) throws SQLException {
    long ended = row.getLong(9);
    boolean runs = row.wasNull();
    // A word that only a later version knows tells nothing.
    Run.Outcome outcome =
        Words.read(Run.Outcome.class, row.getString(10)).orElse(Run.Outcome.UNKNOWN);
    Optional<Run.End> end =
        runs
            ? Optional.empty()
            : Optional.of(new Run.End(Micros.instant(ended), outcome, row.getString(11)));
    return new Run(
        row.getString(1),
        new IncidentId(row.getString(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getInt(6) != 0,
        Micros.instant(row.getLong(7)),
        Micros.instant(row.getLong(8)),
        end);
  }
}
