package parallax.probe.registration.keep;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import parallax.probe.registration.Limits;
import parallax.probe.registration.lookup.line.Validators;

/**
 * A folder of downloaded lists. Each file has five lines about the list (a word and a version; when
 * it was downloaded or last confirmed, in UTC; SHA-256 of the list, in hex; ETag; Last-Modified)
 * and then the list as it came, so that what is said of a list never stands beside another one.
 */
record Shelf(Path folder) {
  private static final String MAGIC = "parallax-list 1";
  private static final int LINES = 5;
  private static final int MAX_HEADER_BYTES = 1_024;

  /**
   * A list with what is known of it.
   *
   * @param asOf when it was downloaded, or confirmed as the newest
   * @param body at most {@link Limits#MAX_ANSWER_BYTES}
   */
  record Copy(Instant asOf, Validators validators, Buffer body) {}

  /** Empty where there is no such file, or it is not whole. */
  Optional<Copy> read(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    int most = MAX_HEADER_BYTES + Limits.MAX_ANSWER_BYTES;
    try (InputStream in = Files.newInputStream(file)) {
      Buffer whole = Buffer.buffer(in.readNBytes(most + 1));
      return whole.length() > most ? Optional.empty() : copy(whole);
    }
  }

  private static Optional<Copy> copy(Buffer whole) {
    int header = 0;
    int most = Math.min(whole.length(), MAX_HEADER_BYTES);
    for (int lines = 0; lines < LINES && header < most; header++) {
      lines += whole.getByte(header) == '\n' ? 1 : 0;
    }
    String text = whole.getString(0, header, StandardCharsets.US_ASCII.name());
    List<String> lines = List.of(text.split("\n", -1));
    Buffer body = whole.getBuffer(header, whole.length());
    if (lines.size() != LINES + 1
        || !lines.getFirst().equals(MAGIC)
        || !lines.get(2).equals(digest(body))) {
      return Optional.empty();
    }
    try {
      Validators validators = new Validators(Optional.of(lines.get(3)), Optional.of(lines.get(4)));
      return Optional.of(new Copy(Instant.parse(lines.get(1)), validators, body));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  /** Whole and for good, or not at all. */
  void write(String name, Copy copy) throws IOException {
    Files.createDirectories(folder);
    Buffer whole =
        Buffer.buffer(
                String.join(
                    "\n",
                    MAGIC,
                    copy.asOf().toString(),
                    digest(copy.body()),
                    copy.validators().etag().orElse(""),
                    copy.validators().lastModified().orElse(""),
                    ""))
            .appendBuffer(copy.body());
    Path part = Files.createTempFile(folder, name + ".", ".part");
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(whole.getBytes());
        while (left.hasRemaining()) {
          channel.write(left);
        }
        channel.force(true);
      }
      Files.move(
          part,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String digest(Buffer body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
