package parallax.bench.checks;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Answers to HTTP requests on one connection, one after the other (RFC 9112 section 6). */
final class Answers {
  private static final int MOST_BYTES = 1 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[16 * 1024];
  private int at;
  private int end;

  Answers(InputStream in) {
    this.in = in;
  }

  /** The body of the next, whatever its status. */
  String next() throws IOException {
    String line = line();
    int length = -1;
    boolean chunked = false;
    while (!line.isEmpty()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
      line = line();
    }
    if (!chunked) {
      return new String(bytes(Math.max(0, length)), StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int size = Integer.parseInt(line().strip(), 16);
    while (size > 0) {
      body.writeBytes(bytes(size));
      line();
      size = Integer.parseInt(line().strip(), 16);
    }
    line();
    return body.toString(StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int octet = octet();
    while (octet != '\n') {
      if (octet != '\r') {
        line.append((char) octet);
      }
      octet = octet();
    }
    return line.toString();
  }

  private byte[] bytes(int count) throws IOException {
    if (count > MOST_BYTES) {
      throw new IOException("an answer of " + count + " bytes");
    }
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) octet();
    }
    return bytes;
  }

  private int octet() throws IOException {
    if (at == end) {
      end = in.read(buffer);
      at = 0;
      if (end <= 0) {
        throw new EOFException("closed by the peer");
      }
    }
    return buffer[at++];
  }
}
