package parallax.coordinator.cluster.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Writes numbers, texts and bytes one after the other; {@link Unpacker} reads them in the same
 * order. Not thread-safe.
 */
public final class Packer {
  private static final int START_BYTES = 256;
  private static final int MAX_NUMBER_BYTES = 10;

  private byte[] bytes;
  private int size;

  public Packer() {
    this(START_BYTES);
  }

  /** With room for so many bytes before it has to grow. */
  public Packer(int expected) {
    bytes = new byte[Math.max(expected, MAX_NUMBER_BYTES)];
  }

  /** A number in one to ten bytes: the nearer to 0, the fewer. */
  public Packer number(long value) {
    grow(MAX_NUMBER_BYTES);
    long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  public Packer flag(boolean value) {
    return number(value ? 1 : 0);
  }

  public Packer text(String value) {
    return bytes(value.getBytes(UTF_8));
  }

  /** Some bytes, with their length before them. */
  public Packer bytes(byte[] value) {
    number(value.length);
    grow(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  public int size() {
    return size;
  }

  /** All that was written. */
  public byte[] done() {
    return Arrays.copyOf(bytes, size);
  }

  private void grow(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
    }
  }
}
