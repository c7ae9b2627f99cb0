package parallax.coordinator.cluster.shard;

import java.util.ArrayList;
import java.util.List;
import parallax.coordinator.cluster.item.Item;

/** Items that wait to be stored, with numbers that run without gaps. */
final class Journal {
  private static final int START = 64;

  private Entry[] ring = new Entry[START];
  private long confirmed;
  private long last;
  private int bytes;

  /** An empty journal whose next number follows {@code confirmed}. */
  Journal(long confirmed) {
    this.confirmed = confirmed;
    this.last = confirmed;
  }

  long confirmed() {
    return confirmed;
  }

  long last() {
    return last;
  }

  int size() {
    return (int) (last - confirmed);
  }

  boolean hasRoom(BookLimits limits, Item item) {
    return size() < limits.journalEntries() && bytes + item.weight() <= limits.journalBytes();
  }

  Entry append(Item item, long order) {
    if (size() == ring.length) {
      Entry[] larger = new Entry[ring.length * 2];
      for (long number = confirmed + 1; number <= last; number++) {
        larger[(int) (number % larger.length)] = get(number);
      }
      ring = larger;
    }
    Entry entry = new Entry(item, order, ++last);
    ring[(int) (last % ring.length)] = entry;
    bytes += item.weight();
    return entry;
  }

  /** An entry of a number that is neither confirmed nor to come. */
  Entry get(long number) {
    if (number <= confirmed || number > last) {
      throw new IllegalArgumentException(
          "number " + number + " of " + (confirmed + 1) + " to " + last);
    }
    return ring[(int) (number % ring.length)];
  }

  /** Items after a number, together not heavier than so many bytes, but at least one if any. */
  List<Item> after(long number, int maxBytes) {
    List<Item> items = new ArrayList<>();
    long left = maxBytes;
    for (long next = Math.max(number, confirmed) + 1; next <= last; next++) {
      Item item = get(next).item();
      left -= item.weight();
      if (left < 0 && !items.isEmpty()) {
        break;
      }
      items.add(item);
    }
    return items;
  }

  /** Forgets what has a number up to this. */
  void confirm(long number) {
    for (long next = confirmed + 1; next <= Math.min(number, last); next++) {
      int place = (int) (next % ring.length);
      bytes -= ring[place].item().weight();
      vacate(place);
      confirmed = next;
    }
    if (size() == 0 && ring.length > START) {
      ring = new Entry[START];
    }
  }

  @SuppressWarnings("NullAway") // nothing reads a place that no number leads to
  private void vacate(int place) {
    ring[place] = null;
  }
}
