package parallax.probe.bgp.table;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import parallax.probe.net.Cidr;

/**
 * Prefixes of one family in a path-compressed binary trie over 128 bits, each with one number. A
 * node takes 29 bytes (21 for IPv4), and there are fewer than two for each prefix. One writer, and
 * no reader while it writes.
 */
public final class PrefixTrie {
  /** What there is where nothing is; also "no room" from {@link #put}. */
  public static final int NONE = -1;

  private static final int FIRST_CAPACITY = 64;

  private final boolean ipv6;
  private final int maxPrefixes;

  private long[] high = new long[FIRST_CAPACITY];
  private long[] low;
  private byte[] length = new byte[FIRST_CAPACITY];
  private int[] left = new int[FIRST_CAPACITY];
  private int[] right = new int[FIRST_CAPACITY];
  private int[] value = new int[FIRST_CAPACITY];
  private int root = NONE;
  private int nodes;
  private int free = NONE;
  private int size;

  /**
   * Empty.
   *
   * @param maxPrefixes more are refused
   */
  public PrefixTrie(boolean ipv6, int maxPrefixes) {
    if (maxPrefixes < 1 || maxPrefixes > Integer.MAX_VALUE / 4) {
      throw new IllegalArgumentException("not a number of prefixes: " + maxPrefixes);
    }
    this.ipv6 = ipv6;
    this.maxPrefixes = maxPrefixes;
    this.low = new long[ipv6 ? FIRST_CAPACITY : 0];
  }

  public int size() {
    return size;
  }

  /** The node of exactly this prefix, or {@link #NONE}. */
  public int find(Cidr prefix) {
    int at = root;
    while (at != NONE && lengthOf(at) <= prefix.prefixLength()) {
      if (!covers(at, prefix)) {
        return NONE;
      }
      if (lengthOf(at) == prefix.prefixLength()) {
        return value[at] == NONE ? NONE : at;
      }
      at = child(at, prefix.high(), prefix.low());
    }
    return NONE;
  }

  /** The number of a node that {@link #find} or {@link #put} gave. */
  public int valueOf(int node) {
    return value[node];
  }

  /** Gives a node another number, 0 or more. */
  public void setValue(int node, int number) {
    if (number < 0) {
      throw new IllegalArgumentException("a number below 0");
    }
    value[node] = number;
  }

  /** The prefix of a node. */
  public Cidr prefixOf(int node) {
    return new Cidr(ipv6, high[node], lowOf(node), lengthOf(node));
  }

  /**
   * Puts the prefix in, with a number of 0 or more; a prefix that is there gets the number.
   *
   * @return its node, valid until it is removed; {@link #NONE} when there is no room for it
   */
  public int put(Cidr prefix, int number) {
    if (prefix.ipv6() != ipv6 || number < 0) {
      throw new IllegalArgumentException("another family, or a number below 0");
    }
    int parent = NONE;
    int at = root;
    while (at != NONE && lengthOf(at) < prefix.prefixLength() && covers(at, prefix)) {
      parent = at;
      at = child(at, prefix.high(), prefix.low());
    }
    boolean there = at != NONE && lengthOf(at) == prefix.prefixLength() && covers(at, prefix);
    if (there && value[at] != NONE) {
      value[at] = number;
      return at;
    }
    if (size >= maxPrefixes) {
      return NONE;
    }
    size++;
    if (there) {
      value[at] = number;
      return at;
    }
    int fresh = node(prefix.high(), prefix.low(), prefix.prefixLength(), number);
    hang(fresh, at, parent);
    return fresh;
  }

  /** Hangs a fresh node under {@code parent}, where {@code at} was. */
  private void hang(int fresh, int at, int parent) {
    if (at == NONE) {
      replace(parent, NONE, fresh);
      return;
    }
    int common = common(fresh, at);
    if (common == lengthOf(fresh)) {
      adopt(fresh, at);
      replace(parent, at, fresh);
      return;
    }
    int fork = node(masked(high[fresh], common), maskedLow(lowOf(fresh), common), common, NONE);
    adopt(fork, at);
    adopt(fork, fresh);
    replace(parent, at, fork);
  }

  /** Takes the prefix of this node out. */
  public void remove(int node) {
    if (value[node] == NONE) {
      throw new IllegalArgumentException("not the node of a prefix");
    }
    value[node] = NONE;
    size--;
    if (left[node] != NONE && right[node] != NONE) {
      return;
    }
    int grandparent = NONE;
    int parent = NONE;
    int at = root;
    while (at != node) {
      grandparent = parent;
      parent = at;
      at = child(at, high[node], lowOf(node));
    }
    int only = left[node] != NONE ? left[node] : right[node];
    replace(parent, node, only);
    release(node);
    boolean idle = only == NONE && parent != NONE && value[parent] == NONE;
    if (idle) {
      replace(grandparent, parent, left[parent] != NONE ? left[parent] : right[parent]);
      release(parent);
    }
  }

