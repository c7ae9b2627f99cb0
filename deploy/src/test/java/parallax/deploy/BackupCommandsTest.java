package parallax.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;

/** Snapshots and the audit log as an operator handles them. */
final class BackupCommandsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final int LOOKS = 50;

  @TempDir Path folder;
  private String data;
  private String backups;

  private record Ran(int status, String out, String err) {}

  @BeforeEach
  void fill() {
    data = folder.resolve("data").toString();
    backups = folder.resolve("backups").toString();
    try (Store store = SqliteStore.open(Path.of(data))) {
      store.append(looks());
      for (int number = 0; number < 5; number++) {
        store.audit(new AuditEntry("ann", "note", "number " + number), NOON);
      }
    }
  }

  private static List<Evidence> looks() {
    ProbeName probe = new ProbeName("p");
    List<Evidence> looks = new ArrayList<>();
    for (int number = 0; number < LOOKS; number++) {
      looks.add(
          new Evidence(
              new Observation(
                  new ObservationId(probe, 1, number),
                  new Vantage(probe, new Region("tokyo"), Optional.empty()),
                  new TargetName("shop"),
                  CheckKind.HTTP,
                  Layer.CONTENT,
                  NOON,
                  NOON,
                  Duration.ofMillis(5),
                  Outcome.up(),
                  Timings.NONE,
                  Facts.NONE),
              NOON.plusSeconds(number)));
    }
    return looks;
  }

  private Path taken() throws IOException {
    Ran taken = run("backup", "--to", backups, "--data", data, "--json");
    assertThat(taken.status()).as(taken.err()).isZero();
    JsonObject said = new JsonObject(taken.out());
    assertThat(said.getJsonObject("rows").getInteger("evidence")).isEqualTo(LOOKS);
    return Path.of(said.getString("file"));
  }

  @Test
  void aSnapshotIsTakenCheckedAndRestored() throws IOException {
    Path file = taken();
    assertThat(run("backup", "--verify", file.toString()).out())
        .contains("whole, taken 20")
        .contains("evidence 50");
    String other = folder.resolve("other").toString();
    Ran restored = run("restore", "--from", file.toString(), "--data", other);
    assertThat(restored.status()).as(restored.err()).isZero();
    try (Store store = SqliteStore.open(Path.of(other))) {
      assertThat(
              store
                  .evidence(
                      new TargetName("shop"), NOON, NOON.plusSeconds(99), Optional.empty(), 100)
                  .items())
          .hasSize(LOOKS);
    }
    Ran log = run("audit-log", "verify", "--data", other);
    assertThat(log.out()).startsWith("6 rows, unbroken, head ");

    Ran again = run("restore", "--from", file.toString(), "--data", other);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.out()).contains("not empty").contains("--replace");
    Ran told = run("restore", "--from", file.toString(), "--data", other, "--replace", "--json");
    assertThat(told.status()).isZero();
    assertThat(new JsonObject(told.out()).getBoolean("restored")).isTrue();
  }

  @Test
  void aRestoreSaysWhichProbesNeedATokenUnlessTokensAreKept() throws IOException {
    assertThat(run("token", "create", "--probe", "tokyo-1", "--data", data).status()).isZero();
    Path file = taken();
    String other = folder.resolve("other").toString();
    Ran restored = run("restore", "--from", file.toString(), "--data", other);
    assertThat(restored.status()).as(restored.err()).isZero();
    assertThat(restored.out())
        .contains("1 without one: tokyo-1")
        .contains("parallax token create --probe NAME");
    String third = folder.resolve("third").toString();
    Ran kept = run("restore", "--from", file.toString(), "--data", third, "--keep-tokens");
    assertThat(kept.out()).contains("tokens are as they were then");
    String fourth = folder.resolve("fourth").toString();
    Ran told = run("restore", "--from", file.toString(), "--data", fourth, "--json");
    assertThat(new JsonObject(told.out()).getJsonArray("probesWithoutToken").encode())
        .isEqualTo("[\"tokyo-1\"]");
    Ran drill = run("backup", "--drill", backups);
    assertThat(drill.status()).as(drill.out()).isZero();
  }

  @Test
  void onlyTheNewestAreKept() throws IOException {
    taken();
    taken();
    Ran third = run("backup", "--to", backups, "--data", data, "--keep", "2");
    assertThat(third.status()).isZero();
    assertThat(third.err()).contains("removed ");
    try (Stream<Path> files = Files.list(Path.of(backups))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void theDrillRestoresTheNewestAndSaysWhatItCompared() throws IOException {
    assertThat(run("backup", "--drill", backups).status()).isEqualTo(3);
    Path file = taken();
    Path metrics = folder.resolve("drill.prom");
    Ran drill = run("backup", "--drill", backups, "--metrics", metrics.toString());
    assertThat(metrics)
        .content()
        .containsPattern("(?m)^parallax_restore_drill_last_success_timestamp_seconds \\d{10}$");
    assertThat(drill.status()).isZero();
    assertThat(drill.out())
        .contains("50 rows saved,        50 restored: the same")
        .contains("restored to what was saved; notices that would be sent: 0");
    damage(file);
    Ran damaged = run("backup", "--drill", backups, "--json");
    assertThat(damaged.status()).isEqualTo(1);
    assertThat(new JsonObject(damaged.out()).getBoolean("whole")).isFalse();
    assertThat(run("backup", "--verify", file.toString()).status()).isEqualTo(1);
    assertThat(run("restore", "--from", file.toString(), "--data", data, "--replace").status())
        .isEqualTo(1);
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Test
  void aChangedAuditLogIsNamedByItsFirstWrongRow() throws SQLException {
    Ran whole = run("audit-log", "verify", "--data", data, "--json");
    String head = new JsonObject(whole.out()).getString("head");
    assertThat(whole.status()).isZero();
    change("DELETE FROM audit WHERE sequence = 5");
    Ran cut = run("audit-log", "verify", "--data", data, "--head", head);
    assertThat(cut.status()).isEqualTo(1);
    assertThat(cut.out()).contains("4 rows").contains("rows at its end are missing");
    change("UPDATE audit SET detail = 'nothing' WHERE sequence = 3");
    Ran broken = run("audit-log", "verify", "--data", data);
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.out()).startsWith("broken at row 3: ");
  }

  private void change(String sql) throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + data + "/parallax.db")) {
      other.createStatement().executeUpdate(sql);
    }
  }

  @Test
  void wrongUsageIsToldFromWhatCannotRun() {
    assertThat(run("backup").status()).isEqualTo(2);
    assertThat(run("backup", "--to", "a", "--drill", "b").status()).isEqualTo(2);
    assertThat(run("backup", "--verify", "a", "--keep", "2").status()).isEqualTo(2);
    assertThat(run("backup", "--to", backups, "--keep", "0").status()).isEqualTo(2);
    assertThat(run("backup", "--to", backups, "--database", "mysql://x/y").status()).isEqualTo(2);
    assertThat(run("restore").status()).isEqualTo(2);
    assertThat(run("audit-log").status()).isEqualTo(2);
    String nowhere = folder.resolve("nowhere").toString();
    Ran none = run("backup", "--to", backups, "--data", nowhere);
    assertThat(none.status()).isEqualTo(3);
    assertThat(none.err()).contains("there is no record at " + nowhere);
    assertThat(run("backup", "--verify", nowhere).status()).isEqualTo(3);
    assertThat(
            run("backup", "--to", backups, "--database", "postgresql://127.0.0.1:1/none").status())
        .isEqualTo(3);
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = ParallaxMain.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Ran(status, out.toString(), err.toString());
  }
}
