package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parallax.coordinator.store.Samples.T0;
import static parallax.coordinator.store.Samples.changed;
import static parallax.coordinator.store.Samples.down;
import static parallax.coordinator.store.Samples.incident;
import static parallax.coordinator.store.Samples.resolved;
import static parallax.coordinator.store.Samples.target;
import static parallax.coordinator.store.Samples.tell;
import static parallax.coordinator.store.Samples.up;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.store.WholeRecord.Filled;
import parallax.coordinator.store.WholeRecord.Filling;
import parallax.coordinator.store.backup.BackupFolder;
import parallax.coordinator.store.backup.BackupReader;
import parallax.coordinator.store.backup.BackupWriter;
import parallax.coordinator.store.backup.Checked;
import parallax.coordinator.store.backup.Manifest;
import parallax.coordinator.store.backup.RestoreDrill;
import parallax.coordinator.store.postgres.PostgresAddress;
import parallax.coordinator.store.postgres.PostgresStore;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.PostgresServer;

final class BackupTest {
  private static final Instant FAR = T0.plus(Duration.ofDays(9));
  private static final int LOOKS = 2500;

  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @TempDir Path folder;
  private Path data;
  private Path file;

  @BeforeEach
  void fill() {
    data = folder.resolve("data");
    file = folder.resolve("backup");
    try (Store store = SqliteStore.open(data)) {
      write(store);
    }
  }

  private static void write(Store store) {
    Epoch epoch = store.takeOver();
    Incident over = incident("i0", "shop", T0);
    Incident open = incident("i1", "desk", T0.plusSeconds(60));
    store.record(
        epoch,
        List.of(
            changed("shop", TargetState.DOWN, T0),
            new Effect.IncidentChanged(over),
            tell(Notice.Kind.OPENED, over, "ops")),
        T0);
    store.claim(T0, Duration.ZERO, Room.of(1));
    store.delivered("i0:OPENED:ops", T0.plusSeconds(1));
    Incident closed = resolved(over, T0.plusSeconds(30));
    store.record(
        epoch,
        List.of(
            changed("shop", TargetState.UP, T0.plusSeconds(30)),
            new Effect.IncidentChanged(closed),
            tell(Notice.Kind.RESOLVED, closed, "ops"),
            new Effect.IncidentChanged(open),
            tell(Notice.Kind.OPENED, open, "ops", "desk")),
        T0.plusSeconds(60));
    List<Evidence> looks = new ArrayList<>();
    for (int number = 0; number < LOOKS; number++) {
      Instant at = T0.plusSeconds(number);
      looks.add(number % 7 == 0 ? down("shop", number, at) : up("desk", number, at));
    }
    store.append(looks);
    store.audit(new AuditEntry("test", "configuration", "r1"), T0);
  }

  private Manifest backup() {
    try (WholeRecord whole = SqliteStore.wholeToRead(data)) {
      return BackupWriter.write(whole, file, T0, "test");
    }
  }

  private static Filled restore(WholeRecord target, Path file, boolean replace) {
    AuditEntry entry = new AuditEntry("test", "restore", file.toString());
    return target.fill(
        new Filling(BackupReader.rows(file), replace, false, Optional.of(entry), FAR));
  }

  @Test
  void aBackupGoesToAnyDatabaseAndBackUnchanged() {
    Manifest first = backup();
    assertThat(BackupReader.check(file)).isEqualTo(new Checked.Sound(first));
    assertThat(first.rows()).isGreaterThan(LOOKS);
    PostgresAddress address = SERVER.freshDatabase();
    try (WholeRecord target = PostgresStore.wholeToFill(address)) {
      assertThat(target.fill(plain(file))).isEqualTo(new Filled.Full(first.rows(), List.of()));
      assertThat(RestoreDrill.compare(BackupReader.rows(file), target))
          .allMatch(RestoreDrill.Line::same);
    }
    Path second = folder.resolve("second");
    Manifest back;
    try (WholeRecord source = PostgresStore.wholeToRead(address)) {
      back = BackupWriter.write(source, second, T0, "test");
    }
    try (WholeRecord target = SqliteStore.wholeToFill(folder.resolve("other"))) {
      assertThat(target.fill(plain(second))).isEqualTo(new Filled.Full(first.rows(), List.of()));
      assertThat(RestoreDrill.compare(BackupReader.rows(file), target))
          .hasSize(9)
          .allMatch(RestoreDrill.Line::same);
      assertThat(back.tables()).hasSameSizeAs(first.tables());
    }
    try (Store store = PostgresStore.open(address)) {
      // The database goes on counting behind what it was filled with.
      Incident later = incident("i2", "new", FAR);
      Effect tell = tell(Notice.Kind.OPENED, later, "ops");
      assertThat(store.record(store.takeOver(), List.of(tell), FAR))
          .isEqualTo(new Recorded.Written());
      store.append(List.of(up("new", LOOKS, FAR)));
      assertThat(store.claim(FAR, Duration.ZERO, Room.of(9))).hasSize(1);
    }
  }

  private static Filling plain(Path file) {
    return new Filling(BackupReader.rows(file), false, true, Optional.empty(), FAR);
  }

  @Test
  void aDrillFindsWhatIsNotAsItWasSaved() {
    backup();
    try (WholeRecord target = SqliteStore.wholeToFill(folder.resolve("other"))) {
      target.fill(plain(file));
      target.audit(new AuditEntry("test", "note", "one too many"), FAR);
      assertThat(RestoreDrill.compare(BackupReader.rows(file), target))
          .filteredOn(line -> !line.same())
          .containsExactly(new RestoreDrill.Line("audit", 1, 2, false));
    }
  }

