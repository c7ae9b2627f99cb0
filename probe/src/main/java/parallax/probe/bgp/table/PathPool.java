package parallax.probe.bgp.table;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.probe.bgp.route.AsPath;

/**
 * Paths, each kept once however many routes have it, and let go with the last of them. Numbers are
 * used again.
 */
final class PathPool {
  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 64;

  /** Slots for each path, at least: half of the table stays empty. */
  private static final int SLOTS_PER_PATH = 2;

  private static final int SCATTER = 0x9E3779B9;

  private final int maxPaths;
  private @Nullable AsPath[] paths = new AsPath[FIRST_CAPACITY];

  /** How many routes have it; of a free number the next free one. */
  private int[] uses = new int[FIRST_CAPACITY];

  /** Numbers by scattered hash, one higher; 0 where there is none. */
  private int[] slots = new int[FIRST_CAPACITY * SLOTS_PER_PATH];

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
    return number < 0 || number >= numbers ? Optional.empty() : Optional.ofNullable(paths[number]);
  }

  /** One more route has this path: its number, or {@link #NONE} when there is no room. */
  @SuppressWarnings("ReferenceEquality") // The same object again is the quick way, not the test.
  int take(AsPath path) {
    if (recentNumber != NONE && path == recent) {
      uses[recentNumber]++;
      return recentNumber;
    }
    int number = find(path);
    if (number != NONE) {
      uses[number]++;
    } else if (size < maxPaths) {
      number = add(path);
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
    unlink(slotOf(number));
    paths[number] = null;
    uses[number] = free;
    free = number;
    size--;
    if (recentNumber == number) {
      recentNumber = NONE;
    }
  }

  private int find(AsPath path) {
    int mask = slots.length - 1;
    int slot = home(path);
    while (slots[slot] != 0) {
      AsPath there = paths[slots[slot] - 1];
      if (there != null && there.equals(path)) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  private int add(AsPath path) {
    int number = free;
    if (number != NONE) {
      free = uses[number];
    } else {
      if (numbers == paths.length) {
        grow();
      }
      number = numbers++;
    }
    paths[number] = path;
    uses[number] = 1;
    size++;
    link(number, home(path));
    return number;
  }

  private void grow() {
    int capacity = paths.length * 2;
    paths = Arrays.copyOf(paths, capacity);
    uses = Arrays.copyOf(uses, capacity);
    slots = new int[capacity * SLOTS_PER_PATH];
    for (int number = 0; number < numbers; number++) {
      AsPath path = paths[number];
      if (path != null) {
        link(number, home(path));
      }
    }
  }

  private void link(int number, int home) {
    int slot = home;
    while (slots[slot] != 0) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = number + 1;
  }

  private int slotOf(int number) {
    AsPath path = paths[number];
    int slot = path == null ? 0 : home(path);
    while (slots[slot] != number + 1) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  /** Empties a slot and moves up what had to go past it (Knuth, 6.4 algorithm R). */
  private void unlink(int slot) {
    int mask = slots.length - 1;
    int hole = slot;
    slots[hole] = 0;
    int at = (hole + 1) & mask;
    while (slots[at] != 0) {
      AsPath path = paths[slots[at] - 1];
      int home = path == null ? at : home(path);
      boolean mayMove = ((at - home) & mask) >= ((at - hole) & mask);
      if (mayMove) {
        slots[hole] = slots[at];
        slots[at] = 0;
        hole = at;
      }
      at = (at + 1) & mask;
    }
  }

  private int home(AsPath path) {
    int hash = path.hashCode() * SCATTER;
    return (hash ^ (hash >>> 16)) & (slots.length - 1);
  }
}
