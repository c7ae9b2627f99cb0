package parallax.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static parallax.coordinator.store.Samples.T0;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.observation.ProbeName;
import parallax.config.secret.Secret;
import parallax.coordinator.access.Sessions;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.identity.Credential;
import parallax.coordinator.identity.CredentialTable;
import parallax.coordinator.identity.Credentials;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Noted;
import parallax.coordinator.report.UserReport;
import parallax.coordinator.run.Run;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.WholeRecord.Filled;
import parallax.coordinator.store.WholeRecord.Filling;
import parallax.coordinator.store.backup.BackupReader;
import parallax.coordinator.store.backup.BackupWriter;
import parallax.coordinator.store.backup.Checked;
import parallax.coordinator.store.backup.Manifest;
import parallax.coordinator.store.backup.RestoreDrill;
import parallax.coordinator.store.sql.Migrations;
import parallax.coordinator.store.sqlite.SqliteStore;

/** What comes back from a snapshot: of any version, and without the tokens of old. */
final class RestoreTest {
  /** The first version that took snapshots. */
  private static final int FIRST = 2;

  private static final Instant FAR = T0.plus(Duration.ofDays(365));
  private static final ProbeName TOKYO = new ProbeName("tokyo-1");
  private static final ProbeName PARIS = new ProbeName("paris-1");

  @TempDir Path folder;

  private static Stream<Integer> everySchema() {
    return IntStream.rangeClosed(FIRST, Migrations.NEWEST).boxed();
  }

  private static Path written(int schema) throws URISyntaxException {
    var resource = RestoreTest.class.getResource("schema-" + schema + ".backup");
    assertThat(resource)
        .as("a snapshot as the version with schema " + schema + " wrote it")
        .isNotNull();
    return Path.of(resource.toURI());
  }

  private static Manifest manifest(Path file) {
    assertThat(BackupReader.check(file)).isInstanceOf(Checked.Sound.class);
    return ((Checked.Sound) BackupReader.check(file)).manifest();
  }

  @ParameterizedTest
  @MethodSource("everySchema")
  void aSnapshotOfEveryVersionThatTookSomeIsRestored(int schema) throws Exception {
    Path file = written(schema);
    Manifest manifest = manifest(file);
    assertThat(manifest.schema()).isEqualTo(schema);
    Path data = folder.resolve("data");
    try (WholeRecord whole = SqliteStore.wholeToFill(data)) {
      assertThat(whole.reads(schema)).isTrue();
      WholeRecord.Source rows = whole.upgraded(BackupReader.rows(file), schema);
      assertThat(whole.fill(new Filling(rows, false, true, Optional.empty(), FAR)))
          .isEqualTo(new Filled.Full(manifest.rows(), List.of()));
      assertThat(RestoreDrill.compare(rows, whole))
          .hasSameSizeAs(manifest.tables())
          .allMatch(RestoreDrill.Line::same);
    }
    try (Store store = SqliteStore.open(data)) {
      assertThat(store.remembered().open())
          .extracting(incident -> incident.id())
          .containsExactly(new IncidentId("i1"));
      assertThat(store.remembered().held())
          .extracting(Store.Held::since)
          .containsExactly(T0.plusSeconds(30));
      assertThat(store.evidence(Samples.target("desk"), T0, FAR, Optional.empty(), 99).items())
          .hasSize(17);
      assertThat(store.claim(FAR, Duration.ZERO, Room.of(9))).isEmpty();
    }
  }

  @Test
  void whatPeopleDidComesBackAndGoesOnBehindIt() throws Exception {
    Path data = folder.resolve("data");
    Path file = written(4);
    try (WholeRecord whole = SqliteStore.wholeToFill(data)) {
      WholeRecord.Source rows = whole.upgraded(BackupReader.rows(file), 4);
      whole.fill(new Filling(rows, false, true, Optional.empty(), FAR));
    }
    IncidentId id = new IncidentId("i1");
    try (Store store = SqliteStore.open(data)) {
      assertThat(store.notebook(id))
          .extracting(entry -> entry.what().kind(), Entry::who)
          .containsExactly(
              tuple(Happening.Kind.ACKNOWLEDGED, "alice"),
              tuple(Happening.Kind.NOTE, "bob"),
              tuple(Happening.Kind.JOINED, Entry.CORE));
      assertThat(store.silences(T0.plusSeconds(59))).hasSize(2);
      assertThat(store.silences(T0.plusSeconds(60)))
          .extracting(Silence::reason)
          .containsExactly("another");
      assertThat(store.heartbeats()).hasSize(1);
      assertThat(store.deliveries(id))
          .filteredOn(delivery -> delivery.receiver().equals("desk"))
          .extracting(Store.Delivery::thread)
          .containsExactly(Optional.of("1700000000.000100"));
      Noted noted = store.note(id, "eve", new Happening.Note("later"), FAR);
      assertThat(((Noted.Written) noted).entry().sequence()).isEqualTo(4);
    }
  }

  @Test
  void runsAndReportsComeBackAndWhatRanThenIsLost() throws Exception {
    Path data = folder.resolve("data");
    Path file = written(5);
    try (WholeRecord whole = SqliteStore.wholeToFill(data)) {
      WholeRecord.Source rows = whole.upgraded(BackupReader.rows(file), 5);
      whole.fill(new Filling(rows, false, true, Optional.empty(), FAR));
    }
    IncidentId id = new IncidentId("i1");
    try (Store store = SqliteStore.open(data)) {
      assertThat(store.reports().reports(T0, FAR))
          .extracting(UserReport::text)
          .containsExactly("", "no \"cart\" since noon");
      assertThat(store.runs().giveUp(FAR)).hasSize(1);
      assertThat(store.runs().runs(id))
          .extracting(Run::who, Run::automatic, run -> run.end().orElseThrow().outcome())
          .containsExactly(
              tuple("alice", false, Run.Outcome.FAILED),
              tuple("runbook:shop-down", true, Run.Outcome.UNKNOWN));
    }
  }

