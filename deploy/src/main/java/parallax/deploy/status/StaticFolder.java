package parallax.deploy.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A folder with a copy of the status page. Each file is there whole, as it was or as it is, at any
 * time; pages come last, and badges of services that are no longer public go.
 */
final class StaticFolder {
  /** Names as the copy has them: a file, or one in a folder of badges. */
  private static final Pattern NAME =
      Pattern.compile("(badge/(30d/)?)?[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]{0,120}");

  private static final String BADGES = "badge";
  private static final String UNFINISHED = ".parallax-unfinished";

  private final Path folder;

  StaticFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a copy.
   *
   * @param files bodies by name, in the order in which they are written
   * @throws UncheckedIOException when a file cannot be written
   * @throws IllegalArgumentException when a name would lead elsewhere, and nothing is written then;
   *     or the machine has no letters for it
   */
  void write(Map<String, String> files) {
    for (String name : files.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("not a name of a copy: " + name);
      }
    }
    try {
      Files.createDirectories(folder);
      TreeSet<Path> written = new TreeSet<>();
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path there = folder.resolve(file.getKey());
        write(there, file.getValue());
        written.add(there);
      }
      removeOthers(written);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "this machine's locale has no letters for " + e.getInput() + "; set LC_ALL=C.UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + folder, e);
    }
  }

  private static void write(Path file, String body) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException(file + " lies nowhere");
    }
    Files.createDirectories(parent);
    Path unfinished = parent.resolve(UNFINISHED);
    Files.write(unfinished, body.getBytes(StandardCharsets.UTF_8));
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Badges that this copy has no more; nothing else is touched. */
  private void removeOthers(SortedSet<Path> kept) throws IOException {
    Path badges = folder.resolve(BADGES);
    if (!Files.isDirectory(badges)) {
      return;
    }
    Files.walkFileTree(
        badges,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            boolean badge = file.toString().endsWith(".svg") && attributes.isRegularFile();
            if (badge && !kept.contains(file)) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
