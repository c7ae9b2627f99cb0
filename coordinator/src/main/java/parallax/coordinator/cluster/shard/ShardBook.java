package parallax.coordinator.cluster.shard;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.cluster.item.Item;

/**
 * What one shard holds of what probes handed over: which observations it had, the newest few of
 * each target, check and probe, and a journal of those that wait to be stored. Each replica of a
 * shard has one and is told the same in the same order, so all that it does follows from that.
 *
 * <p>The journal's numbers run without gaps. What its last owner had not replicated when it died is
 * gone with it, and then other items get these numbers: so each change of owner makes a new
 * incarnation, in which a reader starts again from what is confirmed.
 *
 * <p>An observation that finds the journal full is held and handed to the reader all the same, but
 * it stays new: its probe keeps it and hands it over again.
 *
 * <p>Heap: {@link Item#OVERHEAD_BYTES} and the observation (some 200 bytes for an HTTPS check) for
 * each of {@link #KEPT} of each target, check and probe: about 1.4 KB of each; beside these {@link
 * BookLimits#journalBytes}, and at most {@link Seen#MAX_BOOTS} runs with {@link Seen#MAX_RANGES}
 * ranges of 40 bytes of each probe. Not thread-safe.
 */
public final class ShardBook {
  /** Observations that are held of each target, check and probe: those that the core looks at. */
  public static final int KEPT = 4;

  private static final long MIX = 0x9e3779b97f4a7c15L;

  final BookLimits limits;
  final LinkedHashMap<String, Seen> seen = new LinkedHashMap<>();
  final LinkedHashMap<Series, List<Entry>> newest = new LinkedHashMap<>();
  final ArrayDeque<Item> passing = new ArrayDeque<>();
  Journal journal = new Journal(0);
  long owner;
  long incarnation;
  long fence;
  long orders;
  long passed;

  /** An empty book. */
  public ShardBook(BookLimits limits) {
    this.limits = limits;
  }

  /** One probe looking at one target in one way. */
  record Series(String probe, Item.Subject subject) {}

  /**
   * The member with this number owns the book from now on.
   *
   * @param member random for each start of a member, not 0
   */
  public void ownedBy(long member) {
    if (member != owner) {
      owner = member;
      incarnation = incarnation * MIX + member;
      incarnation ^= incarnation >>> 29;
    }
  }

  public long incarnation() {
    return incarnation;
  }

  /** How many observations wait in the journal to be decided upon and stored. */
  public int waiting() {
    return journal.size();
  }

  /** The number of the last entry of the journal. */
  public long last() {
    return journal.last();
  }

  /**
   * Takes in what a probe handed over.
   *
   * @param bounded whether the journal may be full; a backup takes what its owner found room for
   */
  public Taken take(List<Item> items, boolean bounded) {
    int fresh = 0;
    int known = 0;
    int full = 0;
    for (Item item : items) {
      if (seenOf(item.origin().probe()).has(item.origin().boot(), item.sequence())) {
        known++;
      } else if (!bounded || journal.hasRoom(limits, item)) {
        Entry entry = hold(item, true);
        seenOf(item.origin().probe()).add(item.origin().boot(), entry.item().sequence());
        fresh++;
      } else {
        hold(item, false);
        full++;
      }
    }
    return new Taken(fresh, known, full);
  }

  private Seen seenOf(String probe) {
    Seen of = seen.get(probe);
    if (of == null) {
      of = new Seen();
      if (seen.size() == limits.probes()) {
        seen.pollFirstEntry();
      }
      seen.put(probe, of);
    } else if (!seen.lastEntry().getKey().equals(probe)) {
      seen.putLast(probe, of);
    }
    return of;
  }

  /** Puts an item among the newest of its series and into the journal, or to those passing. */
  private Entry hold(Item item, boolean journalled) {
    Series series = new Series(item.origin().probe(), item.subject());
    List<Entry> held = newest.get(series);
    if (held == null) {
      held = new ArrayList<>(1);
      if (newest.size() == limits.series()) {
        newest.pollFirstEntry();
      }
    }
    newest.putLast(series, held);
    Item kept = held.isEmpty() ? item : item.sharing(held.getFirst().item());
    orders++;
    Entry entry = journalled ? journal.append(kept, orders) : new Entry(kept, orders, 0);
    if (insert(held, entry) && !journalled) {
      pass(kept);
    }
    return entry;
  }

