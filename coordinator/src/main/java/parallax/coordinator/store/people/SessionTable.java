package parallax.coordinator.store.people;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.secret.Secret;
import parallax.coordinator.access.Sessions;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.sql.Database;

/** By what sessions of people are known. */
public final class SessionTable implements Sessions {
  private static final String NEWEST =
      "SELECT secret FROM session_key ORDER BY number DESC LIMIT 1";

  private final Database durable;
  private final Database reader;

  public SessionTable(Database durable, Database reader) {
    this.durable = durable;
    this.reader = reader;
  }

  @Override
  public Secret key(Secret fresh, Instant at) {
    Optional<Secret> known =
        reader.alone(
            "reading the key of sessions",
            sql -> sql.one(NEWEST, row -> Secret.of(row.getString(1))));
    return known.isPresent() ? known.get() : taken(fresh, at);
  }

  private Secret taken(Secret fresh, Instant at) {
    return durable.transaction(
        "taking on a key of sessions",
        sql -> {
          NotebookTable.lock(sql);
          Optional<Secret> known = sql.one(NEWEST, row -> Secret.of(row.getString(1)));
          if (known.isPresent()) {
            return known.get();
          }
          sql.update(
              "INSERT INTO session_key (number, secret, created) VALUES (1,?,?)",
              fresh.reveal(),
              Micros.of(at));
          return fresh;
        });
  }

  @Override
  public void end(End end) {
    durable.transaction(
        "ending a session",
        sql -> {
          NotebookTable.lock(sql);
          sql.update("DELETE FROM session_end WHERE until < ?", Micros.of(end.at()));
          long last =
              sql.one("SELECT MAX(number) FROM session_end", row -> row.getLong(1)).orElse(0L);
          sql.update(
              "INSERT INTO session_end (number, whose, ended, until) VALUES (?,?,?,?)",
              last + 1,
              end.whose().orElse(""),
              Micros.of(end.at()),
              Micros.of(end.until()));
          sql.update("DELETE FROM session_end WHERE number <= ?", last + 1 - MAX_ENDS);
          return true;
        });
  }

  @Override
  public List<End> ends(Instant now) {
    return reader.alone(
        "reading which sessions were ended",
        sql ->
            sql.query(
                "SELECT whose, ended, until FROM session_end WHERE until >= ? ORDER BY number",
                row ->
                    new End(
                        Optional.of(row.getString(1)).filter(whose -> !whose.isEmpty()),
                        Micros.instant(row.getLong(2)),
                        Micros.instant(row.getLong(3))),
                Micros.of(now)));
  }
}
