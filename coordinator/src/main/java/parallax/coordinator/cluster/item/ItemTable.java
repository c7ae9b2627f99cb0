package parallax.coordinator.cluster.item;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parallax.config.wire.WireLimits;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;

/**
 * Items as bytes, where an origin and a subject stand once, at their first use, and numbers as
 * differences. One table, in one order, writes and reads all items of a message.
 */
public final class ItemTable {
  /** Items in one list. */
  public static final int MAX_ITEMS = 4 * 1024 * 1024;

  public static final int MAX_TEXT_BYTES = 1_024;
  private static final int MAX_VANTAGE_BYTES = 1_024;

  private final Map<Object, Integer> places = new LinkedHashMap<>();
  private final List<Origin> origins = new ArrayList<>();
  private final List<Item.Subject> subjects = new ArrayList<>();
  private long sequence;
  private long received;

  public static void write(Packer out, List<Item> items) {
    ItemTable table = new ItemTable();
    out.number(items.size());
    items.forEach(item -> table.write(out, item));
  }

  public static List<Item> read(Unpacker in) {
    ItemTable table = new ItemTable();
    int count = in.count(MAX_ITEMS);
    List<Item> items = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      items.add(table.readItem(in));
    }
    return items;
  }

  public void write(Packer out, Item item) {
    Origin origin = item.origin();
    if (isFirst(out, origin, origins)) {
      out.text(origin.probe()).number(origin.boot()).bytes(origin.vantage());
    }
    Item.Subject subject = item.subject();
    if (isFirst(out, subject, subjects)) {
      out.text(subject.target()).text(subject.check());
    }
    out.number(item.sequence() - sequence)
        .number(item.received() - received)
        .bytes(item.observation());
    sequence = item.sequence();
    received = item.received();
  }

  private <T> boolean isFirst(Packer out, T thing, List<T> things) {
    Integer place = places.putIfAbsent(thing, things.size());
    out.number(place == null ? things.size() : place);
    if (place == null) {
      things.add(thing);
    }
    return place == null;
  }

  public Item readItem(Unpacker in) {
    int origin = in.count(origins.size());
    if (origin == origins.size()) {
      origins.add(new Origin(in.text(MAX_TEXT_BYTES), in.number(), in.bytes(MAX_VANTAGE_BYTES)));
    }
    int subject = in.count(subjects.size());
    if (subject == subjects.size()) {
      subjects.add(new Item.Subject(in.text(MAX_TEXT_BYTES), in.text(MAX_TEXT_BYTES)));
    }
    sequence += in.number();
    received += in.number();
    byte[] observation = in.bytes(WireLimits.MAX_OBSERVATION_BYTES);
    return new Item(origins.get(origin), sequence, received, subjects.get(subject), observation);
  }
}
