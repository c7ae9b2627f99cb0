package parallax.coordinator.store.backup;

import io.vertx.core.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import parallax.coordinator.store.WholeRecord;

/**
 * Writes a record to a file: gzip (RFC 1952) of lines of JSON. The first says what it is, {@code
 * {"table":…}} begins a table, an array is a row, the last one is the manifest with the SHA-256 of
 * all lines before it.
 */
public final class BackupWriter {
  static final int FORMAT = 1;

  private static final int BUFFER = 64 * 1024;
  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> READ = PosixFilePermissions.fromString("r--------");

  private final Sums sums = new Sums();
  private final MessageDigest digest = Sums.sha256();
  private final OutputStream out;

  private BackupWriter(OutputStream file) {
    this.out = new DigestOutputStream(file, digest);
  }

  /**
   * Writes the whole record. The file is there when it is complete and on disk, or not at all, and
   * nobody changes it any more.
   *
   * @throws UncheckedIOException when it cannot be written
   * @throws parallax.coordinator.store.StoreException when the record cannot be read
   */
  public static Manifest write(WholeRecord whole, Path file, Instant now, String version) {
    Path folder = file.resolveSibling("");
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      Manifest manifest;
      try (FileChannel channel =
              FileChannel.open(
                  part,
                  Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                  PosixFilePermissions.asFileAttribute(OWN));
          GZIPOutputStream zipped =
              new GZIPOutputStream(
                  new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), BUFFER)) {
        manifest = new BackupWriter(zipped).write(whole, now, version);
        zipped.finish();
        zipped.flush();
        channel.force(true);
      }
      Files.setPosixFilePermissions(part, READ);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      force(folder);
      return manifest;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    } finally {
      deleteRest(part);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder)) {
      directory.force(true);
    }
  }

  private static void deleteRest(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // What is left has a name that nothing reads, and the next backup tries again.
    }
  }

  private Manifest write(WholeRecord whole, Instant now, String version) throws IOException {
    line(
        new JsonObject()
            .put("parallaxBackup", FORMAT)
            .put("schema", whole.schema())
            .put("taken", now.toString())
            .put("version", version)
            .encode());
    try {
      whole.read(this::row);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Manifest manifest = new Manifest(whole.schema(), now, version, sums.tables());
    String before = HexFormat.of().formatHex(digest.digest());
    line(
        new JsonObject()
            .put("end", FORMAT)
            .put("tables", manifest.tablesJson())
            .put("sha256", before)
            .encode());
    return manifest;
  }

  private void row(String table, String row) {
    try {
      if (sums.begins(table)) {
        line(new JsonObject().put("table", table).encode());
      }
      sums.take(table, row);
      line(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void line(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }
}
