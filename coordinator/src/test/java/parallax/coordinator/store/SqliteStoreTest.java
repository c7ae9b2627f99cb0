package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parallax.coordinator.store.Samples.T0;
import static parallax.coordinator.store.Samples.changed;
import static parallax.coordinator.store.Samples.down;
import static parallax.coordinator.store.Samples.incident;
import static parallax.coordinator.store.Samples.target;
import static parallax.coordinator.store.Samples.up;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.store.sql.Migrations;
import parallax.coordinator.store.sqlite.SqliteStore;

final class SqliteStoreTest implements StoreContract {
  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  public Store store() {
    return store;
  }

  @Test
  void aClosedRecordIsAStoreException() {
    store.close();
    assertThatThrownBy(() -> store.remembered()).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.remembered()).isInstanceOf(StoreException.class);
    store = SqliteStore.open(folder);
  }

  @Test
  void whatWasRecordedIsThereAfterReopening() {
    record(List.of(changed("shop", TargetState.DOWN, T0)), T0);
    record(List.of(new Effect.IncidentChanged(incident("i", "shop", T0))), T0);
    store.append(List.of(up("shop", 1, T0)));
    store.close();
    store = SqliteStore.open(folder);
    assertThat(store.remembered().held()).hasSize(1);
    assertThat(store.remembered().open()).containsExactly(incident("i", "shop", T0));
    assertThat(store.remembered().latest()).isEqualTo(incident("i", "shop", T0).opened());
    store.append(List.of(up("shop", 2, T0)));
    assertThat(store.evidence(target("shop"), T0, FAR, Optional.empty(), 10).items()).hasSize(2);
  }

  @Test
  void aSecondProcessOnTheSameFolderIsRefused() {
    assertThatThrownBy(() -> SqliteStore.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("in use by another Parallax");
  }

  @Test
  void aRecordOfANewerVersionIsRefused() throws Exception {
    store.close();
    try (Connection newer = DriverManager.getConnection("jdbc:sqlite:" + folder + "/parallax.db")) {
      newer
          .createStatement()
          .executeUpdate(
              "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                  + " script, checksum, installed_by, execution_time, success)"
                  + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)");
    }
    assertThatThrownBy(() -> SqliteStore.open(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("written by a newer Parallax (schema 99, this one knows 6)");
    try (Connection newer = DriverManager.getConnection("jdbc:sqlite:" + folder + "/parallax.db")) {
      newer.createStatement().executeUpdate("DELETE FROM flyway_schema_history WHERE version='99'");
    }
    store = SqliteStore.open(folder);
  }

  @Test
  void aRecordOfTheFirstVersionIsReadAsItIsAndGoesOnWhenItIsOpened() throws Exception {
    Path old = Files.createDirectories(folder.resolve("old"));
    String url = "jdbc:sqlite:" + old + "/parallax.db";
    Flyway.configure()
        .dataSource(url, "", "")
        .locations("classpath:parallax/coordinator/store/sqlite")
        .load()
        .migrate();
    try (Connection first = DriverManager.getConnection(url)) {
      first
          .createStatement()
          .executeUpdate(
              "INSERT INTO verdict_interval (target, began, state) VALUES ('shop', 1000000, 'UP')");
    }
    try (Archive archive = SqliteStore.openToRead(old)) {
      assertThat(archive.incidents(Optional.empty(), 10).items()).isEmpty();
    }
    assertThatThrownBy(() -> SqliteStore.wholeToRead(old))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has schema 1, this Parallax knows 6");
    try (Store opened = SqliteStore.open(old)) {
      assertThat(opened.remembered().held()).hasSize(1);
      assertThat(opened.takeOver()).isEqualTo(new Epoch(1));
    }
  }

  @Test
  void theNewestMigrationIsTheKnownSchema() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder + "/parallax.db");
        ResultSet newest =
            other
                .createStatement()
                .executeQuery("SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history")) {
      assertThat(newest.getInt(1)).isEqualTo(Migrations.NEWEST);
    }
  }

  @Test
  void wordsOfALaterVersionAreUnknownNotFatal() throws Exception {
    record(List.of(changed("shop", TargetState.DOWN, T0)), T0);
    record(List.of(new Effect.IncidentChanged(incident("i", "shop", T0))), T0);
    store.append(List.of(down("shop", 1, T0)));
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder + "/parallax.db")) {
      other
          .createStatement()
          .executeUpdate("UPDATE verdict_interval SET state='ODD', reason='ODD'");
      other.createStatement().executeUpdate("UPDATE evidence SET reason='ODD'");
      other
          .createStatement()
          .executeUpdate(
              "UPDATE incident SET document=replace(document,'CONNECTION_REFUSED','ODD')");
    }
    assertThat(store.remembered().held().getFirst().newest().state())
        .isEqualTo(TargetState.UNKNOWN);
    assertThat(store.remembered().open()).isEmpty();
    assertThat(store.evidence(target("shop"), T0, FAR, Optional.empty(), 10).items()).isEmpty();
  }

  @Test
  void aDamagedFileIsRefusedWithItsName() throws Exception {
    store.close();
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("parallax.db"), "this is not a database, ".repeat(100));
    assertThatThrownBy(() -> SqliteStore.open(other))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("parallax.db");
    store = SqliteStore.open(folder);
  }
}
