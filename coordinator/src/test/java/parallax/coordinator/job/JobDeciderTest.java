package parallax.coordinator.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.observation.Reason;
import parallax.config.secret.SecretSource;
import parallax.config.target.TargetName;
import parallax.coordinator.configuration.Watchlists;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.ingest.Decider;
import parallax.coordinator.notebook.Heard;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.InMemoryStore;
import parallax.coordinator.store.Store;

/** Jobs on a virtual clock, recorded as they would be. */
final class JobDeciderTest {
  private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");
  private static final TargetName BACKUP = new TargetName("backup");
  private static final String YAML =
      """
      targets:
        - {name: backup, heartbeat: {every: 1h, grace: 5m}}
        - {name: shop, url: "tcp://192.0.2.1:1"}
      receivers: [{name: ops, webhook: {url: "http://192.0.2.2/"}}]
      """;

  private final InMemoryStore store = new InMemoryStore();
  private final List<String> coreWatches = new ArrayList<>();
  private Configuration configuration = read(YAML);
  private Optional<Signs> signs = Optional.empty();
  private Instant now = T0;
  private Decider decider = begin();

  private static Configuration read(String yaml) {
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("a.yaml"), yaml.getBytes(StandardCharsets.UTF_8), SecretSource.ofMachine());
    return ((Loaded.Valid) loaded).configuration();
  }

  /** Notes what it is to watch. */
  private final class Core implements Decider {
    @Override
    public List<Effect> decide(Input input, Instant at) {
      if (input instanceof Input.Configured(var watchlist)) {
        coreWatches.clear();
        watchlist.targets().stream().map(Watched::name).forEach(n -> coreWatches.add(n.value()));
      }
      return List.of();
    }

    @Override
    public Optional<Instant> due() {
      return Optional.empty();
    }

    @Override
    public Optional<Verdict> verdict(TargetName target) {
      return Optional.empty();
    }

    @Override
    public List<Incident> openIncidents() {
      return List.of();
    }
  }

  private Decider begin() {
    Function<Store.Remembered, Decider> core =
        remembered -> {
          assertThat(remembered.held()).isEmpty();
          assertThat(remembered.open()).isEmpty();
          return new Core();
        };
    Decider begun =
        JobDecider.restored(
            core, store.remembered(), new JobDecider.Ports(() -> configuration, () -> signs));
    decider = begun;
    decide(new Input.Configured(Watchlists.of(configuration, List.of())));
    return begun;
  }

  private List<Effect> decide(Input input) {
    List<Effect> effects = decider.decide(input, now);
    store.record(store.takeOver(), effects, now);
    return effects;
  }

  private List<Effect> tickAt(Instant at) {
    now = at;
    signs = Optional.of(Signs.of(store.heartbeats(), now));
    return decide(new Input.Tick());
  }

  private void heardAt(Instant at, boolean failed) {
    store.heard(new Heard("backup", at, "job", failed, failed ? "disk full" : ""));
  }

  private Verdict verdict() {
    return decider.verdict(BACKUP).orElseThrow();
  }

  private static List<Notice.Kind> told(List<Effect> effects) {
    return effects.stream()
        .filter(Effect.Tell.class::isInstance)
        .map(effect -> ((Effect.Tell) effect).notice().kind())
        .toList();
  }

  @Test
  void theCoreNeverHearsOfJobs() {
    assertThat(coreWatches).containsExactly("shop");
  }

  @Test
  void aJobIsUpWhileItIsHeardDownAfterItsGraceAndUpAgain() {
    heardAt(T0.plusSeconds(10), false);
    tickAt(T0.plusSeconds(11));
    assertThat(verdict().state()).isEqualTo(TargetState.UP);
    assertThat(verdict().since()).isEqualTo(T0.plusSeconds(10));
    Instant due = T0.plusSeconds(10).plus(Duration.ofMinutes(65));
    assertThat(tickAt(due)).isEmpty();
    List<Effect> down = tickAt(due.plusMillis(1));
    assertThat(told(down)).containsExactly(Notice.Kind.OPENED);
    assertThat(verdict().cause().orElseThrow().finding().reason()).isEqualTo(Reason.JOB_SILENT);
    assertThat(verdict().since()).isEqualTo(due);
    assertThat(tickAt(due.plusSeconds(9))).isEmpty();
    assertThat(decider.openIncidents()).hasSize(1);

    heardAt(due.plusSeconds(60), false);
    assertThat(told(tickAt(due.plusSeconds(61)))).containsExactly(Notice.Kind.RESOLVED);
    assertThat(verdict().state()).isEqualTo(TargetState.UP);
    assertThat(decider.openIncidents()).isEmpty();
  }

  @Test
  void aJobThatSaysThatItFailedIsDownAtOnce() {
    heardAt(T0.plusSeconds(1), true);
    assertThat(told(tickAt(T0.plusSeconds(2)))).containsExactly(Notice.Kind.OPENED);
    assertThat(verdict().cause().orElseThrow().finding().words()).contains("disk full");
    assertThat(tickAt(T0.plus(Duration.ofHours(9)))).isEmpty();
    heardAt(T0.plus(Duration.ofHours(9)), false);
    assertThat(told(tickAt(T0.plus(Duration.ofHours(9)).plusSeconds(1))))
        .containsExactly(Notice.Kind.RESOLVED);
  }

  @Test
  void aJobThatWasNeverHeardHasAsLongAsAnyOther() {
    tickAt(T0.plusSeconds(1));
    assertThat(verdict().state()).isEqualTo(TargetState.UNKNOWN);
    assertThat(told(tickAt(T0.plus(Duration.ofMinutes(65))))).isEmpty();
    assertThat(told(tickAt(T0.plus(Duration.ofMinutes(66))))).hasSize(1);
    assertThat(verdict().cause().orElseThrow().finding().detail()).startsWith("never heard");
  }

  @Test
  void itIsKnownAfterATakeoverSinceWhenItIsWaitedFor() {
    now = T0.plus(Duration.ofMinutes(60));
    begin();
    assertThat(told(tickAt(T0.plus(Duration.ofMinutes(65))))).isEmpty();
    assertThat(told(tickAt(T0.plus(Duration.ofMinutes(66))))).containsExactly(Notice.Kind.OPENED);
  }

  @Test
  void whileTheRecordCannotBeReadNothingIsCalledSilent() {
    heardAt(T0, false);
    tickAt(T0.plusSeconds(1));
    now = T0.plus(Duration.ofHours(9));
    assertThat(decide(new Input.Tick())).isEmpty();
    assertThat(verdict().state()).isEqualTo(TargetState.UP);
  }

  @Test
  void anotherCoordinatorGoesOnWithoutTellingAnybodyTwice() {
    heardAt(T0, true);
    tickAt(T0.plusSeconds(1));
    Incident open = decider.openIncidents().getFirst();
    Verdict before = verdict();
    now = T0.plusSeconds(30);
    begin();
    assertThat(decider.openIncidents()).containsExactly(open);
    assertThat(verdict().state()).isEqualTo(TargetState.DOWN);
    assertThat(told(tickAt(T0.plusSeconds(31)))).isEmpty();
    assertThat(verdict().since()).isEqualTo(before.since());
    heardAt(T0.plusSeconds(40), false);
    assertThat(told(tickAt(T0.plusSeconds(41)))).containsExactly(Notice.Kind.RESOLVED);
  }

  @Test
  void whoIsSilencedIsFollowedAndToldOfWhenItIsOver() {
    LabelMatcher match = new LabelMatcher.OneOf("target", List.of("backup"));
    Instant end = T0.plus(Duration.ofHours(2));
    Silence silence = Silence.made(new Silence.Wish(List.of(match), T0, end, "move"), "a", T0);
    decide(new Input.Configured(Watchlists.of(configuration, List.of(silence))));
    heardAt(T0, true);
    List<Effect> quiet = tickAt(T0.plusSeconds(1));
    assertThat(quiet).hasAtLeastOneElementOfType(Effect.IncidentChanged.class);
    assertThat(told(quiet)).isEmpty();
    assertThat(decider.openIncidents().getFirst().published()).isEmpty();
    assertThat(told(tickAt(end))).containsExactly(Notice.Kind.OPENED);
  }

  @Test
  void whatIsOverBeforeAnybodyWasToldIsToldToNobody() {
    LabelMatcher match = new LabelMatcher.OneOf("target", List.of("backup"));
    Instant end = T0.plus(Duration.ofHours(2));
    Silence silence = Silence.made(new Silence.Wish(List.of(match), T0, end, "move"), "a", T0);
    decide(new Input.Configured(Watchlists.of(configuration, List.of(silence))));
    heardAt(T0, true);
    tickAt(T0.plusSeconds(1));
    heardAt(T0.plusSeconds(5), false);
    List<Effect> over = tickAt(T0.plusSeconds(6));
    assertThat(over).hasAtLeastOneElementOfType(Effect.IncidentChanged.class);
    assertThat(told(over)).isEmpty();
  }

  @Test
  void aJobThatLeavesTheConfigurationLeavesNoOpenIncident() {
    heardAt(T0, true);
    tickAt(T0.plusSeconds(1));
    configuration = read("targets: [{name: shop, url: \"tcp://192.0.2.1:1\"}]");
    now = T0.plusSeconds(9);
    assertThat(told(decide(new Input.Configured(Watchlists.of(configuration, List.of())))))
        .isEmpty();
    assertThat(decider.openIncidents()).isEmpty();
    assertThat(store.remembered().open()).isEmpty();
    assertThat(store.remembered().held()).isEmpty();
  }

  @Test
  void aJobThatLeftWhileNobodyLedLeavesNoOpenIncidentEither() {
    heardAt(T0, true);
    tickAt(T0.plusSeconds(1));
    configuration = read("targets: [{name: shop, url: \"tcp://192.0.2.1:1\"}]");
    now = T0.plusSeconds(9);
    Decider begun =
        JobDecider.restored(
            _ -> new Core(),
            store.remembered(),
            new JobDecider.Ports(() -> configuration, () -> signs));
    decider = begun;
    decide(new Input.Configured(Watchlists.of(configuration, List.of())));
    assertThat(store.remembered().open()).isEmpty();
  }
}