  /** Newest first; false when it is held already, or older than all that are. */
  private static boolean insert(List<Entry> held, Entry entry) {
    int at = 0;
    while (at < held.size() && held.get(at).item().isNewerThan(entry.item())) {
      at++;
    }
    if (at < held.size() && held.get(at).item().isSame(entry.item())) {
      held.set(at, entry);
      return false;
    }
    if (at == KEPT) {
      return false;
    }
    if (held.size() == KEPT) {
      held.removeLast();
    }
    held.add(at, entry);
    return true;
  }

  private void pass(Item item) {
    if (passing.size() == limits.passing()) {
      passing.removeFirst();
    }
    passing.addLast(item);
    passed++;
  }

  /**
   * From now on only the reader with this number is listened to, or one with a greater one.
   *
   * @return false when there was a greater one
   */
  public boolean admit(long reader) {
    fence = Math.max(fence, reader);
    return fence == reader;
  }

  /**
   * What waits to be stored, and what passed by; changes nothing. A reader of another incarnation
   * gets all from what is confirmed.
   *
   * @param maxBytes of the journal's items, as {@link Item#weight} counts; one more at least
   * @return empty when another reader was admitted since
   */
  public Optional<Pulled> pull(long reader, Position from, int maxBytes) {
    if (reader != fence) {
      return Optional.empty();
    }
    boolean same = from.incarnation() == incarnation;
    long after = same ? Math.max(from.number(), journal.confirmed()) : journal.confirmed();
    List<Item> items = journal.after(after, maxBytes);
    List<Item> newlyPassing =
        passing.stream()
            .skip(same ? Math.max(0, passing.size() - (passed - from.passing())) : 0)
            .toList();
    long last = after + items.size();
    Position next = new Position(incarnation, last, passed);
    return Optional.of(new Pulled(after + 1, items, newlyPassing, next, last == journal.last()));
  }

  /**
   * Forgets the journal up to a number, which is stored.
   *
   * @return false when the number means nothing here: of another reader, or another incarnation
   */
  public boolean confirm(long reader, Position upTo) {
    if (reader != fence || upTo.incarnation() != incarnation) {
      return false;
    }
    journal.confirm(upTo.number());
    return true;
  }

  /** Which item has a number of the journal, when that is not confirmed yet. */
  public Optional<Item.Id> at(long number) {
    return number > journal.confirmed() && number <= journal.last()
        ? Optional.of(journal.get(number).item().id())
        : Optional.empty();
  }

  /**
   * Forgets the journal up to a number on a backup, if the number means the same here as on its
   * owner. A backup that missed something counts differently until it is copied anew; since it has
   * no item that the owner did not have before, the same item at the same number says that all
   * before it are the same as well.
   */
  public void trim(long number, Item.Id last) {
    if (at(number).equals(Optional.of(last))) {
      journal.confirm(number);
    }
  }

  /**
   * The newest of every series in order of arrival, without what {@link #pull} gives; changes
   * nothing.
   *
   * @return empty when another reader was admitted since
   */
  public Optional<Page> held(long reader, long afterOrder, int maxBytes) {
    if (reader != fence) {
      return Optional.empty();
    }
    List<Entry> found =
        newest.values().stream()
            .flatMap(List::stream)
            .filter(entry -> entry.order() > afterOrder && entry.number() <= journal.confirmed())
            .sorted(Comparator.comparingLong(Entry::order))
            .toList();
    long left = maxBytes;
    int count = 0;
    while (count < found.size() && (left > 0 || count == 0)) {
      left -= found.get(count).item().weight();
      count++;
    }
    return Optional.of(
        new Page(
            found.subList(0, count).stream().map(Entry::item).toList(),
            count == 0 ? afterOrder : found.get(count - 1).order(),
            count == found.size()));
  }

  /** Forgets what is held of targets; what waits to be stored goes on waiting. */
  public void forget(Collection<String> targets) {
    newest.keySet().removeIf(series -> targets.contains(series.subject().target()));
  }
}
