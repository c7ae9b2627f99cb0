package parallax.probe.bgp.bmp;

import java.util.Optional;
import parallax.probe.bgp.message.read.Cursor;

/**
 * The body of one message while it is read. Where it ends too early it is damaged, and has nothing
 * but zeros from there on: whoever reads it asks at the end whether it was whole.
 */
final class Body {
  private final Cursor cursor;
  private Optional<Damage> damage = Optional.empty();

  /** What is wrong first, and where, counted from the first byte of the message. */
  record Damage(String reason, int offset) {}

  Body(Cursor cursor) {
    this.cursor = cursor;
  }

  Optional<Damage> damage() {
    return damage;
  }

  void damaged(String reason, int offset) {
    damage = damage.or(() -> Optional.of(new Damage(reason, offset)));
  }

  /** Whether there are so many bytes; without them it is damaged. */
  boolean need(int count, String what) {
    boolean there = damage.isEmpty() && cursor.has(count);
    if (!there) {
      damaged(what + " is cut off", cursor.offset());
    }
    return there;
  }

  /** Whether there is more to read. */
  boolean more() {
    return damage.isEmpty() && cursor.left() > 0;
  }

  int u8(String what) {
    return need(1, what) ? cursor.u8() : 0;
  }

  int u16(String what) {
    return need(Short.BYTES, what) ? cursor.u16() : 0;
  }

  long u32(String what) {
    return need(Integer.BYTES, what) ? cursor.u32() : 0;
  }

  long i64(String what) {
    return need(Long.BYTES, what) ? cursor.i64() : 0;
  }

  /** The next bytes, or none. */
  Cursor part(int count, String what) {
    return cursor.part(need(count, what) ? count : 0);
  }

  /** What is left, for a reader that judges for itself. */
  Cursor rest() {
    return cursor;
  }
}
