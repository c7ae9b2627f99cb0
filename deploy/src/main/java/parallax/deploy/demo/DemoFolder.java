package parallax.deploy.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The only folder that the demo writes to, readable by its owner alone. It goes with the demo; what
 * a demo left that was killed, the next one clears away.
 */
final class DemoFolder implements AutoCloseable {
  private static final String NAME = "parallax-demo-";
  private static final Pattern OWNED = Pattern.compile(NAME + "([0-9]{1,18})-.*");

  private final Path path;

  private DemoFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes one for this process.
   *
   * @param temporary the folder that it is made in
   */
  static DemoFolder in(Path temporary) throws IOException {
    clear(temporary);
    return new DemoFolder(
        Files.createTempDirectory(temporary, NAME + ProcessHandle.current().pid() + "-"));
  }

  private static void clear(Path temporary) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary, NAME + "*")) {
      for (Path folder : left) {
        Matcher owner = OWNED.matcher(folder.getFileName().toString());
        boolean abandoned =
            owner.matches()
                && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty()
                && Files.isWritable(folder)
                && !Files.isSymbolicLink(folder);
        if (abandoned) {
          remove(folder);
        }
      }
    }
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(path.resolve(name), text);
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
            if (why instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw why;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path empty, IOException why)
              throws IOException {
            Files.deleteIfExists(empty);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    try {
      remove(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }
}
