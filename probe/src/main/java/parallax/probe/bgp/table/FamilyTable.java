package parallax.probe.bgp.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parallax.probe.net.Cidr;

/** The prefixes of one family, each with a small number for as long as somebody has it. */
final class FamilyTable {
  private static final int FIRST_CAPACITY = 64;

  private final PrefixTrie trie;

  /** Columns that have it, by number; of a free number the next free one. */
  private int[] holders = new int[FIRST_CAPACITY];

  /** Nodes of the trie, by number. */
  private int[] nodes = new int[FIRST_CAPACITY];

  private int numbers;
  private int free = PrefixTrie.NONE;

  FamilyTable(boolean ipv6, int maxPrefixes) {
    this.trie = new PrefixTrie(ipv6, maxPrefixes);
  }

  int size() {
    return trie.size();
  }

  /** The number of a prefix that somebody has, or {@link PrefixTrie#NONE}. */
  int find(Cidr prefix) {
    int node = trie.find(prefix);
    return node == PrefixTrie.NONE ? PrefixTrie.NONE : trie.valueOf(node);
  }

  /** The number of this prefix, a fresh one if need be, or {@link PrefixTrie#NONE} without room. */
  int number(Cidr prefix) {
    int found = find(prefix);
    if (found != PrefixTrie.NONE) {
      return found;
    }
    int number = free == PrefixTrie.NONE ? numbers : free;
    int node = trie.add(prefix, number);
    if (node == PrefixTrie.NONE) {
      return PrefixTrie.NONE;
    }
    if (number == numbers) {
      if (numbers == nodes.length) {
        holders = Arrays.copyOf(holders, numbers + (numbers >> 1));
        nodes = Arrays.copyOf(nodes, numbers + (numbers >> 1));
      }
      numbers++;
    } else {
      free = holders[number];
    }
    holders[number] = 0;
    nodes[number] = node;
    return number;
  }

  /** One column more has it. */
  void held(int number) {
    holders[number]++;
  }

  /** One column less has it. */
  void let(int number) {
    holders[number]--;
    releaseIfIdle(number);
  }

  void releaseIfIdle(int number) {
    if (holders[number] == 0) {
      trie.remove(nodes[number]);
      holders[number] = free;
      free = number;
    }
  }

  List<Cidr> covering(Cidr prefix) {
    List<Cidr> chain = new ArrayList<>();
    trie.covering(prefix, node -> chain.add(trie.prefixOf(node)));
    return chain;
  }

  List<Cidr> moreSpecific(Cidr prefix, int limit) {
    List<Cidr> found = new ArrayList<>();
    trie.within(
        prefix,
        node -> {
          Cidr inside = trie.prefixOf(node);
          if (!inside.equals(prefix) && found.size() < limit) {
            found.add(inside);
          }
          return found.size() < limit;
        });
    return found;
  }
}
