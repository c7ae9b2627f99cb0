package parallax.probe.uplink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.wire.Batch;
import parallax.config.wire.CoordinatorFrame.Limits;
import parallax.config.wire.ProbeFrame.Dropped;
import parallax.probe.uplink.Outbox.Parcel;
import parallax.probe.uplink.session.UplinkInput.Sent;

/**
 * Observations of this run that the spool refused: they are sent once, while a coordinator listens,
 * and lost with the stream. A probe with a full disk is not blind. Not thread-safe.
 */
final class Unspooled {
  /** Those that wait; the oldest go first. */
  static final int MAX_WAITING = 1_000;

  private final long boot;
  private final byte[] origin;
  private final Deque<Item> waiting = new ArrayDeque<>();
  private final List<Flight> flights = new ArrayList<>();
  private final SortedMap<Dropped, Long> excused = new TreeMap<>();

  private static final class Item {
    private final long sequence;
    private final Dropped kind;
    private final byte[] bytes;

    Item(long sequence, Dropped kind, byte[] bytes) {
      this.sequence = sequence;
      this.kind = kind;
      this.bytes = bytes;
    }
  }

  private record Flight(long first, long last, List<Dropped> kinds) {}

  Unspooled(long boot, byte[] origin) {
    this.boot = boot;
    this.origin = origin;
  }

  void add(long sequence, Dropped kind, byte[] bytes) {
    excuse(kind, 1);
    waiting.add(new Item(sequence, kind, bytes));
    if (waiting.size() > MAX_WAITING) {
      excuse(waiting.remove().kind, -1);
    }
  }

  private void excuse(Dropped kind, long count) {
    excused.merge(kind, count, Long::sum);
  }

  /**
   * A frame of those that wait. It holds numbers without a gap: an ack for it is for nothing else.
   */
  Optional<Parcel> next(int most, Limits limits) {
    if (waiting.isEmpty() || most < 1) {
      return Optional.empty();
    }
    Batch batch = new Batch(boot, origin, limits.batchBytes(), most);
    long first = waiting.element().sequence;
    List<Dropped> kinds = new ArrayList<>();
    while (!waiting.isEmpty()
        && waiting.element().sequence == first + kinds.size()
        && batch.add(waiting.element().sequence, waiting.element().bytes)) {
      kinds.add(waiting.remove().kind);
    }
    long last = first + kinds.size() - 1;
    flights.add(new Flight(first, last, kinds));
    return Optional.of(new Parcel(List.of(new Sent(boot, first, last)), batch.frame()));
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** What lies within was received after all. */
  void acknowledge(long ofBoot, long first, long last) {
    if (ofBoot == boot) {
      flights.removeIf(flight -> flight.first() >= first && flight.last() <= last);
    }
  }

  /** What was on the way is lost. */
  void restart() {
    Iterator<Flight> each = flights.iterator();
    while (each.hasNext()) {
      each.next().kinds().forEach(kind -> excuse(kind, -1));
      each.remove();
    }
  }

  /** How many of what the spool counts as dropped are not, or not yet. */
  SortedMap<Dropped, Long> excused() {
    return Collections.unmodifiableSortedMap(excused);
  }
}
