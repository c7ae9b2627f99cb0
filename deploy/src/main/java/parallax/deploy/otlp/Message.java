package parallax.deploy.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A message in the binary form of Protocol Buffers, written field by field; so little of it is
 * needed here that no generated code is.
 */
final class Message {
  private static final int VARINT = 0;
  private static final int FIXED = 1;
  private static final int LENGTH = 2;

  private byte[] out = new byte[64];
  private int length;

  int size() {
    return length;
  }

  byte[] bytes() {
    return Arrays.copyOf(out, length);
  }

  Message text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Message message(int field, Message value) {
    tag(field, LENGTH).varint(value.length);
    room(value.length);
    System.arraycopy(value.out, 0, out, length, value.length);
    length += value.length;
    return this;
  }

  /** The fields of another, after these. */
  Message raw(Message other) {
    room(other.length);
    System.arraycopy(other.out, 0, out, length, other.length);
    length += other.length;
    return this;
  }

  Message flag(int field) {
    return tag(field, VARINT).varint(1);
  }

  Message number(int field, int value) {
    return tag(field, VARINT).varint(value);
  }

  Message fixed(int field, long value) {
    return tag(field, FIXED).fixed(value);
  }

  Message real(int field, double value) {
    return fixed(field, Double.doubleToRawLongBits(value));
  }

  /** Numbers of eight bytes, packed. */
  Message packed(int field, List<Long> values) {
    tag(field, LENGTH).varint(values.size() * Long.BYTES);
    values.forEach(this::fixed);
    return this;
  }

  private Message bytes(int field, byte[] value) {
    tag(field, LENGTH).varint(value.length);
    room(value.length);
    System.arraycopy(value, 0, out, length, value.length);
    length += value.length;
    return this;
  }

  private Message tag(int field, int type) {
    return varint((field << 3) | type);
  }

  private Message varint(int value) {
    room(5);
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out[length++] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out[length++] = (byte) rest;
    return this;
  }

  private Message fixed(long value) {
    room(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      out[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void room(int more) {
    if (length + more > out.length) {
      out = Arrays.copyOf(out, Math.max(out.length * 2, length + more));
    }
  }
}
