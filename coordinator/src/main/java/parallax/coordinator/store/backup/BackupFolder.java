package parallax.coordinator.store.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of backups, named by the instants they show. */
public final class BackupFolder {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'parallax-'uuuuMMdd'T'HHmmss.SSS'Z.backup'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern NAMED = Pattern.compile("parallax-\\d{8}T\\d{6}\\.\\d{3}Z\\.backup");

  private final Path folder;

  /**
   * A folder, made where it is missing.
   *
   * @throws UncheckedIOException when it cannot be made
   */
  public static BackupFolder at(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use " + folder, e);
    }
    return new BackupFolder(folder);
  }

  private BackupFolder(Path folder) {
    this.folder = folder;
  }

  /** Where the backup of this instant belongs. */
  public Path file(Instant taken) {
    return folder.resolve(NAME.format(taken));
  }

  /** All backups, newest first. Other files are none of our business. */
  public List<Path> backups() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAMED.matcher(String.valueOf(file.getFileName())).matches())
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  public Optional<Path> newest() {
    return backups().stream().findFirst();
  }

  /**
   * Removes all but the newest.
   *
   * @param kept at least 1
   * @return what went
   */
  public List<Path> retain(int kept) {
    List<Path> gone = new ArrayList<>();
    for (Path old : backups().stream().skip(Math.max(1, kept)).toList()) {
      try {
        Files.delete(old);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove " + old, e);
      }
      gone.add(old);
    }
    return List.copyOf(gone);
  }
}
