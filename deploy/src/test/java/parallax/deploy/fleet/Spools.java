package parallax.deploy.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.wire.Batch;
import parallax.probe.spool.LocalDisk;
import parallax.probe.spool.Slice;
import parallax.probe.spool.Spool;
import parallax.probe.spool.SpoolSettings;

/** What a dead probe left on its disk. */
final class Spools {
  private static final String LOCK = "lock";
  private static final int RECORDS = 1_000;
  private static final int BYTES = 200 * 1024;
  private static final int MAX_SLICES = 1_000;
  private static final Vantage READER =
      new Vantage(new ProbeName("reader"), new Region("nowhere"), Optional.empty());

  private Spools() {}

  /** An observation that waits. */
  record Waiting(long boot, long sequence) {}

  /**
   * What waits in the spool somewhere below {@code data}, read from a copy.
   *
   * @param scratch an empty folder
   */
  static List<Waiting> left(Path data, Path scratch) throws IOException {
    Optional<Path> folder = folder(data);
    if (folder.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.get())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, scratch.resolve(file.getFileName()));
      }
    }
    List<Waiting> waiting = new ArrayList<>();
    Spool.Origin reader = new Spool.Origin(Long.MAX_VALUE, Batch.encode(READER));
    try (Spool spool = Spool.open(settings(scratch), reader, new LocalDisk(), () -> 0)) {
      for (int slice = 0; slice < MAX_SLICES; slice++) {
        Optional<Slice> next = spool.backlog(RECORDS, BYTES);
        if (next.isEmpty()) {
          break;
        }
        long boot = next.get().boot();
        next.get().entries().forEach(each -> waiting.add(new Waiting(boot, each.sequence())));
        next.get().stretches().forEach(each -> spool.acknowledge(boot, each.first(), each.last()));
      }
    }
    return waiting;
  }

  private static Optional<Path> folder(Path data) throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      return all.filter(file -> file.endsWith(LOCK)).map(Path::getParent).findFirst();
    }
  }

  private static SpoolSettings settings(Path folder) {
    return new SpoolSettings(
        folder,
        SpoolSettings.USUAL_MAX_BYTES,
        SpoolSettings.USUAL_SEGMENT_BYTES,
        Duration.ofDays(1),
        SpoolSettings.USUAL_SYNC_BYTES);
  }
}
