package parallax.coordinator.cluster.shard;

import java.util.List;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.cluster.item.ItemTable;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;

/**
 * A part of what a book holds of each target beside its journal, in order of arrival.
 *
 * @param lastOrder where to read on
 * @param end whether this was the last
 */
public record Page(List<Item> items, long lastOrder, boolean end) {
  public Page {
    items = List.copyOf(items);
  }

  public byte[] pack() {
    Packer out = new Packer();
    ItemTable.write(out, items);
    return out.number(lastOrder).flag(end).done();
  }

  /** Throws {@link IllegalArgumentException} for bytes that {@link #pack} did not write. */
  public static Page unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    Page page = new Page(ItemTable.read(in), in.number(), in.flag());
    in.end();
    return page;
  }
}
