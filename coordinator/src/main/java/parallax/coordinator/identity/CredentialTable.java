package parallax.coordinator.identity;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import parallax.config.observation.ProbeName;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.document.Micros;
import parallax.coordinator.store.sql.Database;
import parallax.coordinator.store.sql.Sql;
import parallax.coordinator.store.table.AuditTable;

/** The tokens of probes in a table. */
public final class CredentialTable implements Credentials {
  private static final int ID_BYTES = 4;
  private static final String COLUMNS = "id, probe, created, expires, last_used, revoked";
  private static final String VALID = "revoked IS NULL AND (expires IS NULL OR expires > ?)";

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  /**
   * The table of a database.
   *
   * @param database closed with this
   */
  public CredentialTable(Database database) {
    this.database = database;
  }

  @Override
  public Created create(ProbeName probe, Optional<Instant> expires, By by) {
    return database.transaction(
        "creating a token",
        sql -> {
          AuditTable.lock(sql);
          List<Credential> mine =
              sql.query(
                  "SELECT " + COLUMNS + " FROM probe_credential WHERE probe = ? AND " + VALID,
                  CredentialTable::read,
                  probe.value(),
                  Micros.of(by.at()));
          if (mine.size() >= MAX_VALID) {
            return new Created.TooMany(mine);
          }
          return count(sql, by.at()) >= MAX_ALL
              ? new Created.Full()
              : insert(sql, probe, expires, by);
        });
  }

  private static int count(Sql sql, Instant now) throws SQLException {
    return sql.one(
            "SELECT COUNT(*) FROM probe_credential WHERE " + VALID,
            row -> row.getInt(1),
            Micros.of(now))
        .orElse(0);
  }

  private Created insert(Sql sql, ProbeName probe, Optional<Instant> expires, By by)
      throws SQLException {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    Token token = Token.create(random);
    Credential made =
        new Credential(
            HexFormat.of().formatHex(id),
            probe,
            Micros.instant(Micros.of(by.at())),
            expires.map(end -> Micros.instant(Micros.of(end))),
            Optional.empty(),
            Optional.empty());
    sql.update(
        "INSERT INTO probe_credential (id, probe, hash, created, expires) VALUES (?,?,?,?,?)",
        made.id(),
        probe.value(),
        token.hash(),
        Micros.of(by.at()),
        made.expires().map(Micros::of).orElse(null));
    audit(sql, by, "token-create", made);
    return new Created.New(made, token);
  }

  @Override
  public TakenBack revoke(String id, By by) {
    return database.transaction(
        "revoking a token",
        sql -> {
          AuditTable.lock(sql);
          Optional<Credential> found =
              sql.one(
                  "SELECT " + COLUMNS + " FROM probe_credential WHERE id = ?",
                  CredentialTable::read,
                  id);
          if (found.isEmpty()) {
            return new TakenBack.Unknown();
          }
          if (!found.get().isValid(by.at())) {
            return new TakenBack.Before(found.get());
          }
          sql.update(
              "UPDATE probe_credential SET revoked = ? WHERE id = ?", Micros.of(by.at()), id);
          audit(sql, by, "token-revoke", found.get());
          return new TakenBack.Done(found.get());
        });
  }

  private static void audit(Sql sql, By by, String action, Credential credential)
      throws SQLException {
    String detail = credential.id() + " of probe " + credential.probe();
    AuditTable.append(sql, new AuditEntry(by.who(), action, detail), by.at());
  }

  @Override
  public List<Credential> list(Optional<ProbeName> probe) {
    String where = probe.isPresent() ? " WHERE probe = ?" : "";
    String query =
        "SELECT " + COLUMNS + " FROM probe_credential" + where + " ORDER BY created, id LIMIT ";
    Object[] values = probe.map(ProbeName::value).stream().toArray();
    return database.alone(
        "reading tokens", sql -> sql.query(query + MAX_ALL, CredentialTable::read, values));
  }

  @Override
  public List<Known> valid(Instant now) {
    return database.alone(
        "reading tokens",
        sql ->
            sql.query(
                "SELECT "
                    + COLUMNS
                    + ", hash FROM probe_credential WHERE "
                    + VALID
                    + " ORDER BY id LIMIT "
                    + MAX_ALL,
                row -> new Known(read(row), row.getString(7)),
                Micros.of(now)));
  }

  @Override
  public void used(SortedMap<String, Instant> times) {
    List<@Nullable Object[]> rows =
        times.entrySet().stream()
            .map(each -> new @Nullable Object[] {Micros.of(each.getValue()), each.getKey()})
            .toList();
    database.transaction(
        "noting the use of tokens",
        sql -> {
          sql.batch("UPDATE probe_credential SET last_used = ? WHERE id = ?", rows);
          return true;
        });
  }

  private static Credential read(ResultSet row) throws SQLException {
    return new Credential(
        row.getString(1),
        new ProbeName(row.getString(2)),
        Micros.instant(row.getLong(3)),
        instant(row, 4),
        instant(row, 5),
        instant(row, 6));
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Micros.instant(micros));
  }

  @Override
  public void close() {
    database.close();
  }
}
