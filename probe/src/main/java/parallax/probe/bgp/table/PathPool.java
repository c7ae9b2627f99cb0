package parallax.probe.bgp.table;

import java.util.Arrays;
import java.util.Optional;
import parallax.probe.bgp.route.AsPath;

/**
 * Paths, each kept once however many routes have it, and let go with the last of them. Numbers are
 * used again.
 */
final class PathPool {
  static final int NONE = -1;

  /** Less the number of the next free one, this is below 0. */
  private static final int FREE = -2;

  private static final int FIRST_CAPACITY = 64;

  /** Slots for each path, at least: half of the table stays empty. */
  private static final int SLOTS_PER_PATH = 2;

  private static final int SCATTER = 0x9E3779B9;

  private final int maxPaths;
  private final PathWords words = new PathWords();

  /** Where the words of each are. */
  private int[] places = new int[FIRST_CAPACITY];

  /** How many routes have it; of a free number the next free one, see {@link #FREE}. */
  private int[] uses = new int[FIRST_CAPACITY];

  /** Scattered hashes, each with its number, one higher; 0 where there is none. */
  private long[] slots = new long[FIRST_CAPACITY * SLOTS_PER_PATH];

  private int numbers;
  private int size;
  private int free = NONE;

  /** The one that came last: the prefixes of one update share it. */
  private AsPath recent = AsPath.EMPTY;

  private int recentNumber = NONE;

  PathPool(int maxPaths) {
    this.maxPaths = maxPaths;
  }

  int size() {
    return size;
  }

  Optional<AsPath> get(int number) {
    boolean there = number >= 0 && number < numbers && uses[number] > 0;
    return there ? Optional.of(words.get(places[number])) : Optional.empty();
  }

  /** One more route has this path: its number, or {@link #NONE} when there is no room. */
  @SuppressWarnings("ReferenceEquality") // The same object again is the quick way, not the test.
  int take(AsPath path) {
    if (recentNumber != NONE && path == recent) {
      uses[recentNumber]++;
      return recentNumber;
    }
    int hash = hash(path);
    int number = find(path, hash);
    if (number != NONE) {
      uses[number]++;
    } else if (size < maxPaths) {
      number = add(path, hash);
    } else {
      return NONE;
    }
    recent = path;
    recentNumber = number;
    return number;
  }

  /** One route less has it. */
  void drop(int number) {
    uses[number]--;
    if (uses[number] > 0) {
      return;
    }
    unlink(hash(words.get(places[number])), number);
    words.drop(places[number]);
    uses[number] = FREE - free;
    free = number;
    size--;
    if (recentNumber == number) {
      recentNumber = NONE;
    }
  }

  private int find(AsPath path, int hash) {
    int mask = slots.length - 1;
    int at = hash & mask;
    while (slots[at] != 0) {
      int number = (int) slots[at] - 1;
      if (hashAt(at) == hash && words.is(places[number], path)) {
        return number;
      }
      at = (at + 1) & mask;
    }
    return NONE;
  }

  private int add(AsPath path, int hash) {
    int place = words.put(path);
    if (place == PathWords.NONE) {
      return NONE;
    }
    int number = free;
    if (number != NONE) {
      free = FREE - uses[number];
    } else {
      if (numbers == places.length) {
        grow();
      }
      number = numbers++;
    }
    places[number] = place;
    uses[number] = 1;
    size++;
    link((long) hash << Integer.SIZE | (number + 1));
    return number;
  }

  private void grow() {
    int capacity = places.length * 2;
    places = Arrays.copyOf(places, capacity);
    uses = Arrays.copyOf(uses, capacity);
    long[] linked = slots;
    slots = new long[capacity * SLOTS_PER_PATH];
    for (long one : linked) {
      if (one != 0) {
        link(one);
      }
    }
  }

  private void link(long one) {
    int mask = slots.length - 1;
    int at = (int) (one >>> Integer.SIZE) & mask;
    while (slots[at] != 0) {
      at = (at + 1) & mask;
    }
    slots[at] = one;
  }

  /** Empties a slot and moves up what had to go past it (Knuth, 6.4 algorithm R). */
  private void unlink(int hash, int number) {
    int mask = slots.length - 1;
    int hole = hash & mask;
    while ((int) slots[hole] != number + 1) {
      hole = (hole + 1) & mask;
    }
    slots[hole] = 0;
    for (int at = (hole + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
      if (((at - hashAt(at)) & mask) >= ((at - hole) & mask)) {
        slots[hole] = slots[at];
        slots[at] = 0;
        hole = at;
      }
    }
  }

  private int hashAt(int slot) {
    return (int) (slots[slot] >>> Integer.SIZE);
  }

  private static int hash(AsPath path) {
    int hash = path.hashCode() * SCATTER;
    return hash ^ (hash >>> 16);
  }
}
