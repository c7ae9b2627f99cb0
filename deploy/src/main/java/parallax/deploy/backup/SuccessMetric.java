package parallax.deploy.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/**
 * When something last worked, as a file in the text format of Prometheus, for the textfile
 * collector of its node exporter. It stays as it is while the thing fails, so its age tells.
 */
enum SuccessMetric {
  BACKUP("parallax_backup_last_success_timestamp_seconds", "When a snapshot was last taken."),
  DRILL(
      "parallax_restore_drill_last_success_timestamp_seconds",
      "When a snapshot was last restored and compared.");

  private final String metric;
  private final String help;

  SuccessMetric(String metric, String help) {
    this.metric = metric;
    this.help = help;
  }

  /** Replaces the file at once, for it may be read at any moment. */
  void write(Path file, Instant at) {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.writeString(
          part,
          "# HELP %1$s %2$s\n# TYPE %1$s gauge\n%1$s %3$s\n"
              .formatted(metric, help, at.getEpochSecond()));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
