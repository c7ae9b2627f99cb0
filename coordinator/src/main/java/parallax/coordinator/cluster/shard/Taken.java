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
  public byte[] pack() {
    return new Packer().number(fresh).number(known).number(full).done();
  }

  /** Throws {@link IllegalArgumentException} for bytes that {@link #pack} did not write. */
  public static Taken unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    return new Taken(
        in.count(Integer.MAX_VALUE), in.count(Integer.MAX_VALUE), in.count(Integer.MAX_VALUE));
  }
}