  @Test
  void aRestoredRecordSendsNothingThatWasPlannedBefore() {
    backup();
    Path other = folder.resolve("other");
    try (WholeRecord target = SqliteStore.wholeToFill(other)) {
      restore(target, file, false);
    }
    try (Store store = SqliteStore.open(other)) {
      assertThat(store.claim(FAR, Duration.ZERO, Room.of(100))).isEmpty();
      Store.Delivery waited = store.deliveries(new IncidentId("i1")).getFirst();
      assertThat(waited.givenUp()).isTrue();
      assertThat(waited.lastError().orElseThrow()).startsWith("superseded");
      Store.Delivery sent = store.deliveries(new IncidentId("i0")).getFirst();
      assertThat(sent.delivered()).contains(T0.plusSeconds(1));
      assertThat(store.remembered().open())
          .containsExactly(incident("i1", "desk", T0.plusSeconds(60)));
      assertThat(store.evidence(target("shop"), T0, FAR, Optional.empty(), 1000).items())
          .hasSize(LOOKS / 7 + 1);
    }
  }

  @Test
  void aRecordThatIsInUseIsOnlyReplacedWhenToldAndItsWriterIsRefusedFromThen() {
    backup();
    PostgresAddress address = SERVER.freshDatabase();
    try (Store running = PostgresStore.open(address);
        WholeRecord target = PostgresStore.wholeToFill(address)) {
      Epoch epoch = running.takeOver();
      Effect mine = changed("mine", TargetState.DOWN, T0);
      running.record(epoch, List.of(mine), T0);
      running.append(List.of(up("mine", LOOKS, T0)));
      assertThat(restore(target, file, false)).isEqualTo(new Filled.NotEmpty("verdict_interval"));
      assertThat(running.record(epoch, List.of(mine), T0)).isEqualTo(new Recorded.Written());
      assertThat(restore(target, file, true)).isInstanceOf(Filled.Full.class);
      assertThat(running.record(epoch, List.of(mine), T0)).isInstanceOf(Recorded.Outdated.class);
      assertThat(running.intervals(target("mine"), T0, FAR)).isEmpty();
      // What its probes still send belongs to whom it belonged before.
      running.append(List.of(up("mine", LOOKS + 1, T0)));
      assertThat(running.evidence(target("mine"), T0, FAR, Optional.empty(), 10).items())
          .hasSize(1);
      assertThat(target.auditTrail())
          .isInstanceOfSatisfying(
              AuditTrail.Unbroken.class, trail -> assertThat(trail.rows()).isEqualTo(2));
    }
  }

  @Test
  void aBackupShowsOneInstantWhileTheRecordGoesOn() {
    try (Store store = SqliteStore.open(data);
        WholeRecord whole = SqliteStore.wholeToRead(data)) {
      List<String> tables = new ArrayList<>();
      whole.read(
          (table, row) -> {
            if (tables.isEmpty()) {
              store.append(List.of(up("late", 1_000_000, T0)));
            }
            tables.add(table);
          });
      assertThat(tables.stream().filter("evidence"::equals)).hasSize(LOOKS);
    }
  }

  @Test
  void whateverIsChangedInAFileIsNoticed() throws Exception {
    backup();
    byte[] bytes = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(7);
    Path other = folder.resolve("changed");
    for (int round = 0; round < 60; round++) {
      byte[] changed = bytes.clone();
      // The header of gzip says nothing that matters.
      int at = random.nextInt(10, changed.length);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(other, changed);
      assertThat(BackupReader.check(other)).as("byte %s", at).isInstanceOf(Checked.Damaged.class);
      Files.write(other, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      assertThat(BackupReader.check(other)).isInstanceOf(Checked.Damaged.class);
    }
    Files.writeString(other, "no backup");
    assertThat(BackupReader.check(other)).isInstanceOf(Checked.Damaged.class);
    assertThatThrownBy(() -> BackupReader.check(folder.resolve("nothing")))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aDamagedFileLeavesTheRecordAsItWas() throws Exception {
    Manifest before = backup();
    byte[] bytes = Files.readAllBytes(file);
    Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length - 9));
    try (WholeRecord target = SqliteStore.wholeToFill(data)) {
      assertThatThrownBy(() -> restore(target, cut, true))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is damaged");
      assertThat(backup(target)).isEqualTo(before);
    }
    try (Store store = SqliteStore.open(data)) {
      assertThat(store.claim(FAR, Duration.ZERO, Room.of(9))).isNotEmpty();
    }
  }

  private Manifest backup(WholeRecord whole) {
    return BackupWriter.write(whole, folder.resolve("again"), T0, "test");
  }

  @Test
  void aBackupIsReadOnlyAndOnlyTheNewestAreKept() throws Exception {
    BackupFolder backups = BackupFolder.at(folder.resolve("backups"));
    Files.writeString(folder.resolve("backups/notes.txt"), "ours");
    for (int day = 0; day < 5; day++) {
      Instant now = T0.plus(Duration.ofDays(day));
      try (WholeRecord whole = SqliteStore.wholeToRead(data)) {
        BackupWriter.write(whole, backups.file(now), now, "test");
      }
    }
    Path newest = backups.newest().orElseThrow();
    assertThat(newest).hasFileName("parallax-20261125T120000.123Z.backup");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(newest)))
        .isEqualTo("r--------");
    assertThat(backups.retain(2)).hasSize(3);
    assertThat(backups.backups()).hasSize(2).first().isEqualTo(newest);
    try (Stream<Path> files = Files.list(folder.resolve("backups"))) {
      assertThat(files).hasSize(3);
    }
  }
}
