package parallax.coordinator.status.edition;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;

/**
 * A leaf as it is sent, to all who ask for it.
 *
 * @param zipped by gzip, where that is worth it
 * @param tag changes with the bytes (RFC 9110 section 8.8.3); weak, for there are two forms
 */
public record Rendered(Leaf leaf, Buffer plain, Optional<Buffer> zipped, String tag) {
  private static final int MIN_ZIPPED = 1_024;
  private static final int TAG_BYTES = 12;

  /** The leaf of these bytes. */
  public static Rendered of(Leaf leaf, byte[] bytes) {
    return new Rendered(
        leaf,
        Buffer.buffer(bytes),
        bytes.length < MIN_ZIPPED ? Optional.empty() : Optional.of(zipped(bytes)),
        "W/\"" + digest(bytes) + "\"");
  }

  /** The answer to a request; to one who has these bytes already it says so. */
  public Reply reply(Request request) {
    boolean known =
        leaf.status() == 200
            && Arrays.stream(request.ifNoneMatch().split(",", -1))
                .map(String::strip)
                .anyMatch(each -> each.equals(tag) || each.equals("*"));
    boolean zip = zipped.isPresent() && request.acceptEncoding().contains("gzip");
    Buffer body = known ? Buffer.buffer() : zip ? zipped.get() : plain;
    Reply reply =
        new Reply(known ? 304 : leaf.status(), leaf.kind().contentType(), leaf.headers(), body)
            .with("ETag", tag);
    return zip && !known ? reply.with("Content-Encoding", "gzip") : reply;
  }

  private static Buffer zipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024 + bytes.length / 6);
    try (OutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return Buffer.buffer(out.toByteArray());
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, TAG_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
