package parallax.probe.schedule;

import java.util.Arrays;

/**
 * Which of many slots is due first: a heap of four children over primitive arrays, with the place
 * of each slot known. Every operation costs O(log n) and allocates nothing unless it must grow.
 */
final class DueHeap {
  private static final int CHILDREN = 4;
  private static final int ABSENT = -1;
  private static final int FIRST_CAPACITY = 64;

  private int[] heap = new int[FIRST_CAPACITY];
  private int[] placeOfSlot = new int[0];
  private long[] dueOfSlot = new long[0];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** The slot that is due first; there must be one. */
  int first() {
    return heap[0];
  }

  long firstDue() {
    return dueOfSlot[heap[0]];
  }

  /** Puts {@code slot} in, or moves it. */
  void put(int slot, long due) {
    growTo(slot);
    dueOfSlot[slot] = due;
    int place = placeOfSlot[slot];
    if (place == ABSENT) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      place = size++;
      set(place, slot);
    }
    settle(place);
  }

  /** Takes {@code slot} out, if it is in. */
  void remove(int slot) {
    if (slot >= placeOfSlot.length || placeOfSlot[slot] == ABSENT) {
      return;
    }
    int place = placeOfSlot[slot];
    placeOfSlot[slot] = ABSENT;
    size--;
    if (place < size) {
      set(place, heap[size]);
      settle(place);
    }
  }

  private void growTo(int slot) {
    int old = placeOfSlot.length;
    if (slot >= old) {
      int length = Math.max(slot + 1, Math.max(FIRST_CAPACITY, 2 * old));
      placeOfSlot = Arrays.copyOf(placeOfSlot, length);
      Arrays.fill(placeOfSlot, old, length, ABSENT);
      dueOfSlot = Arrays.copyOf(dueOfSlot, length);
    }
  }

  private void settle(int from) {
    int slot = heap[from];
    int place = up(from, slot);
    if (place == from) {
      place = down(from, slot);
    }
    set(place, slot);
  }

  private int up(int from, int slot) {
    long due = dueOfSlot[slot];
    int place = from;
    while (place > 0) {
      int parent = (place - 1) / CHILDREN;
      if (dueOfSlot[heap[parent]] <= due) {
        break;
      }
      set(place, heap[parent]);
      place = parent;
    }
    return place;
  }

  private int down(int from, int slot) {
    long due = dueOfSlot[slot];
    int place = from;
    while (true) {
      int earliest = earliestChild(place);
      if (earliest == ABSENT || dueOfSlot[heap[earliest]] >= due) {
        return place;
      }
      set(place, heap[earliest]);
      place = earliest;
    }
  }

  private int earliestChild(int place) {
    int first = CHILDREN * place + 1;
    int end = Math.min(first + CHILDREN, size);
    int earliest = first < size ? first : ABSENT;
    for (int child = first + 1; child < end; child++) {
      if (dueOfSlot[heap[child]] < dueOfSlot[heap[earliest]]) {
        earliest = child;
      }
    }
    return earliest;
  }

  private void set(int place, int slot) {
    heap[place] = slot;
    placeOfSlot[slot] = place;
  }
}
