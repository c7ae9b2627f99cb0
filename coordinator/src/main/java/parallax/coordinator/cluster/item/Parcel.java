package parallax.coordinator.cluster.item;

import java.util.List;
import parallax.config.wire.WireLimits;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;

/**
 * Observations of one run of one probe, handed over together: at most {@link WireLimits#MAX_BATCH},
 * encoded once where they came in and read by each replica. Immutable.
 */
public final class Parcel {
  private final byte[] bytes;

  private Parcel(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Parcel of(List<Item> items) {
    if (items.size() > WireLimits.MAX_BATCH) {
      throw new IllegalArgumentException(items.size() + " observations");
    }
    Packer out = new Packer(items.stream().mapToInt(Item::weight).sum() / 2);
    ItemTable.write(out, items);
    return new Parcel(out.done());
  }

  /** The items; throws {@link IllegalArgumentException} when the bytes cannot be a parcel. */
  public List<Item> items() {
    Unpacker in = new Unpacker(bytes);
    List<Item> items = ItemTable.read(in);
    in.end();
    return items;
  }

  public int size() {
    return bytes.length;
  }

  /** Not to be changed. */
  public byte[] pack() {
    return bytes;
  }

  /** Bytes that {@link #pack} gave; they are read by {@link #items}. */
  public static Parcel unpack(byte[] bytes) {
    return new Parcel(bytes);
  }
}
