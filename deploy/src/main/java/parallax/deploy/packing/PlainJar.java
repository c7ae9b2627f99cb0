package parallax.deploy.packing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar without what depends on who built it: Maven writes the rights that files have on disk into
 * jars, and these follow from the mask of whoever cloned and built.
 */
final class PlainJar {
  /**
   * What each entry says, in no time zone. Of the very first moment that archives of this kind know
   * the library would write the time in the zone of this machine beside it.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private PlainJar() {}

  /**
   * Writes a jar anew: the same entries in the same order.
   *
   * @param content of each entry as it is to be
   */
  static void copy(Path from, Path to, UnaryOperator<byte[]> content) throws IOException {
    try (ZipFile in = new ZipFile(from.toFile());
        OutputStream file = Files.newOutputStream(to);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Enumeration<? extends ZipEntry> all = in.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        ZipEntry plain = new ZipEntry(entry.getName());
        plain.setTimeLocal(TIME);
        out.putNextEntry(plain);
        try (InputStream was = in.getInputStream(entry)) {
          out.write(content.apply(was.readAllBytes()));
        }
        out.closeEntry();
      }
    }
  }
}
