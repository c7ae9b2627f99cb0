package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parallax.coordinator.store.Samples.T0;
import static parallax.coordinator.store.Samples.changed;
import static parallax.coordinator.store.Samples.incident;
import static parallax.coordinator.store.Samples.target;
import static parallax.coordinator.store.Samples.tell;
import static parallax.coordinator.store.Samples.up;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.store.postgres.PostgresAddress;
import parallax.coordinator.store.postgres.PostgresStore;
import parallax.coordinator.testing.PostgresServer;
import parallax.coordinator.testing.Waiting;

final class PostgresStoreTest implements StoreContract {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  private PostgresAddress address;
  private String database;
  private Store store;

  @BeforeEach
  void open() {
    address = SERVER.freshDatabase();
    database = address.jdbcUrl().replaceAll(".*/|\\?.*", "");
    store = PostgresStore.open(address);
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
  void twoCoordinatorsShareOneRecord() {
    try (Store other = PostgresStore.open(address)) {
      store.append(List.of(up("shop", 1, T0), up("desk", 2, T0)));
      other.append(List.of(up("desk", 3, T0), up("shop", 4, T0)));
      assertThat(store.evidence(target("shop"), T0, FAR, Optional.empty(), 10).items()).hasSize(2);

      Epoch first = store.takeOver();
      Epoch second = other.takeOver();
      List<Effect> opened = List.of(tell(Notice.Kind.OPENED, incident("i", "shop", T0), "ops"));
      assertThat(store.record(first, opened, T0)).isEqualTo(new Recorded.Outdated(second));
      assertThat(other.record(second, opened, T0)).isEqualTo(new Recorded.Written());
      assertThat(store.claim(T0, LEASE, Room.of(5))).hasSize(1);
      assertThat(other.claim(T0, LEASE, Room.of(5))).isEmpty();
    }
  }

  @Test
  void brokenConnectionsAreReplaced() {
    record(List.of(changed("shop", TargetState.UP, T0)), T0);
    SERVER.administer(
        database,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                .formatted(database)
            + " AND pid <> pg_backend_pid()");
    Waiting.until("works again", this::answers);
    record(List.of(changed("shop", TargetState.DOWN, T0.plusSeconds(1))), T0.plusSeconds(1));
    assertThat(store.intervals(target("shop"), T0, FAR)).hasSize(2);
  }

  @Test
  void aServerThatIsGoneIsAStoreExceptionUntilItIsBack() throws Exception {
    Epoch epoch = store.takeOver();
    SERVER.stopAtOnce();
    List<Effect> down = List.of(changed("shop", TargetState.DOWN, T0));
    assertThatThrownBy(() -> store.record(epoch, down, T0)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.remembered()).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> PostgresStore.open(address)).isInstanceOf(StoreException.class);
    SERVER.start();
    Waiting.until("works again", this::answers);
    assertThat(store.record(epoch, down, T0)).isEqualTo(new Recorded.Written());
    assertThat(store.intervals(target("shop"), T0, FAR)).hasSize(1);
  }

  private boolean answers() {
    try {
      return store.incident(new IncidentId("none")).isEmpty();
    } catch (StoreException e) {
      return false;
    }
  }

  @Test
  void whatTheDatabaseCanNeverTakeIsToldFromWhatItCannotTakeNow() {
    SERVER.administer(
        database, "ALTER TABLE verdict_interval ADD CONSTRAINT never CHECK (target <> 'shop')");
    Epoch epoch = store.takeOver();
    List<Effect> refused = List.of(changed("shop", TargetState.DOWN, T0));
    assertThatThrownBy(() -> store.record(epoch, refused, T0))
        .isInstanceOf(IllegalArgumentException.class);
    record(List.of(changed("desk", TargetState.DOWN, T0)), T0);
  }

  @Test
  void aRecordOfANewerVersionIsRefused() {
    SERVER.administer(
        database,
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success)"
            + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, true)");
    assertThatThrownBy(() -> PostgresStore.open(address))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("written by a newer Parallax (schema 99, this one knows 6)");
  }

  @Test
  void aClosedRecordIsAStoreException() {
    store.close();
    assertThatThrownBy(() -> store.remembered()).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.remembered()).isInstanceOf(StoreException.class);
    store = PostgresStore.open(address);
  }

  @Test
  void whatWasRecordedIsThereAfterReopening() {
    record(List.of(new Effect.IncidentChanged(incident("i", "shop", T0))), T0);
    store.close();
    store = PostgresStore.open(address);
    assertThat(store.remembered().open()).containsExactly(incident("i", "shop", T0));
  }
}
