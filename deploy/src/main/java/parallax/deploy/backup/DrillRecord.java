package parallax.deploy.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.coordinator.store.Room;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.WholeRecord;
import parallax.coordinator.store.backup.RestoreDrill;
import parallax.coordinator.store.sqlite.SqliteStore;

/** An empty record that is there for as long as a drill takes. */
final class DrillRecord {
  /** Whatever waits is due by then. */
  private static final Duration FAR = Duration.ofDays(365_000);

  private DrillRecord() {}

  /**
   * What came out.
   *
   * @param waiting notices that would be sent after a restore; more than there are is never said
   */
  record Result(List<RestoreDrill.Line> lines, int waiting) {}

  /** Restores what was saved by a record of this schema; empty when that is not known here. */
  static Optional<Result> restore(WholeRecord.Source saved, int schema, Instant now) {
    try {
      Path folder = Files.createTempDirectory("parallax-drill");
      try {
        return restore(folder, saved, schema, now);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the drill needs room for temporary files", e);
    }
  }

  private static Optional<Result> restore(
      Path folder, WholeRecord.Source saved, int schema, Instant now) {
    List<RestoreDrill.Line> lines;
    try (WholeRecord empty = SqliteStore.wholeToFill(folder)) {
      if (!empty.reads(schema)) {
        return Optional.empty();
      }
      WholeRecord.Source rows = empty.upgraded(saved, schema);
      RestoreDrill.fill(empty, rows, now);
      lines = RestoreDrill.compare(rows, empty);
    }
    try (Store store = SqliteStore.open(folder)) {
      return Optional.of(
          new Result(
              lines, store.claim(now.plus(FAR), Duration.ZERO, Room.of(Store.MAX_PAGE)).size()));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
