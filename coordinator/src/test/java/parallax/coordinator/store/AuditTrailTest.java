package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.store.Samples.T0;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.coordinator.store.postgres.PostgresAddress;
import parallax.coordinator.store.postgres.PostgresStore;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.PostgresServer;

final class AuditTrailTest {
  private static final int ENTRIES = 20;

  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @TempDir Path folder;

  @BeforeEach
  void write() {
    try (Store store = SqliteStore.open(folder)) {
      fill(store);
    }
  }

  private static void fill(Store store) {
    for (int number = 1; number <= ENTRIES; number++) {
      AuditEntry entry = new AuditEntry("ann", "note", "nr \0 \ud83d " + number + " grüße");
      store.audit(entry, T0.plusSeconds(number));
    }
  }

  private AuditTrail trail() {
    try (WholeRecord whole = SqliteStore.wholeToRead(folder)) {
      return whole.auditTrail();
    }
  }

  @Test
  void theSameEntriesHaveTheSameHeadInEveryDatabase() {
    PostgresAddress address = SERVER.freshDatabase();
    try (Store store = PostgresStore.open(address);
        WholeRecord whole = PostgresStore.wholeToRead(address)) {
      assertThat(whole.auditTrail()).isEqualTo(new AuditTrail.Unbroken(0, AuditTrail.BEGINNING));
      fill(store);
      assertThat(whole.auditTrail()).isEqualTo(trail());
    }
    assertThat(trail())
        .isInstanceOfSatisfying(
            AuditTrail.Unbroken.class, whole -> assertThat(whole.rows()).isEqualTo(ENTRIES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UPDATE audit SET detail = 'nothing' WHERE sequence = 7 | 7 | content
          UPDATE audit SET who = 'bob' WHERE sequence = 1        | 1 | content
          UPDATE audit SET happened = happened + 1 WHERE sequence = 20 | 20 | content
          DELETE FROM audit WHERE sequence = 7                   | 7 | missing
          DELETE FROM audit WHERE sequence = 1                   | 1 | missing
          UPDATE audit SET sequence = 100 - sequence WHERE sequence IN (3, 4) | 3 | missing
          UPDATE audit SET previous = hash WHERE sequence = 5    | 5 | follow
          UPDATE audit SET hash = previous WHERE sequence = 5    | 5 | content
          """)
  void theFirstRowThatIsNotAsItWasWrittenIsNamed(String change, long row, String why)
      throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder + "/parallax.db")) {
      other.createStatement().executeUpdate(change);
    }
    assertThat(trail())
        .isInstanceOfSatisfying(
            AuditTrail.Broken.class,
            broken -> {
              assertThat(broken.row()).isEqualTo(row);
              assertThat(broken.why()).contains(why);
            });
  }

  @Test
  void twoWhoWriteAtOnceDoNotBreakTheChain() throws Exception {
    PostgresAddress address = SERVER.freshDatabase();
    try (Store one = PostgresStore.open(address);
        Store other = PostgresStore.open(address);
        WholeRecord whole = PostgresStore.wholeToRead(address)) {
      Thread beside = Thread.ofPlatform().start(() -> fill(other));
      fill(one);
      beside.join();
      assertThat(whole.auditTrail())
          .isInstanceOfSatisfying(
              AuditTrail.Unbroken.class, all -> assertThat(all.rows()).isEqualTo(2 * ENTRIES));
    }
  }
}
