package parallax.probe.bgp.prefix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import parallax.probe.net.Cidr;

/**
 * Prefixes of one family, each with a small number as long as it is there, and a value. One that is
 * there is found in one step, and a new one takes two: it joins a list of the block of addresses
 * that it lies in. Blocks begin at every eighth bit, know the blocks inside them, and go with the
 * last prefix. One writer, and no reader while it writes.
 */
public final class PrefixIndex {
  /** What there is where nothing is; also "no room" from {@link #add}. */
  public static final int NONE = PrefixKeys.NONE;

  private static final int IPV4_BITS = 32;
  private static final int IPV6_BITS = 128;

  /** Of a prefix: the next of its block, one higher; and the value. */
  private static final int NEXT = 0;

  private static final int VALUE = 1;
  private static final int PREFIX_WORDS = 2;

  /** Of a block, besides: its first prefix, and the first block inside it, one higher. */
  private static final int FIRST = 1;

  private static final int INNER = 2;
  private static final int BLOCK_WORDS = 3;

  /** A list has no more than 2 + 4 + ... + 256 prefixes. */
  private static final int STEP = 8;

  private static final int MAX_BLOCKS_AROUND = IPV6_BITS / STEP;

  /** The order of addresses, the shorter first; and first the prefix, then what is inside it. */
  private static final Comparator<Entry> ORDER =
      Comparator.comparing((Entry entry) -> entry.prefix().high(), Long::compareUnsigned)
          .thenComparing(entry -> entry.prefix().low(), Long::compareUnsigned)
          .thenComparingInt(entry -> entry.prefix().prefixLength())
          .thenComparingInt(Entry::block);

  private final boolean ipv6;
  private final PrefixKeys prefixes;
  private final PrefixKeys blocks;

  /** The block of the prefix that came last: the next is often its neighbour. */
  private int recent = NONE;

  /** How many there are of each length. */
  private final int[] lengths;

  /** A prefix, or a block with its number. */
  private record Entry(Cidr prefix, int block) {}

  /**
   * Empty.
   *
   * @param maxPrefixes more are refused; so is what would take more blocks than that
   */
  public PrefixIndex(boolean ipv6, int maxPrefixes) {
    this.ipv6 = ipv6;
    this.prefixes = new PrefixKeys(ipv6, PREFIX_WORDS, maxPrefixes);
    this.blocks =
        new PrefixKeys(
            ipv6, BLOCK_WORDS, Math.min(PrefixKeys.MAX, maxPrefixes + MAX_BLOCKS_AROUND));
    this.lengths = new int[(ipv6 ? IPV6_BITS : IPV4_BITS) + 1];
  }

  public int size() {
    return prefixes.size();
  }

  /** The number of exactly this prefix, or {@link #NONE}. */
  public int find(Cidr prefix) {
    return prefixes.find(prefix.high(), prefix.low(), prefix.prefixLength());
  }

  /**
   * Puts in a prefix that is not there, with the value 0.
   *
   * @return its number, valid until it is removed; {@link #NONE} when there is no room for it
   */
  public int add(Cidr prefix) {
    if (prefix.ipv6() != ipv6) {
      throw new IllegalArgumentException("another family");
    }
    long high = prefix.high();
    long low = prefix.low();
    int length = prefix.prefixLength();
    int block = prefixes.room() > 0 ? makeBlock(high, low, around(length)) : NONE;
    if (block == NONE) {
      return NONE;
    }
    int number = prefixes.add(high, low, length);
    prefixes.set(number, NEXT, blocks.get(block, FIRST));
    blocks.set(block, FIRST, number + 1);
    lengths[length]++;
    return number;
  }

  /** The length of the block that a prefix, or a block, of this length lies in. */
  private static int around(int length) {
    return length == 0 ? 0 : (length - 1) & -STEP;
  }

  private int block(long high, long low, int length) {
    return blocks.find(
        high & PrefixNodes.highMask(length), low & PrefixNodes.lowMask(length), length);
  }

  private int makeBlock(long high, long low, int length) {
    if (isRecent(high, low, length)) {
      return recent;
    }
    int found = block(high, low, length);
    if (found == NONE && blocks.room() >= MAX_BLOCKS_AROUND) {
      found = freshBlock(high, low, length);
    }
    recent = found;
    return found;
  }

  private boolean isRecent(long high, long low, int length) {
    return recent != NONE
        && blocks.length(recent) == length
        && ((blocks.high(recent) ^ high) & PrefixNodes.highMask(length)) == 0
        && ((blocks.low(recent) ^ low) & PrefixNodes.lowMask(length)) == 0;
  }

