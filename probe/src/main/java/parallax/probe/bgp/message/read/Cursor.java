package parallax.probe.bgp.message.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A part of a message and where its reader is. Whoever takes bytes has asked {@link #has} before;
 * taking more is a bug of ours.
 */
public final class Cursor {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int origin;
  private final int end;
  private int at;

  /** The bytes from {@code from} up to {@code end}; offsets count from {@code origin}. */
  public Cursor(byte[] bytes, int origin, int from, int end) {
    this.bytes = bytes;
    this.origin = origin;
    this.at = from;
    this.end = end;
  }

  public boolean has(int count) {
    return end - at >= count;
  }

  public int left() {
    return end - at;
  }

  /** Where the next byte stands in the message. */
  public int offset() {
    return at - origin;
  }

  public int u8() {
    return bytes[at++] & 0xff;
  }

  public int u16() {
    int value = ((bytes[at] & 0xff) << Byte.SIZE) | (bytes[at + 1] & 0xff);
    at += Short.BYTES;
    return value;
  }

  public int i32() {
    int value = (int) INT.get(bytes, at);
    at += Integer.BYTES;
    return value;
  }

  public long u32() {
    return Integer.toUnsignedLong(i32());
  }

  public long i64() {
    return (u32() << Integer.SIZE) | u32();
  }

  /** Takes the 16 bytes before each message; whether all their bits are set. */
  public boolean marker() {
    long first = i64();
    long second = i64();
    return (first & second) == -1;
  }

  public byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(bytes, at, at + count);
    at += count;
    return taken;
  }

  public byte[] rest() {
    return take(left());
  }

  public void skip(int count) {
    at += count;
  }

  /** The next bytes as a part of their own; this goes on behind them. */
  public Cursor part(int count) {
    Cursor part = new Cursor(bytes, origin, at, at + count);
    at += count;
    return part;
  }

  /** The same bytes, to be read once more. */
  public Cursor again() {
    return new Cursor(bytes, origin, at, end);
  }

  /** The next bytes, at most 8 of them, as the highest ones of a word. */
  public long word(int count) {
    long word = 0;
    if (count > 0 && at + Long.BYTES <= bytes.length) {
      word = (long) LONG.get(bytes, at) & -1L << (Long.SIZE - Byte.SIZE * count);
    } else {
      for (int index = 0; index < count; index++) {
        word |= (bytes[at + index] & 0xffL) << (Long.SIZE - Byte.SIZE * (index + 1));
      }
    }
    at += count;
    return word;
  }
}
