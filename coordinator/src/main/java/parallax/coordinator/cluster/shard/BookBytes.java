package parallax.coordinator.cluster.shard;

import java.util.ArrayList;
import java.util.List;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.cluster.item.ItemTable;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;

/** A whole book as bytes, for a member that becomes a replica. */
public final class BookBytes {
  private static final int VERSION = 1;

  private BookBytes() {}

  public static byte[] pack(ShardBook book) {
    Packer out = new Packer();
    out.number(VERSION);
    BookLimits limits = book.limits;
    out.number(limits.journalEntries()).number(limits.journalBytes()).number(limits.passing());
    out.number(limits.series()).number(limits.probes());
    out.number(book.owner).number(book.incarnation).number(book.fence);
    out.number(book.orders).number(book.passed);
    out.number(book.seen.size());
    book.seen.forEach(
        (probe, seen) -> {
          out.text(probe);
          seen.write(out);
        });
    ItemTable table = new ItemTable();
    Journal journal = book.journal;
    out.number(journal.confirmed()).number(journal.size());
    for (long number = journal.confirmed() + 1; number <= journal.last(); number++) {
      out.number(journal.get(number).order());
      table.write(out, journal.get(number).item());
    }
    out.number(book.newest.size());
    book.newest.values().forEach(held -> writeHeld(out, table, journal, held));
    out.number(book.passing.size());
    book.passing.forEach(item -> table.write(out, item));
    return out.done();
  }

  private static void writeHeld(Packer out, ItemTable table, Journal journal, List<Entry> held) {
    out.number(held.size());
    for (Entry entry : held) {
      out.number(entry.number());
      if (entry.number() <= journal.confirmed()) {
        out.number(entry.order());
        table.write(out, entry.item());
      }
    }
  }

  /** Throws {@link IllegalArgumentException} for bytes that {@link #pack} did not write. */
  public static ShardBook unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    int version = in.count(VERSION);
    if (version != VERSION) {
      throw new IllegalArgumentException("a book of version " + version);
    }
    ShardBook book = new ShardBook(limits(in));
    book.owner = in.number();
    book.incarnation = in.number();
    book.fence = in.number();
    book.orders = in.number();
    book.passed = in.number();
    int probes = in.count(book.limits.probes());
    for (int probe = 0; probe < probes; probe++) {
      book.seen.put(in.text(ItemTable.MAX_TEXT_BYTES), Seen.read(in));
    }
    ItemTable table = new ItemTable();
    book.journal = new Journal(in.number());
    int waiting = in.count(ItemTable.MAX_ITEMS);
    for (int index = 0; index < waiting; index++) {
      long order = in.number();
      book.journal.append(table.readItem(in), order);
    }
    int series = in.count(book.limits.series());
    for (int index = 0; index < series; index++) {
      List<Entry> held = readHeld(in, table, book.journal);
      Item first = held.getFirst().item();
      book.newest.put(new ShardBook.Series(first.origin().probe(), first.subject()), held);
    }
    int passing = in.count(book.limits.passing());
    for (int index = 0; index < passing; index++) {
      book.passing.add(table.readItem(in));
    }
    in.end();
    return book;
  }

  private static List<Entry> readHeld(Unpacker in, ItemTable table, Journal journal) {
    int count = in.count(ShardBook.KEPT);
    List<Entry> held = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      long number = in.number();
      if (number > journal.confirmed()) {
        held.add(journal.get(number));
      } else {
        long order = in.number();
        held.add(new Entry(table.readItem(in), order, number));
      }
    }
    return held;
  }

  private static BookLimits limits(Unpacker in) {
    return new BookLimits(
        in.count(Integer.MAX_VALUE),
        in.count(Integer.MAX_VALUE),
        in.count(Integer.MAX_VALUE),
        in.count(Integer.MAX_VALUE),
        in.count(Integer.MAX_VALUE));
  }
}