  /** Visits the nodes of all prefixes that hold {@code prefix}, itself too, the shortest first. */
  public void covering(Cidr prefix, IntConsumer visit) {
    int at = root;
    while (at != NONE && lengthOf(at) <= prefix.prefixLength() && covers(at, prefix)) {
      if (value[at] != NONE) {
        visit.accept(at);
      }
      at = lengthOf(at) == prefix.prefixLength() ? NONE : child(at, prefix.high(), prefix.low());
    }
  }

  /**
   * Visits the nodes of all prefixes inside {@code prefix}, itself too, in order of address, until
   * {@code goOn} says no.
   */
  public void within(Cidr prefix, IntPredicate goOn) {
    int at = root;
    while (at != NONE && lengthOf(at) < prefix.prefixLength()) {
      at = covers(at, prefix) ? child(at, prefix.high(), prefix.low()) : NONE;
    }
    if (at == NONE || !inside(at, prefix)) {
      return;
    }
    // As deep as a path can fork: one step for each bit.
    int[] waiting = new int[2 * (Cidr128.BITS + 1)];
    int count = 0;
    waiting[count++] = at;
    while (count > 0) {
      int node = waiting[--count];
      if (value[node] != NONE && !goOn.test(node)) {
        return;
      }
      if (right[node] != NONE) {
        waiting[count++] = right[node];
      }
      if (left[node] != NONE) {
        waiting[count++] = left[node];
      }
    }
  }

  private int node(long highBits, long lowBits, int bits, int number) {
    int fresh = free;
    if (fresh != NONE) {
      free = left[fresh];
    } else {
      if (nodes == high.length) {
        grow();
      }
      fresh = nodes++;
    }
    high[fresh] = highBits;
    if (ipv6) {
      low[fresh] = lowBits;
    }
    length[fresh] = (byte) (bits - 1);
    left[fresh] = NONE;
    right[fresh] = NONE;
    value[fresh] = number;
    return fresh;
  }

  private void grow() {
    int capacity = nodes + (nodes >> 1);
    high = Arrays.copyOf(high, capacity);
    low = Arrays.copyOf(low, ipv6 ? capacity : 0);
    length = Arrays.copyOf(length, capacity);
    left = Arrays.copyOf(left, capacity);
    right = Arrays.copyOf(right, capacity);
    value = Arrays.copyOf(value, capacity);
  }

  private void release(int node) {
    left[node] = free;
    right[node] = NONE;
    value[node] = NONE;
    free = node;
  }

  private void replace(int parent, int was, int now) {
    if (parent == NONE) {
      root = now;
    } else if (was == NONE ? bit(now, lengthOf(parent)) == 0 : left[parent] == was) {
      left[parent] = now;
    } else {
      right[parent] = now;
    }
  }

  private void adopt(int parent, int node) {
    if (bit(node, lengthOf(parent)) == 0) {
      left[parent] = node;
    } else {
      right[parent] = node;
    }
  }

  private int child(int at, long highBits, long lowBits) {
    return Cidr128.bit(highBits, lowBits, lengthOf(at)) == 0 ? left[at] : right[at];
  }

  private int bit(int node, int index) {
    return Cidr128.bit(high[node], lowOf(node), index);
  }

  private int common(int one, int other) {
    int shorter = Math.min(lengthOf(one), lengthOf(other));
    int same = Long.numberOfLeadingZeros(high[one] ^ high[other]);
    if (same == Long.SIZE) {
      same += Long.numberOfLeadingZeros(lowOf(one) ^ lowOf(other));
    }
    return Math.min(shorter, same);
  }

  private boolean covers(int node, Cidr prefix) {
    return Cidr128.same(high[node] ^ prefix.high(), lowOf(node) ^ prefix.low(), lengthOf(node));
  }

  private boolean inside(int node, Cidr prefix) {
    return Cidr128.same(
        high[node] ^ prefix.high(), lowOf(node) ^ prefix.low(), prefix.prefixLength());
  }

  /** A byte holds 0 to 128 when it is kept one lower: -1 to 127. */
  private int lengthOf(int node) {
    return length[node] + 1;
  }

  private long lowOf(int node) {
    return ipv6 ? low[node] : 0;
  }

  private static long masked(long bits, int count) {
    return bits & Cidr128.highMask(count);
  }

  private static long maskedLow(long bits, int count) {
    return bits & Cidr128.lowMask(count);
  }
}
