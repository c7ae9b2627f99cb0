package parallax.coordinator.store.backup;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.store.WholeRecord;

/** Reads a backup, line by line. What is in it is believed only after all of it was read. */
public final class BackupReader {
  /** The longest line, in bytes: an incident with all its evidence is far shorter. */
  static final int MAX_LINE = 64 * 1024 * 1024;

  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final WholeRecord.Rows rows;
  private final Sums sums = new Sums();
  private final MessageDigest digest = Sums.sha256();
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int filled;
  private String table = "";

  private BackupReader(InputStream in, WholeRecord.Rows rows) {
    this.in = in;
    this.rows = rows;
  }

  /**
   * Reads all of it and believes nothing.
   *
   * @throws UncheckedIOException when there is no such file, or it cannot be read
   */
  public static Checked check(Path file) {
    return read(file, (name, row) -> {});
  }

  /** Its rows; giving them fails when the file is damaged. */
  public static WholeRecord.Source rows(Path file) {
    return rows -> {
      if (read(file, rows) instanceof Checked.Damaged(String why)) {
        throw new StoreException(file + " is damaged: " + why);
      }
    };
  }

  private static Checked read(Path file, WholeRecord.Rows rows) {
    try (InputStream bytes = Files.newInputStream(file)) {
      return readZipped(bytes, rows);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Checked readZipped(InputStream bytes, WholeRecord.Rows rows) throws IOException {
    try (InputStream in = new GZIPInputStream(bytes, BUFFER)) {
      return new BackupReader(in, rows).read();
    } catch (ZipException e) {
      return new Checked.Damaged(String.valueOf(e.getMessage()));
    } catch (EOFException e) {
      return new Checked.Damaged("it ends too early");
    } catch (DecodeException | ClassCastException | DateTimeException e) {
      return new Checked.Damaged("it is not written as a backup is");
    }
  }

  private Checked read() throws IOException {
    String head = line().orElse("{}");
    JsonObject first = new JsonObject(head);
    sum(head);
    if (first.getInteger("parallaxBackup", 0) != BackupWriter.FORMAT) {
      return new Checked.Damaged("it is not a backup that this Parallax knows");
    }
    for (Optional<String> next = line(); next.isPresent(); next = line()) {
      String text = next.get();
      if (text.startsWith("[")) {
        take(text);
        sum(text);
      } else {
        JsonObject mark = new JsonObject(text);
        if (mark.containsKey("end")) {
          return end(first, mark);
        }
        table = mark.getString("table", "");
        sum(text);
      }
    }
    return new Checked.Damaged("it ends too early");
  }

  private void take(String row) {
    sums.take(table, row);
    rows.take(table, row);
  }

  private Checked end(JsonObject first, JsonObject last) throws IOException {
    String sum = HexFormat.of().formatHex(digest.digest());
    Manifest manifest =
        new Manifest(
            first.getInteger("schema", 0),
            Instant.parse(first.getString("taken", "")),
            first.getString("version", ""),
            sums.tables());
    if (!sum.equals(last.getString("sha256"))) {
      return new Checked.Damaged("its content is not what was written: the SHA-256 differs");
    }
    if (!manifest.tablesJson().equals(last.getJsonArray("tables"))) {
      return new Checked.Damaged("its rows are not those of its manifest");
    }
    return at == filled && !fill()
        ? new Checked.Sound(manifest)
        : new Checked.Damaged("something follows its end");
  }

  private void sum(String line) {
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }

  /** The next line; empty at the end. */
  private Optional<String> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (at < filled || fill()) {
      int from = at;
      while (at < filled && buffer[at] != '\n') {
        at++;
      }
      if (line.size() + at - from > MAX_LINE) {
        throw new ZipException("a line is longer than " + MAX_LINE + " bytes");
      }
      line.write(buffer, from, at - from);
      if (at < filled) {
        at++;
        return Optional.of(line.toString(StandardCharsets.UTF_8));
      }
    }
    return Optional.empty();
  }

  /** Reads on; false at the end of the stream, where gzip's own sum was compared. */
  private boolean fill() throws IOException {
    at = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }
}
