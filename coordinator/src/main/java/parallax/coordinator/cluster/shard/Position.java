package parallax.coordinator.cluster.shard;

import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;

/**
 * How far a reader has read.
 *
 * @param incarnation of the book; numbers of another one mean nothing
 * @param number of the last entry of the journal that was read
 * @param passing number of the last item that was read of those which found the journal full
 */
public record Position(long incarnation, long number, long passing) {
  /** Nothing is read; no book has this incarnation. */
  public static final Position START = new Position(0, 0, 0);

  void write(Packer out) {
    out.number(incarnation).number(number).number(passing);
  }

  static Position read(Unpacker in) {
    return new Position(in.number(), in.number(), in.number());
  }

  public byte[] pack() {
    Packer out = new Packer();
    write(out);
    return out.done();
  }

  /** Throws {@link IllegalArgumentException} for bytes that {@link #pack} did not write. */
  public static Position unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    Position position = read(in);
    in.end();
    return position;
  }
}
