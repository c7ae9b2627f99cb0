package parallax.coordinator.configuration;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.Configuration;
import parallax.config.Loaded;
import parallax.config.problem.Problem;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Waiting;

final class ConfigurationWatcherTest {
  @TempDir Path folder;

  private final List<String> told = new ArrayList<>();
  private final AtomicInteger loads = new AtomicInteger();
  private Path file;
  private ConfigurationWatcher watcher;

  @BeforeEach
  void start() throws IOException {
    file = Files.writeString(folder.resolve("targets.yaml"), "one");
    watcher = watching(folder);
  }

  private ConfigurationWatcher watching(Path root) {
    return new ConfigurationWatcher(root, Fingerprint.of(root), this::load, new Told());
  }

  private final class Told implements ConfigurationWatcher.Listener {
    @Override
    public void configure(Configuration configuration) {
      told.add(configuration.revision());
    }

    @Override
    public void configurationRejected(List<Problem> problems) {
      problems.forEach(problem -> told.add(problem.toString()));
    }
  }

  /** Reads the first file; its text is the revision, "bad" a problem, "crash" a bug. */
  private Loaded load() {
    loads.incrementAndGet();
    try {
      String text = Files.readString(file);
      return switch (text) {
        case "bad" ->
            new Loaded.Invalid(List.of(new Problem(Path.of("targets.yaml"), 2, 5, "bad")));
        case "crash" -> throw new IllegalStateException("a bug");
        default -> new Loaded.Valid(Examples.configuration(text), List.of());
      };
    } catch (IOException e) {
      return new Loaded.Invalid(List.of(new Problem(Path.of("targets.yaml"), 1, 1, "gone")));
    }
  }

  private void polls(int times) {
    for (int poll = 0; poll < times; poll++) {
      watcher.poll();
    }
  }

  @Test
  void nothingIsReadWhileNothingChanges() {
    polls(5);
    assertThat(loads).hasValue(0);
  }

  @Test
  void aChangeIsTakenOnceItCameToRest() throws IOException {
    Files.writeString(file, "two, half written");
    polls(1);
    assertThat(told).isEmpty();
    Files.writeString(file, "two");
    polls(1);
    assertThat(told).isEmpty();
    polls(3);
    assertThat(told).containsExactly("two");
  }

  @Test
  void aBadEditIsToldOnceAndTheNextGoodOneIsTaken() throws IOException {
    Files.writeString(file, "bad");
    polls(5);
    assertThat(told).containsExactly("targets.yaml:2:5: bad");
    Files.writeString(file, "good");
    polls(5);
    assertThat(told).containsExactly("targets.yaml:2:5: bad", "good");
  }

  @Test
  void anEditorsRenameIsSeenEvenWhenSizeAndTimeAreTheSame() throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    Path draft = Files.writeString(folder.resolve(".targets.yaml.swp"), "two");
    Files.setLastModifiedTime(draft, time);
    Files.move(draft, file, ATOMIC_MOVE);
    polls(2);
    assertThat(told).containsExactly("two");
  }

  @Test
  void addedAndRemovedFilesAreSeenAndOthersAreNot() throws IOException {
    Path more = Files.createDirectories(folder.resolve("more"));
    Files.writeString(more.resolve("b.yaml"), "b");
    polls(2);
    Files.delete(more.resolve("b.yaml"));
    polls(2);
    assertThat(loads).hasValue(2);
    Files.writeString(folder.resolve("notes.txt"), "x");
    Files.createDirectories(folder.resolve(".git"));
    Files.writeString(folder.resolve(".git/c.yaml"), "x");
    polls(2);
    assertThat(loads).hasValue(2);
  }

  @Test
  void aSwappedSymbolicLinkIsSeen() throws IOException {
    Path mounted = Files.createDirectories(folder.resolve("mounted"));
    Path one = Files.createDirectories(mounted.resolve("..1"));
    Path two = Files.createDirectories(mounted.resolve("..2"));
    Files.writeString(one.resolve("targets.yaml"), "one");
    file = Files.writeString(two.resolve("targets.yaml"), "two");
    Path link = Files.createSymbolicLink(mounted.resolve("..data"), one);
    Files.createSymbolicLink(mounted.resolve("targets.yaml"), Path.of("..data/targets.yaml"));
    watcher = watching(mounted);
    Files.delete(link);
    Files.createSymbolicLink(link, two);
    polls(2);
    assertThat(told).containsExactly("two");
  }

  @Test
  void aFolderThatGoesAndComesBackIsRejectedAndThenTaken() throws IOException {
    Path moved = folder.resolveSibling(folder.getFileName() + "-moved");
    Files.move(folder, moved);
    polls(3);
    assertThat(told).singleElement().asString().contains("cannot be read");
    Files.move(moved, folder);
    polls(2);
    assertThat(told).hasSize(2).last().isEqualTo("one");
  }

  @Test
  void aBugInTheLoaderDoesNotEndTheWatch() throws IOException {
    Files.writeString(file, "crash");
    polls(2);
    assertThat(told).singleElement().asString().contains("internal error");
    Files.writeString(file, "good");
    polls(2);
    assertThat(told).last().isEqualTo("good");
  }

  @Test
  void aSingleFileCanBeWatchedByItself() throws IOException {
    watcher = watching(file);
    Files.writeString(file, "two");
    polls(2);
    assertThat(told).containsExactly("two");
    assertThat(Fingerprint.of(folder.resolve("none.yaml")))
        .isInstanceOf(Fingerprint.Unreadable.class);
  }

  @Test
  void watchesByItselfUntilItIsClosed() throws IOException {
    watcher.start();
    Files.writeString(file, "two");
    Waiting.until("read", () -> loads.get() == 1);
    watcher.close();
    assertThat(told).containsExactly("two");
  }
}
