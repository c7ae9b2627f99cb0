package parallax.coordinator.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.Configuration;
import parallax.config.problem.Problem;
import parallax.coordinator.configuration.ConfigurationSource.Start;
import parallax.coordinator.configuration.change.Configurations;
import parallax.coordinator.configuration.git.BareRepository;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.view.SourceRevision;

final class GitWatcherTest {
  private static final int TARGETS = 1_000;

  @TempDir Path folder;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Set<String> approved = new HashSet<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(Examples.NOON);
  private BareRepository remote;
  private GitWatcher watcher;
  private String first;

  @BeforeEach
  void begin() throws InterruptedException {
    remote = new BareRepository(folder.resolve("remote.git"));
    first = push(0, TARGETS);
    watcher = watching();
  }

  @AfterEach
  void end() {
    watcher.close();
    remote.close();
  }

  private String push(int from, int to) {
    List<String> names = IntStream.range(from, to).mapToObj("t%04d"::formatted).toList();
    return remote.file("targets.yaml", Configurations.yaml(names)).commit("targets");
  }

  private ConfigurationSource source() {
    return ConfigurationSources.of("file://" + remote.folder(), folder.resolve("data"));
  }

  private GitWatcher watching() throws InterruptedException {
    ConfigurationSource source = source();
    Start.Ready ready = (Start.Ready) source.first();
    return (GitWatcher)
        source.watch(
            ready, new ConfigurationSource.Watch(approved::contains, now::get, new Told()));
  }

  private final class Told implements ConfigurationWatcher.Listener {
    @Override
    public void configure(Configuration configuration) {
      throw new AssertionError("a commit without its name");
    }

    @Override
    public void configure(Configuration configuration, SourceRevision source) {
      told.add(source.commit() + " " + configuration.targets().size());
    }

    @Override
    public void configurationRejected(List<Problem> problems) {
      problems.forEach(problem -> told.add(problem.toString()));
    }
  }

  private void polls(int times) throws InterruptedException {
    for (int poll = 0; poll < times; poll++) {
      watcher.poll();
    }
  }

  @Test
  void aNewCommitIsTakenWithItsName() throws Exception {
    polls(2);
    assertThat(told).isEmpty();
    String second = push(0, TARGETS + 1);
    polls(2);
    assertThat(told).containsExactly(second + " " + (TARGETS + 1));
  }

  @Test
  void anInvalidCommitIsToldOnceByFileLineAndColumnAndTheOneInForceStays() throws Exception {
    remote.file("web/bad.yaml", "targets:\n  - {name: x, urll: y}\n").commit("bad");
    polls(3);
    assertThat(told).isNotEmpty().allMatch(line -> line.startsWith("web/bad.yaml:2:"));
    int before = told.size();
    remote.without("web/bad.yaml");
    remote.file("big.yaml", "#".repeat(10 * 1024 * 1024)).commit("big");
    polls(2);
    assertThat(told.subList(before, told.size()))
        .containsExactly("big.yaml:1:1: the file has 10240 KiB; at most 1024 KiB are read");
    remote.without("big.yaml");
    String good = push(0, TARGETS);
    polls(1);
    assertThat(told).last().isEqualTo(good + " " + TARGETS);
  }

  @ParameterizedTest
  @CsvSource({"90, false", "100, false", "110, true", "500, true", "1000, true"})
  void tooManyRemovalsWaitUntilThatCommitIsApprovedByName(int removed, boolean held)
      throws Exception {
    String commit = push(removed, TARGETS);
    polls(3);
    String taken = commit + " " + (TARGETS - removed);
    if (!held) {
      assertThat(told).containsExactly(taken);
      return;
    }
    String reason =
        removed == TARGETS
            ? "it removes every target (1000)"
            : "it removes %d of 1000 targets (%d %%), more than 20 and more than 10 %%"
                .formatted(removed, removed / 10);
    assertThat(told)
        .containsExactly(
            "commit "
                + commit
                + ":1:1: held back: "
                + reason
                + "; if that is meant, approve it by name: parallax config approve "
                + commit);
    approved.add(first);
    polls(2);
    assertThat(told).hasSize(1);
    approved.add(commit);
    polls(2);
    assertThat(told).hasSize(2).last().isEqualTo(taken);
  }

  @Test
  void aForcePushWaitsAndIsForgottenWhenTheBranchIsPutBack() throws Exception {
    String second = push(0, TARGETS + 1);
    polls(1);
    String forced = remote.file("more.yaml", "targets: []\n").forcePush("rewritten");
    polls(2);
    assertThat(told).hasSize(2).last().asString().contains("force-push").contains(forced);
    remote.branch("main", first);
    polls(2);
    assertThat(told).hasSize(3).last().asString().contains("force-push").contains(first);
    remote.branch("main", second);
    polls(2);
    assertThat(told).hasSize(4).last().isEqualTo(second + " " + (TARGETS + 1));
    remote.branch("main", forced);
    approved.add(forced);
    polls(2);
    assertThat(told).hasSize(5).last().isEqualTo(forced + " " + (TARGETS + 1));
  }

