package parallax.probe.bgp.prefix;

import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import parallax.probe.net.Cidr;

/**
 * Prefixes of one family in a path-compressed binary trie over 128 bits, each with one number. A
 * node takes 32 bytes (20 for IPv4), and there are about two for each prefix; a way down begins at
 * the station of its block, found by its hash. One writer, and no reader while it writes.
 */
public final class PrefixTrie {
  /** What there is where nothing is; also "no room" from {@link #put}. */
  public static final int NONE = PrefixNodes.NONE;

  /** More than there are /24 in IPv4; the words of so many nodes can be counted. */
  private static final int MAX_PREFIXES = 1 << 26;

  /**
   * Where each block has a node as long as anything is inside it: a way down begins there, a few
   * steps above its end, and not at the root. The blocks that registries give away.
   */
  private static final int STATION_IPV4 = 18;

  private static final int STATION_IPV6 = 32;

  /** As deep as a path can fork: one step for each bit, with two ways each. */
  private static final int MAX_WAITING = 2 * (128 + 1);

  private final boolean ipv6;
  private final int maxPrefixes;
  private final int station;
  private final PrefixNodes nodes;
  private int root = NONE;
  private int size;

  /**
   * Empty.
   *
   * @param maxPrefixes more are refused
   */
  public PrefixTrie(boolean ipv6, int maxPrefixes) {
    if (maxPrefixes < 1 || maxPrefixes > MAX_PREFIXES) {
      throw new IllegalArgumentException("not a number of prefixes: " + maxPrefixes);
    }
    this.ipv6 = ipv6;
    this.maxPrefixes = maxPrefixes;
    this.station = ipv6 ? STATION_IPV6 : STATION_IPV4;
    this.nodes = new PrefixNodes(ipv6);
  }

  public int size() {
    return size;
  }

  /** The node of exactly this prefix, or {@link #NONE}. */
  public int find(Cidr prefix) {
    int length = prefix.prefixLength();
    int at = length < station ? root : nodes.station(block(prefix));
    while (at != NONE && nodes.length(at) < length) {
      at = nodes.child(at, prefix.high(), prefix.low());
    }
    boolean there = at != NONE && nodes.length(at) == length && covers(at, prefix);
    return there && nodes.value(at) != NONE ? at : NONE;
  }

  /** The number of a node that {@link #find} or {@link #put} gave. */
  public int valueOf(int node) {
    return nodes.value(node);
  }

  /** Gives a node another number, 0 or more. */
  public void setValue(int node, int number) {
    if (number < 0) {
      throw new IllegalArgumentException("a number below 0");
    }
    nodes.setValue(node, number);
  }

  /** The prefix of a node. */
  public Cidr prefixOf(int node) {
    return nodes.prefix(node);
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
    int found = find(prefix);
    if (found != NONE) {
      nodes.setValue(found, number);
      return found;
    }
    return add(prefix, number);
  }

  /** As {@link #put}, of a prefix that is not there. */
  int add(Cidr prefix, int number) {
    if (size >= maxPrefixes) {
      return NONE;
    }
    size++;
    return insert(prefix, number);
  }

  /** Puts in what is no prefix yet: it is new, a station, or where two others part. */
  private int insert(Cidr prefix, int number) {
    int length = prefix.prefixLength();
    int parent = length > station ? stationOf(prefix) : NONE;
    int at = parent == NONE ? root : nodes.child(parent, prefix.high(), prefix.low());
    while (at != NONE && nodes.length(at) < length && covers(at, prefix)) {
      parent = at;
      at = nodes.child(at, prefix.high(), prefix.low());
    }
    if (at != NONE && nodes.length(at) == length && covers(at, prefix)) {
      nodes.setValue(at, number);
      return at;
    }
    int fresh = nodes.add(prefix.high(), prefix.low(), length, number);
    hang(fresh, at, parent);
    if (length == station) {
      nodes.addStation(fresh);
    }
    return fresh;
  }

  private int stationOf(Cidr prefix) {
    long block = block(prefix);
    int found = nodes.station(block);
    return found == NONE ? insert(new Cidr(ipv6, block, 0, station), NONE) : found;
  }

  private long block(Cidr prefix) {
    return prefix.high() & PrefixNodes.highMask(station);
  }

