package parallax.coordinator.cluster.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Reads what {@link Packer} wrote. Everything throws {@link IllegalArgumentException} when the
 * bytes cannot be what was written. Not thread-safe.
 */
public final class Unpacker {
  private static final int BITS = 7;

  private final byte[] bytes;
  private int at;

  /** Reads {@code bytes}, which must not change meanwhile. */
  public Unpacker(byte[] bytes) {
    this.bytes = bytes;
  }

  public long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += BITS) {
      byte part = next();
      value |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IllegalArgumentException("a number that does not end");
  }

  /** A number from 0 to {@code max}. */
  public int count(int max) {
    long value = number();
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(value + ", at most " + max);
    }
    return (int) value;
  }

  public boolean flag() {
    return count(1) == 1;
  }

  /** A text of at most so many bytes. */
  public String text(int maxBytes) {
    int length = length(maxBytes);
    at += length;
    return new String(bytes, at - length, length, UTF_8);
  }

  public byte[] bytes(int max) {
    int length = length(max);
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  /** Whether nothing is left. */
  public boolean isAtEnd() {
    return at == bytes.length;
  }

  /** Nothing may be left. */
  public void end() {
    if (at != bytes.length) {
      throw new IllegalArgumentException((bytes.length - at) + " bytes too many");
    }
  }

  private int length(int max) {
    int length = count(max);
    if (length > bytes.length - at) {
      throw new IllegalArgumentException("ends too soon");
    }
    return length;
  }

  private byte next() {
    if (at == bytes.length) {
      throw new IllegalArgumentException("ends too soon");
    }
    return bytes[at++];
  }
}
