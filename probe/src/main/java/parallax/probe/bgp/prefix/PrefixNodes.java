package parallax.probe.bgp.prefix;

import java.util.Arrays;
import parallax.probe.net.Cidr;

/**
 * The nodes of a trie of one family, each in one piece of memory. Some are stations: they are found
 * by their bits alone. Freed nodes are used again.
 */
final class PrefixNodes {
  static final int NONE = -1;

  private static final int BITS = 128;

  /** Where a node has what; the last three only those of IPv6. */
  private static final int LEFT = 0;

  private static final int RIGHT = 1;
  private static final int VALUE = 2;
  private static final int LENGTH = 3;
  private static final int HIGH = 4;
  private static final int LOW = 6;
  private static final int WORDS_IPV4 = 5;
  private static final int WORDS_IPV6 = 8;

  private static final int PAGE_BITS = 8;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int FIRST_PAGES = 4;
  private static final int FIRST_SLOTS = 64;

  /** One in so many at least is free. */
  private static final int SLOTS_PER_FREE = 4;

  /** Odd; the bits in the middle of the product depend on all bits of a station. */
  private static final long SCATTER = 0x9E3779B97F4A7C15L;

  private final boolean ipv6;
  private final int stride;
  private int[][] pages = new int[FIRST_PAGES][];
  private int nodes;
  private int free = NONE;

  /** Hashes of stations, each with its node, one higher; 0 where there is none. */
  private long[] slots = new long[FIRST_SLOTS];

  private int stations;

  PrefixNodes(boolean ipv6) {
    this.ipv6 = ipv6;
    this.stride = ipv6 ? WORDS_IPV6 : WORDS_IPV4;
  }

  /** A fresh node without children, no station. */
  int add(long high, long low, int length, int value) {
    int fresh = free;
    if (fresh != NONE) {
      free = left(fresh);
    } else {
      if ((nodes & (PAGE - 1)) == 0) {
        addPage(nodes >>> PAGE_BITS);
      }
      fresh = nodes++;
    }
    int[] words = page(fresh);
    int at = at(fresh);
    words[at + LEFT] = NONE;
    words[at + RIGHT] = NONE;
    words[at + VALUE] = value;
    words[at + LENGTH] = length;
    words[at + HIGH] = (int) (high >>> Integer.SIZE);
    if (ipv6) {
      words[at + HIGH + 1] = (int) high;
      words[at + LOW] = (int) (low >>> Integer.SIZE);
      words[at + LOW + 1] = (int) low;
    }
    return fresh;
  }

  private void addPage(int page) {
    if (page == pages.length) {
      pages = Arrays.copyOf(pages, page * 2);
    }
    pages[page] = new int[PAGE * stride];
  }

  private int[] page(int node) {
    return pages[node >>> PAGE_BITS];
  }

  private int at(int node) {
    return (node & (PAGE - 1)) * stride;
  }

  /** A node that nothing leads to any more. */
  void release(int node) {
    setLeft(node, free);
    setRight(node, NONE);
    setValue(node, NONE);
    free = node;
  }

  int left(int node) {
    return page(node)[at(node) + LEFT];
  }

  void setLeft(int node, int child) {
    page(node)[at(node) + LEFT] = child;
  }

  int right(int node) {
    return page(node)[at(node) + RIGHT];
  }

  void setRight(int node, int child) {
    page(node)[at(node) + RIGHT] = child;
  }

  int value(int node) {
    return page(node)[at(node) + VALUE];
  }

  void setValue(int node, int value) {
    page(node)[at(node) + VALUE] = value;
  }

  int length(int node) {
    return page(node)[at(node) + LENGTH];
  }

  long high(int node) {
    int[] words = page(node);
    int at = at(node) + HIGH;
    return ipv6 ? joined(words, at) : (long) words[at] << Integer.SIZE;
  }

  long low(int node) {
    return ipv6 ? joined(page(node), at(node) + LOW) : 0;
  }

  private static long joined(int[] words, int at) {
    return (long) words[at] << Integer.SIZE | Integer.toUnsignedLong(words[at + 1]);
  }

  Cidr prefix(int node) {
    return new Cidr(ipv6, high(node), low(node), length(node));
  }

  /** The child on the side of these bits. */
  int child(int node, long high, long low) {
    return bit(high, low, length(node)) == 0 ? left(node) : right(node);
  }

  /** The bit of {@code inner} that tells on which side of {@code outer} it is. */
  int bitAfter(int outer, int inner) {
    return bit(high(inner), low(inner), length(outer));
  }

  /** Whether these bits lie in the prefix of the node. */
  boolean covers(int node, long high, long low) {
    return same(node, high, low, length(node));
  }

  /** Whether the node has as many of these bits as its first. */
  boolean same(int node, long high, long low, int count) {
    long difference = (high(node) ^ high) & highMask(count);
    return difference == 0 && (!ipv6 || ((low(node) ^ low) & lowMask(count)) == 0);
  }

  /** How many bits two nodes have in common. */
  int common(int one, int other) {
    int shorter = Math.min(length(one), length(other));
    int same = Long.numberOfLeadingZeros(high(one) ^ high(other));
    if (same == Long.SIZE) {
      same += Long.numberOfLeadingZeros(low(one) ^ low(other));
    }
    return Math.min(shorter, same);
  }

  static long highMask(int count) {
    return count == 0 ? 0 : -1L << (Long.SIZE - Math.min(count, Long.SIZE));
  }

  static long lowMask(int count) {
    return count <= Long.SIZE ? 0 : -1L << (BITS - count);
  }

  private static int bit(long high, long low, int index) {
    return index < Long.SIZE
        ? (int) (high >>> (Long.SIZE - 1 - index)) & 1
        : (int) (low >>> (BITS - 1 - index)) & 1;
  }

  /** The station of these bits, of which those behind it are 0, or {@link #NONE}. */
  int station(long high) {
    int hash = hash(high);
    int mask = slots.length - 1;
    int at = hash & mask;
    while (slots[at] != 0) {
      int node = (int) slots[at] - 1;
      if ((int) (slots[at] >>> Integer.SIZE) == hash && high(node) == high) {
        return node;
      }
      at = (at + 1) & mask;
    }
    return NONE;
  }

  /** Makes a node a station. */
  void addStation(int node) {
    stations++;
    if (stations > slots.length - slots.length / SLOTS_PER_FREE) {
      long[] linked = slots;
      slots = new long[linked.length * 2];
      for (long one : linked) {
        if (one != 0) {
          link(one);
        }
      }
    }
    link((long) hash(high(node)) << Integer.SIZE | (node + 1));
  }

  /** Makes a station a node as others are. */
  void removeStation(int node) {
    int mask = slots.length - 1;
    int hole = hash(high(node)) & mask;
    while ((int) slots[hole] != node + 1) {
      hole = (hole + 1) & mask;
    }
    stations--;
    slots[hole] = 0;
    // Moves up what had to go past it (Knuth, 6.4 algorithm R).
    for (int at = (hole + 1) & mask; slots[at] != 0; at = (at + 1) & mask) {
      int home = (int) (slots[at] >>> Integer.SIZE) & mask;
      if (((at - home) & mask) >= ((at - hole) & mask)) {
        slots[hole] = slots[at];
        slots[at] = 0;
        hole = at;
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

  private static int hash(long high) {
    return (int) (((high >>> Integer.SIZE) * SCATTER) >>> Integer.SIZE);
  }
}