  @Test
  void noSnapshotHoldsTheKeyOfSessionsAndARestoredRecordMakesANewOne() throws Exception {
    Path data = folder.resolve("data");
    Path file = folder.resolve("snapshot");
    Secret key = Secret.of("ab".repeat(32));
    try (Store store = SqliteStore.open(data)) {
      assertThat(store.sessions().key(key, T0)).isEqualTo(key);
      store.sessions().end(new Sessions.End(Optional.of("session:1"), T0, FAR));
    }
    try (WholeRecord whole = SqliteStore.wholeToRead(data)) {
      BackupWriter.write(whole, file, T0, "test");
    }
    StringBuilder rows = new StringBuilder();
    BackupReader.rows(file).giveTo((table, row) -> rows.append(table).append(row));
    assertThat(rows.toString()).doesNotContain(key.reveal(), "session");
    try (WholeRecord whole = SqliteStore.wholeToFill(data)) {
      whole.fill(new Filling(BackupReader.rows(file), true, true, Optional.empty(), FAR));
    }
    try (Store store = SqliteStore.open(data)) {
      Secret fresh = Secret.of("cd".repeat(32));
      assertThat(store.sessions().key(fresh, FAR)).isEqualTo(fresh);
    }
  }

  @Test
  void versionsThatNeverTookOneAndThoseToComeAreNotRead() {
    try (WholeRecord whole = SqliteStore.wholeToFill(folder)) {
      assertThat(whole.reads(FIRST - 1)).isFalse();
      assertThat(whole.reads(Migrations.NEWEST)).isTrue();
      assertThat(whole.reads(Migrations.NEWEST + 1)).isFalse();
      assertThatThrownBy(() -> whole.upgraded(_ -> {}, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** A snapshot in which both probes have a token, and Tokyo has one that was revoked before. */
  private Path taken(Path data) {
    Path file = folder.resolve("taken");
    try (Credentials tokens = new CredentialTable(SqliteStore.shared(data))) {
      String old = create(tokens, TOKYO);
      tokens.revoke(old, by(1));
      create(tokens, TOKYO);
      create(tokens, PARIS);
    }
    try (WholeRecord whole = SqliteStore.wholeToRead(data)) {
      BackupWriter.write(whole, file, T0, "test");
    }
    return file;
  }

  private static Credentials.By by(long second) {
    return new Credentials.By("ops", T0.plusSeconds(second));
  }

  private static String create(Credentials tokens, ProbeName probe) {
    if (tokens.create(probe, Optional.empty(), by(0)) instanceof Credentials.Created.New made) {
      return made.credential().id();
    }
    throw new AssertionError("no token was made");
  }

  private static Filled restore(Path data, Path file, boolean replace, boolean keep) {
    try (WholeRecord whole = SqliteStore.wholeToFill(data)) {
      return whole.fill(new Filling(BackupReader.rows(file), replace, keep, Optional.empty(), FAR));
    }
  }

  private static List<String> valid(Path data) {
    try (Credentials tokens = new CredentialTable(SqliteStore.shared(data))) {
      return tokens.valid(FAR).stream().map(known -> known.credential().id()).sorted().toList();
    }
  }

  private static List<String> ofProbe(Path data, ProbeName probe) {
    try (Credentials tokens = new CredentialTable(SqliteStore.shared(data))) {
      return tokens.list(Optional.of(probe)).stream()
          .filter(each -> each.isValid(FAR))
          .map(Credential::id)
          .toList();
    }
  }

  @Test
  void inAnEmptyRecordNoTokenIsValidAndItIsSaidWhoNeedsOne() {
    Path file = taken(folder.resolve("data"));
    Path other = folder.resolve("other");
    assertThat(((Filled.Full) restore(other, file, false, false)).silenced())
        .containsExactly("paris-1", "tokyo-1");
    assertThat(valid(other)).isEmpty();
    try (Credentials tokens = new CredentialTable(SqliteStore.shared(other))) {
      assertThat(tokens.list(Optional.empty())).hasSize(3);
      assertThat(tokens.create(TOKYO, Optional.empty(), by(9)))
          .isInstanceOf(Credentials.Created.New.class);
    }
  }

  @Test
  void whoSaysSoKeepsThoseThatWereValidThen() {
    Path data = folder.resolve("data");
    Path file = taken(data);
    Path other = folder.resolve("other");
    assertThat(((Filled.Full) restore(other, file, false, true)).silenced()).isEmpty();
    assertThat(valid(other)).hasSize(2).isEqualTo(valid(data));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tokensOfARecordThatIsReplacedStayAsTheyAre(boolean keep) {
    Path data = folder.resolve("data");
    Path file = taken(data);
    String stolen = ofProbe(data, TOKYO).getFirst();
    String fresh;
    try (Credentials tokens = new CredentialTable(SqliteStore.shared(data))) {
      tokens.revoke(stolen, by(60));
      fresh = create(tokens, TOKYO);
    }
    List<String> before = valid(data);
    assertThat(((Filled.Full) restore(data, file, true, keep)).silenced()).isEmpty();
    assertThat(valid(data)).isEqualTo(before).contains(fresh).doesNotContain(stolen);
  }
}
