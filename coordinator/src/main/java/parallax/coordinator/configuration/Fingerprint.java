package parallax.coordinator.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What tells one state of users' files from another without reading them: name, size, time and
 * identity of each. A rename into place, a git checkout and a swapped symbolic link all change it.
 */
public sealed interface Fingerprint {
  /** Of more files than this a folder is not watched. */
  int MAX_FILES = 10_000;

  /** How deep a folder is looked into. */
  int MAX_DEPTH = 8;

  /** The files are there. */
  record Present(List<String> files) implements Fingerprint {
    public Present {
      files = List.copyOf(files);
    }
  }

  /** They cannot be looked at. */
  record Unreadable(String why) implements Fingerprint {}

  /** The fingerprint of a file, or of the YAML files in a folder, as they are now. */
  static Fingerprint of(Path root) {
    try (Stream<Path> found =
        Files.walk(root, Files.isDirectory(root) ? MAX_DEPTH : 0, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> files =
          found
              .filter(file -> file.equals(root) || isVisibleYaml(root, file))
              .limit(MAX_FILES + 1L)
              .sorted()
              .toList();
      if (files.size() > MAX_FILES) {
        return new Unreadable("more than " + MAX_FILES + " files");
      }
      return new Present(files.stream().map(Fingerprint::print).toList());
    } catch (IOException | UncheckedIOException e) {
      return new Unreadable(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private static boolean isVisibleYaml(Path root, Path file) {
    String name = file.getFileName().toString();
    for (Path part : root.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  private static String print(Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      if (is.isDirectory()) {
        return file.toString();
      }
      boolean readable = Files.isReadable(file);
      return "%s %d %s %s %b"
          .formatted(
              file, is.size(), is.lastModifiedTime(), Objects.toString(is.fileKey()), readable);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
