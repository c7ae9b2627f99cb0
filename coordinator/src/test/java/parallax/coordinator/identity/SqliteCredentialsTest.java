package parallax.coordinator.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.WholeRecord;
import parallax.coordinator.store.sqlite.SqliteStore;

final class SqliteCredentialsTest implements CredentialsContract {
  @TempDir Path folder;
  private Credentials credentials;

  @BeforeEach
  void open() {
    credentials = new CredentialTable(SqliteStore.shared(folder));
  }

  @AfterEach
  void close() {
    credentials.close();
  }

  @Override
  public Credentials credentials() {
    return credentials;
  }

  @Override
  public WholeRecord whole() {
    return SqliteStore.wholeToRead(folder);
  }

  @Test
  void aTokenIsMadeWhileACoordinatorHasTheRecordOpen() {
    try (Store store = SqliteStore.open(folder);
        Credentials other = new CredentialTable(SqliteStore.shared(folder))) {
      assertThat(other.create(TOKYO, Optional.empty(), new Credentials.By("ops", T0)))
          .isInstanceOf(Credentials.Created.New.class);
      assertThat(credentials.valid(T0)).hasSize(1);
      assertThat(store.takeOver().number()).isEqualTo(1);
    }
  }

  @Test
  void tokensAreInACopyOfTheRecord() {
    credentials.create(TOKYO, Optional.empty(), new Credentials.By("ops", T0));
    List<String> rows = new ArrayList<>();
    try (WholeRecord whole = whole()) {
      whole.read(
          (table, row) -> {
            if (table.equals("probe_credential")) {
              rows.add(row);
            }
          });
    }
    assertThat(rows).hasSize(1);
    Path copy = folder.resolve("copy");
    try (WholeRecord filled = SqliteStore.wholeToFill(copy)) {
      filled.fill(
          new WholeRecord.Filling(
              to -> rows.forEach(row -> to.take("probe_credential", row)),
              false,
              true,
              Optional.empty(),
              T0));
    }
    try (Credentials restored = new CredentialTable(SqliteStore.shared(copy))) {
      assertThat(restored.valid(T0)).isEqualTo(credentials.valid(T0));
    }
  }
}
