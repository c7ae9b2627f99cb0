package parallax.coordinator.cluster.shard;

import java.util.List;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.cluster.item.ItemTable;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;

/**
 * What a journal holds after some place.
 *
 * @param first the number of the first of {@code items}; the others follow without gaps
 * @param items that wait to be stored
 * @param passing items that found the journal full
 * @param next where to read on
 * @param end whether this was all, at that moment
 */
public record Pulled(long first, List<Item> items, List<Item> passing, Position next, boolean end) {
  public Pulled {
    items = List.copyOf(items);
    passing = List.copyOf(passing);
  }

  public byte[] pack() {
    Packer out = new Packer();
    out.number(first);
    ItemTable.write(out, items);
    ItemTable.write(out, passing);
    next.write(out);
    return out.flag(end).done();
  }

  /** Throws {@link IllegalArgumentException} for bytes that {@link #pack} did not write. */
  public static Pulled unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    Pulled pulled =
        new Pulled(
            in.number(), ItemTable.read(in), ItemTable.read(in), Position.read(in), in.flag());
    in.end();
    return pulled;
  }
}