  /** A block that is not there, and those around it that are not. */
  private int freshBlock(long high, long low, int length) {
    int fresh =
        blocks.add(high & PrefixNodes.highMask(length), low & PrefixNodes.lowMask(length), length);
    int inner = fresh;
    for (int outside = length; outside > 0; outside = around(outside)) {
      int outerLength = around(outside);
      int outer = block(high, low, outerLength);
      boolean there = outer != NONE;
      if (!there) {
        outer =
            blocks.add(
                high & PrefixNodes.highMask(outerLength),
                low & PrefixNodes.lowMask(outerLength),
                outerLength);
      }
      blocks.set(inner, NEXT, blocks.get(outer, INNER));
      blocks.set(outer, INNER, inner + 1);
      if (there) {
        break;
      }
      inner = outer;
    }
    return fresh;
  }

  /** Takes out the prefix of this number. */
  public void remove(int number) {
    long high = prefixes.high(number);
    long low = prefixes.low(number);
    int length = prefixes.length(number);
    int block = block(high, low, around(length));
    unlink(block, FIRST, prefixes, number);
    prefixes.remove(number);
    lengths[length]--;
    int idle = block;
    while (idle != NONE && blocks.get(idle, FIRST) == 0 && blocks.get(idle, INNER) == 0) {
      int outside = blocks.length(idle);
      int outer = outside == 0 ? NONE : block(high, low, around(outside));
      if (outer != NONE) {
        unlink(outer, INNER, blocks, idle);
      }
      blocks.remove(idle);
      recent = NONE;
      idle = outer;
    }
  }

  /** Takes one out of a list of a block. */
  private void unlink(int block, int head, PrefixKeys members, int member) {
    int next = members.get(member, NEXT);
    int at = blocks.get(block, head) - 1;
    if (at == member) {
      blocks.set(block, head, next);
      return;
    }
    while (members.get(at, NEXT) - 1 != member) {
      at = members.get(at, NEXT) - 1;
    }
    members.set(at, NEXT, next);
  }

  public int valueOf(int number) {
    return prefixes.get(number, VALUE);
  }

  public void setValue(int number, int value) {
    prefixes.set(number, VALUE, value);
  }

  /** What holds {@code prefix}, itself too, the longest last. */
  public List<Cidr> covering(Cidr prefix) {
    List<Cidr> chain = new ArrayList<>();
    for (int length = 0; length <= prefix.prefixLength(); length++) {
      if (lengths[length] > 0) {
        Cidr outer = Cidr.masked(ipv6, prefix.high(), prefix.low(), length);
        if (find(outer) != NONE) {
          chain.add(outer);
        }
      }
    }
    return chain;
  }

  /** What lies inside {@code prefix}, without itself, in order of address; so many at most. */
  public List<Cidr> moreSpecific(Cidr prefix, int limit) {
    List<Cidr> found = new ArrayList<>();
    int block = block(prefix.high(), prefix.low(), prefix.prefixLength() & -STEP);
    if (block != NONE) {
      collect(block, prefix, limit, found);
    }
    return found;
  }

  /** As deep as there are blocks around an address. */
  private void collect(int block, Cidr outer, int limit, List<Cidr> found) {
    List<Entry> entries = new ArrayList<>();
    for (int at = blocks.get(block, FIRST) - 1; at != NONE; at = prefixes.get(at, NEXT) - 1) {
      if (isInside(prefixes, at, outer)) {
        entries.add(new Entry(prefixes.prefix(at), NONE));
      }
    }
    for (int at = blocks.get(block, INNER) - 1; at != NONE; at = blocks.get(at, NEXT) - 1) {
      if (isInside(blocks, at, outer)) {
        entries.add(new Entry(blocks.prefix(at), at));
      }
    }
    entries.sort(ORDER);
    for (Entry entry : entries) {
      if (found.size() >= limit) {
        return;
      }
      if (entry.block() != NONE) {
        collect(entry.block(), outer, limit, found);
      } else if (!entry.prefix().equals(outer)) {
        found.add(entry.prefix());
      }
    }
  }

  private static boolean isInside(PrefixKeys members, int member, Cidr outer) {
    int length = outer.prefixLength();
    return members.length(member) >= length
        && ((members.high(member) ^ outer.high()) & PrefixNodes.highMask(length)) == 0
        && ((members.low(member) ^ outer.low()) & PrefixNodes.lowMask(length)) == 0;
  }
}