  @Test
  void aRemoteThatIsGoneIsSeenByItsAgeAndChangesNothing() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    watcher.bindTo(registry);
    Path moved = folder.resolve("moved.git");
    Files.move(remote.folder(), moved);
    now.set(Examples.NOON.plus(Duration.ofMinutes(16)));
    polls(3);
    assertThat(told).isEmpty();
    assertThat(watcher.trouble().orElseThrow()).contains("is not there");
    assertThat(registry.get("parallax.config.last.successful.fetch.timestamp").gauge().value())
        .isEqualTo((double) Examples.NOON.getEpochSecond());
    assertThat(registry.get("parallax.config.source.up").gauge().value()).isZero();
    Files.move(moved, remote.folder());
    polls(1);
    assertThat(watcher.trouble()).isEmpty();
    assertThat(watcher.answered()).isEqualTo(now.get());
  }

  @Test
  void aRemoteWithDamagedObjectsChangesNothing() throws Exception {
    push(0, TARGETS + 1);
    List<Path> objects;
    try (var all = Files.walk(remote.folder().resolve("objects"))) {
      objects = all.filter(Files::isRegularFile).toList();
    }
    for (Path object : objects) {
      byte[] bytes = Files.readAllBytes(object);
      bytes[bytes.length / 2] ^= 0x10;
      Files.delete(object);
      Files.write(object, bytes);
    }
    polls(2);
    assertThat(told).isEmpty();
    assertThat(watcher.trouble()).isPresent();
  }

  @Test
  void aStartWithoutTheRemoteUsesTheLastGoodCommit() throws Exception {
    String second = push(0, TARGETS + 1);
    polls(1);
    push(500, TARGETS);
    Start.Ready held = (Start.Ready) source().first();
    assertThat(held.source().orElseThrow().commit()).isEqualTo(second);
    assertThat(held.stale().orElseThrow()).contains("held back");
    Files.move(remote.folder(), folder.resolve("moved.git"));
    Start.Ready ready = (Start.Ready) source().first();
    assertThat(ready.source().orElseThrow().commit()).isEqualTo(second);
    assertThat(ready.configuration().targets()).hasSize(TARGETS + 1);
    assertThat(ready.stale().orElseThrow()).contains("is not there");
    Start.Unusable never =
        (Start.Unusable)
            ConfigurationSources.of("file://" + remote.folder(), folder.resolve("other")).first();
    assertThat(never.problems().getFirst().message()).contains("is not there");
  }

  @Test
  void aPokeIsEnoughWithoutWaitingForTheInterval() throws Exception {
    watcher.start();
    Waiting.until("first poll", () -> watcher.answered().equals(now.get()));
    String second = push(0, TARGETS + 1);
    now.set(now.get().plusSeconds(1));
    watcher.poke();
    Waiting.until("taken", () -> told.contains(second + " " + (TARGETS + 1)));
  }

  @Test
  void filesOnADiskAreHeldAndApprovedByTheirRevision() throws IOException, InterruptedException {
    Path files = Files.createDirectories(folder.resolve("files"));
    List<String> names = IntStream.range(0, 100).mapToObj("t%04d"::formatted).toList();
    Path file = Files.writeString(files.resolve("a.yaml"), Configurations.yaml(names));
    List<String> heard = new ArrayList<>();
    ConfigurationSource source = ConfigurationSources.of(files.toString(), folder);
    ConfigurationWatcher.Listener listener =
        new ConfigurationWatcher.Listener() {
          @Override
          public void configure(Configuration configuration) {
            heard.add(configuration.revision());
          }

          @Override
          public void configurationRejected(List<Problem> problems) {
            problems.forEach(problem -> heard.add(problem.message()));
          }
        };
    ConfigurationWatcher disk =
        (ConfigurationWatcher)
            source.watch(
                (Start.Ready) source.first(),
                new ConfigurationSource.Watch(approved::contains, now::get, listener));
    Files.writeString(file, Configurations.yaml(names.subList(0, 50)));
    for (int poll = 0; poll < 20; poll++) {
      disk.poll();
    }
    assertThat(heard).singleElement().asString().contains("it removes 50 of 100 targets");
    String revision = heard.getFirst().replaceFirst(".* approve ", "");
    approved.add(revision);
    for (int poll = 0; poll < 20; poll++) {
      disk.poll();
    }
    assertThat(heard).hasSize(2).last().isEqualTo(revision);
  }
}
