package parallax.probe.bgp.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.net.Cidr;

final class PrefixTrieTest {
  private static final Comparator<Cidr> ORDER =
      Comparator.comparing(Cidr::high, Long::compareUnsigned)
          .thenComparing(Cidr::low, Long::compareUnsigned)
          .thenComparingInt(Cidr::prefixLength);

  @ParameterizedTest
  @CsvSource({"false, 1", "false, 2", "true, 3", "true, 4"})
  void answersAsAPlainListDoesWhilePrefixesComeAndGo(boolean ipv6, long seed) {
    Random random = new Random(seed);
    PrefixTrie trie = new PrefixTrie(ipv6, 10_000);
    Map<Cidr, Integer> plain = new TreeMap<>(ORDER);
    for (int round = 0; round < 6_000; round++) {
      Cidr prefix = prefix(ipv6, random);
      if (random.nextInt(5) < 3) {
        assertThat(trie.put(prefix, round)).isNotEqualTo(PrefixTrie.NONE);
        plain.put(prefix, round);
      } else if (plain.remove(prefix) != null) {
        trie.remove(trie.find(prefix));
      }
      if (round % 7 == 0) {
        agree(trie, plain, prefix(ipv6, random));
      }
    }
    for (Cidr prefix : List.copyOf(plain.keySet())) {
      trie.remove(trie.find(prefix));
    }
    assertThat(trie.size()).isZero();
  }

  private static void agree(PrefixTrie trie, Map<Cidr, Integer> plain, Cidr asked) {
    assertThat(trie.size()).isEqualTo(plain.size());
    int node = trie.find(asked);
    assertThat(node == PrefixTrie.NONE ? null : (Integer) trie.valueOf(node))
        .isEqualTo(plain.get(asked));
    List<Cidr> covering = new ArrayList<>();
    trie.covering(asked, at -> covering.add(trie.prefixOf(at)));
    assertThat(covering)
        .isEqualTo(
            plain.keySet().stream()
                .filter(one -> holds(one, asked))
                .sorted(Comparator.comparingInt(Cidr::prefixLength))
                .toList());
    List<Cidr> within = new ArrayList<>();
    trie.within(asked, at -> within.add(trie.prefixOf(at)));
    assertThat(within).isEqualTo(plain.keySet().stream().filter(p -> holds(asked, p)).toList());
  }

  @Test
  void refusesWhatIsOverItsBound() {
    PrefixTrie trie = new PrefixTrie(false, 2);
    trie.put(Cidr.parse("10.0.0.0/8"), 1);
    trie.put(Cidr.parse("0.0.0.0/0"), 2);
    assertThat(trie.put(Cidr.parse("10.1.0.0/16"), 3)).isEqualTo(PrefixTrie.NONE);
    assertThat(trie.put(Cidr.parse("10.0.0.0/8"), 4)).isNotEqualTo(PrefixTrie.NONE);
    assertThat(trie.size()).isEqualTo(2);
  }

  @Test
  void stopsWhenToldSo() {
    PrefixTrie trie = new PrefixTrie(true, 10);
    for (String text : List.of("::/0", "2001:db8::/32", "2001:db8::/128", "ffff::1/128")) {
      trie.put(Cidr.parse(text), 0);
    }
    List<Cidr> seen = new ArrayList<>();
    trie.within(
        Cidr.parse("::/0"),
        at -> {
          seen.add(trie.prefixOf(at));
          return seen.size() < 3;
        });
    assertThat(seen)
        .containsExactly(
            Cidr.parse("::/0"), Cidr.parse("2001:db8::/32"), Cidr.parse("2001:db8::/128"));
  }

  private static boolean holds(Cidr outer, Cidr inner) {
    return outer.prefixLength() <= inner.prefixLength()
        && Cidr.masked(inner.ipv6(), inner.high(), inner.low(), outer.prefixLength()).equals(outer);
  }

  /** Few bits, so that prefixes meet often: at the front, around the middle, at the end. */
  private static Cidr prefix(boolean ipv6, Random random) {
    int bits = ipv6 ? 128 : 32;
    int length = random.nextInt(4) == 0 ? random.nextInt(bits + 1) : random.nextInt(8);
    if (ipv6 && random.nextBoolean()) {
      length = 60 + random.nextInt(9);
    }
    long high = random.nextLong() & (ipv6 ? 0x7000_0000_0000_00F0L : 0x7000_00F0_0000_0000L);
    long low = ipv6 ? random.nextLong() & 0xF000_0000_0000_0007L : 0;
    return Cidr.masked(ipv6, high, low, length);
  }
}