  /** Hangs a fresh node under {@code parent}, where {@code at} was. */
  private void hang(int fresh, int at, int parent) {
    if (at == NONE) {
      replace(parent, NONE, fresh);
      return;
    }
    int common = nodes.common(fresh, at);
    if (common == nodes.length(fresh)) {
      adopt(fresh, at);
      replace(parent, at, fresh);
      return;
    }
    long high = nodes.high(fresh) & PrefixNodes.highMask(common);
    int fork = nodes.add(high, nodes.low(fresh) & PrefixNodes.lowMask(common), common, NONE);
    adopt(fork, at);
    adopt(fork, fresh);
    replace(parent, at, fork);
  }

  /** Takes the prefix of this node out. */
  public void remove(int node) {
    if (nodes.value(node) == NONE) {
      throw new IllegalArgumentException("not the node of a prefix");
    }
    nodes.setValue(node, NONE);
    size--;
    boolean fork = nodes.left(node) != NONE && nodes.right(node) != NONE;
    boolean inUse = nodes.length(node) == station && child(node) != NONE;
    if (!fork && !inUse) {
      detach(node);
    }
  }

  /** Takes out a node with one child at most, and what was only there for its sake. */
  private void detach(int node) {
    long high = nodes.high(node);
    long low = nodes.low(node);
    int grandparent = NONE;
    int parent = NONE;
    int at = root;
    if (nodes.length(node) > station) {
      parent = nodes.station(high & PrefixNodes.highMask(station));
      at = nodes.child(parent, high, low);
    }
    while (at != node) {
      grandparent = parent;
      parent = at;
      at = nodes.child(at, high, low);
    }
    int only = child(node);
    replace(parent, node, only);
    if (nodes.length(node) == station) {
      nodes.removeStation(node);
    }
    nodes.release(node);
    boolean idle = only == NONE && parent != NONE && nodes.value(parent) == NONE;
    if (idle && nodes.length(parent) != station) {
      replace(grandparent, parent, child(parent));
      nodes.release(parent);
    } else if (idle && child(parent) == NONE) {
      detach(parent);
    }
  }

  /** Visits the nodes of all prefixes that hold {@code prefix}, itself too, the shortest first. */
  public void covering(Cidr prefix, IntConsumer visit) {
    int at = root;
    while (at != NONE && nodes.length(at) <= prefix.prefixLength() && covers(at, prefix)) {
      if (nodes.value(at) != NONE) {
        visit.accept(at);
      }
      boolean last = nodes.length(at) == prefix.prefixLength();
      at = last ? NONE : nodes.child(at, prefix.high(), prefix.low());
    }
  }

  /**
   * Visits the nodes of all prefixes inside {@code prefix}, itself too, in order of address, until
   * {@code goOn} says no.
   */
  public void within(Cidr prefix, IntPredicate goOn) {
    int at = root;
    while (at != NONE && nodes.length(at) < prefix.prefixLength()) {
      at = covers(at, prefix) ? nodes.child(at, prefix.high(), prefix.low()) : NONE;
    }
    if (at == NONE || !nodes.same(at, prefix.high(), prefix.low(), prefix.prefixLength())) {
      return;
    }
    int[] waiting = new int[MAX_WAITING];
    int count = 0;
    waiting[count++] = at;
    while (count > 0) {
      int node = waiting[--count];
      if (nodes.value(node) != NONE && !goOn.test(node)) {
        return;
      }
      if (nodes.right(node) != NONE) {
        waiting[count++] = nodes.right(node);
      }
      if (nodes.left(node) != NONE) {
        waiting[count++] = nodes.left(node);
      }
    }
  }

  private void replace(int parent, int was, int now) {
    if (parent == NONE) {
      root = now;
    } else if (was == NONE ? isLeft(parent, now) : nodes.left(parent) == was) {
      nodes.setLeft(parent, now);
    } else {
      nodes.setRight(parent, now);
    }
  }

  private void adopt(int parent, int node) {
    if (isLeft(parent, node)) {
      nodes.setLeft(parent, node);
    } else {
      nodes.setRight(parent, node);
    }
  }

  private boolean isLeft(int parent, int node) {
    return nodes.bitAfter(parent, node) == 0;
  }

  /** Of a node with one child at most. */
  private int child(int node) {
    return nodes.left(node) != NONE ? nodes.left(node) : nodes.right(node);
  }

  private boolean covers(int node, Cidr prefix) {
    return nodes.covers(node, prefix.high(), prefix.low());
  }
}
