package parallax.probe.bgp.prefix;

import java.util.Arrays;
import parallax.probe.net.Cidr;

/**
 * Prefixes of one family, each with a number as long as it is there, found by its bits and length
 * in one step; with each a few words of whoever uses it. Numbers are small and used again.
 */
final class PrefixKeys {
  static final int NONE = -1;

  /** A slot has a number, one higher, in these bits, and above them a part of the hash. */
  private static final int NUMBER_BITS = 26;

  static final int MAX = (1 << NUMBER_BITS) - 1;

  private static final int NUMBER_MASK = MAX;

  /** Where a key has what; the words of the user follow. */
  private static final int LENGTH = 0;

  private static final int HIGH = 1;
  private static final int LOW = 3;
  private static final int WORDS_IPV4 = 2;
  private static final int WORDS_IPV6 = 5;

  /** The length of a number that is free; the first word of the user is the next free one. */
  private static final int FREE = -1;

  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int FIRST_PAGE = 64;
  private static final int FIRST_PAGES = 4;

  private static final int FIRST_SLOTS = 128;

  /** One slot in so many at least is free. */
  private static final int SLOTS_PER_FREE = 4;

  /** So many times as many slots when they are too few. */
  private static final int GROWTH = 2;

  /** Odd; the high bits of a product depend on all bits. */
  private static final long SCATTER = 0x9E3779B97F4A7C15L;

  private static final long SCATTER_LOW = 0xC2B2AE3D27D4EB4FL;

  private final boolean ipv6;
  private final int user;
  private final int stride;
  private final int max;
  private int[][] pages = new int[FIRST_PAGES][];
  private int[] slots = new int[FIRST_SLOTS];
  private int numbers;
  private int size;
  private int free = NONE;

  /**
   * Empty.
   *
   * @param words what the user keeps with each, at least one
   * @param max more are refused
   */
  PrefixKeys(boolean ipv6, int words, int max) {
    if (max < 1 || max > MAX || words < 1) {
      throw new IllegalArgumentException("not a number of prefixes or words: " + max);
    }
    this.ipv6 = ipv6;
    this.user = ipv6 ? WORDS_IPV6 : WORDS_IPV4;
    this.stride = user + words;
    this.max = max;
    this.pages[0] = new int[FIRST_PAGE * stride];
  }

  int size() {
    return size;
  }

  /** How many there may be more. */
  int room() {
    return max - size;
  }

  /** The number of exactly this prefix, whose other bits are 0, or {@link #NONE}. */
  int find(long high, long low, int length) {
    int hash = hash(high, low, length);
    int mask = slots.length - 1;
    int at = hash & mask;
    int slot = slots[at];
    while (slot != 0) {
      int number = (slot & NUMBER_MASK) - 1;
      if (((slot ^ hash) & ~NUMBER_MASK) == 0 && is(number, high, low, length)) {
        return number;
      }
      at = (at + 1) & mask;
      slot = slots[at];
    }
    return NONE;
  }

  private boolean is(int number, long high, long low, int length) {
    int[] words = page(number);
    int at = at(number);
    if (words[at + LENGTH] != length || words[at + HIGH] != (int) (high >>> Integer.SIZE)) {
      return false;
    }
    return !ipv6 || (words[at + HIGH + 1] == (int) high && joined(words, at + LOW) == low);
  }

  /**
   * A number for a prefix that is not there, whose words are 0.
   *
   * @return {@link #NONE} when there is no room for it
   */
  int add(long high, long low, int length) {
    if (size >= max) {
      return NONE;
    }
    int number = free;
    if (number != NONE) {
      free = get(number, 0);
    } else {
      number = numbers++;
      makeRoom(number);
    }
    int[] words = page(number);
    int at = at(number);
    Arrays.fill(words, at + user, at + stride, 0);
    words[at + LENGTH] = length;
    words[at + HIGH] = (int) (high >>> Integer.SIZE);
    if (ipv6) {
      words[at + HIGH + 1] = (int) high;
      words[at + LOW] = (int) (low >>> Integer.SIZE);
      words[at + LOW + 1] = (int) low;
    }
    size++;
    if (size > slots.length - slots.length / SLOTS_PER_FREE) {
      spread();
    } else {
      link(number);
    }
    return number;
  }

  private void makeRoom(int number) {
    int page = number >>> PAGE_BITS;
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page * 2);
    }
    if (page > 0) {
      pages[page] = (number & (PAGE - 1)) == 0 ? new int[PAGE * stride] : pages[page];
    } else if (number * stride == pages[0].length) {
      pages[0] = Arrays.copyOf(pages[0], pages[0].length * 2);
    }
  }

  /** More slots, with all numbers in them. */
  private void spread() {
    slots = new int[slots.length * GROWTH];
    for (int number = 0; number < numbers; number++) {
      if (length(number) != FREE) {
        link(number);
      }
    }
  }

  private void link(int number) {
    int hash = hashOf(number);
    int mask = slots.length - 1;
    int at = hash & mask;
    while (slots[at] != 0) {
      at = (at + 1) & mask;
    }
    slots[at] = (hash & ~NUMBER_MASK) | (number + 1);
  }

  /** Takes out the prefix of this number. */
  void remove(int number) {
    int mask = slots.length - 1;
    int hole = hashOf(number) & mask;
    while ((slots[hole] & NUMBER_MASK) != number + 1) {
      hole = (hole + 1) & mask;
    }
    slots[hole] = 0;
    // Moves up what had to go past it (Knuth, 6.4 algorithm R).
    for (int at = (hole + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
      int home = hashOf((slots[at] & NUMBER_MASK) - 1) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        slots[hole] = slots[at];
        slots[at] = 0;
        hole = at;
      }
    }
    page(number)[at(number) + LENGTH] = FREE;
    set(number, 0, free);
    free = number;
    size--;
  }

  private int hashOf(int number) {
    return hash(high(number), low(number), length(number));
  }

  private static int hash(long high, long low, int length) {
    long mixed = (high + length) * SCATTER + low * SCATTER_LOW;
    mixed = (mixed ^ (mixed >>> Integer.SIZE)) * SCATTER;
    return (int) (mixed >>> Integer.SIZE);
  }

  /** A word of the user. */
  int get(int number, int word) {
    return page(number)[at(number) + user + word];
  }

  void set(int number, int word, int value) {
    page(number)[at(number) + user + word] = value;
  }

  int length(int number) {
    return page(number)[at(number) + LENGTH];
  }

  long high(int number) {
    int[] words = page(number);
    int at = at(number) + HIGH;
    return ipv6 ? joined(words, at) : (long) words[at] << Integer.SIZE;
  }

  long low(int number) {
    return ipv6 ? joined(page(number), at(number) + LOW) : 0;
  }

  Cidr prefix(int number) {
    return new Cidr(ipv6, high(number), low(number), length(number));
  }

  private static long joined(int[] words, int at) {
    return (long) words[at] << Integer.SIZE | Integer.toUnsignedLong(words[at + 1]);
  }

  private int[] page(int number) {
    return pages[number >>> PAGE_BITS];
  }

  private int at(int number) {
    return (number & (PAGE - 1)) * stride;
  }
}
