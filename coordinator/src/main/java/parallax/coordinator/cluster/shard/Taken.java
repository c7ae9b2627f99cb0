package parallax.coordinator.cluster.shard;

import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;

/**
 * What became of a parcel.
 *
 * @param fresh observations that were put into the journal
 * @param known observations that had been before
 * @param full observations that found no room in the journal: the probe is to keep the parcel
 */
public record Taken(int fresh, int known, int full) {
  private static final int FIELDS = 3;

  /** With how many observations wait in the journal now, which members of before did not say. */
  public byte[] pack(int waiting) {
    return new Packer().number(fresh).number(known).number(full).number(waiting).done();
  }

  /** How many observations wait in the journal; 0 when that was not said. */
  public static int waiting(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    for (int field = 0; field < FIELDS; field++) {
      in.number();
    }
    return in.isAtEnd() ? 0 : in.count(Integer.MAX_VALUE);
  }

  /** Throws {@link IllegalArgumentException} for bytes that {@link #pack} did not write. */
  public static Taken unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    return new Taken(
        in.count(Integer.MAX_VALUE), in.count(Integer.MAX_VALUE), in.count(Integer.MAX_VALUE));
  }
}
