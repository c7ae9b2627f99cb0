package parallax.probe.bgp.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.net.Cidr;

final class PrefixIndexTest {
  private static final int LIMIT = 40;

  private static final Comparator<Cidr> ORDER =
      Comparator.comparing(Cidr::high, Long::compareUnsigned)
          .thenComparing(Cidr::low, Long::compareUnsigned)
          .thenComparingInt(Cidr::prefixLength);

  @ParameterizedTest
  @CsvSource({"false, 1", "false, 2", "true, 3", "true, 4"})
  void answersAsAPlainMapDoesWhilePrefixesComeAndGo(boolean ipv6, long seed) {
    Random random = new Random(seed);
    PrefixIndex index = new PrefixIndex(ipv6, 10_000);
    Map<Cidr, Integer> plain = new TreeMap<>(ORDER);
    for (int round = 0; round < 8_000; round++) {
      Cidr prefix = prefix(ipv6, random);
      boolean there = plain.containsKey(prefix);
      assertThat(index.find(prefix) != PrefixIndex.NONE).isEqualTo(there);
      if (!there && random.nextInt(5) < 3) {
        index.setValue(index.add(prefix), round);
        plain.put(prefix, round);
      } else if (there && random.nextInt(5) < 3) {
        index.remove(index.find(prefix));
        plain.remove(prefix);
      }
      if (round % 7 == 0) {
        agree(index, plain, prefix(ipv6, random));
      }
    }
    for (Cidr prefix : List.copyOf(plain.keySet())) {
      index.remove(index.find(prefix));
    }
    assertThat(index.size()).isZero();
    assertThat(index.moreSpecific(Cidr.masked(ipv6, 0, 0, 0), LIMIT)).isEmpty();
  }

  private static void agree(PrefixIndex index, Map<Cidr, Integer> plain, Cidr asked) {
    assertThat(index.size()).isEqualTo(plain.size());
    int number = index.find(asked);
    assertThat(number == PrefixIndex.NONE ? null : (Integer) index.valueOf(number))
        .isEqualTo(plain.get(asked));
    assertThat(index.covering(asked))
        .isEqualTo(
            plain.keySet().stream()
                .filter(one -> holds(one, asked))
                .sorted(Comparator.comparingInt(Cidr::prefixLength))
                .toList());
    assertThat(index.moreSpecific(asked, LIMIT))
        .isEqualTo(
            plain.keySet().stream()
                .filter(one -> holds(asked, one) && !one.equals(asked))
                .limit(LIMIT)
                .toList());
  }

  @Test
  void numbersAreSmallEachOnePrefixsOwnAndUsedAgain() {
    PrefixIndex index = new PrefixIndex(false, 100_000);
    Map<Integer, Cidr> numbers = new HashMap<>();
    for (int third = 0; third < 60_000; third++) {
      Cidr prefix = Cidr.masked(false, (0x0A00_0000L + third * 256L) << 32, 0, 24);
      assertThat(numbers.put(index.add(prefix), prefix)).isNull();
    }
    assertThat(numbers.keySet()).allMatch(number -> number >= 0 && number < 60_000);
    Set<Integer> free = new HashSet<>();
    for (int number = 0; number < 60_000; number += 3) {
      index.remove(number);
      free.add(number);
    }
    numbers.forEach(
        (number, prefix) ->
            assertThat(index.find(prefix))
                .isEqualTo(free.contains(number) ? PrefixIndex.NONE : number));
    for (int again = 0; again < 20_000; again++) {
      Cidr prefix = Cidr.masked(false, (0xC000_0000L + again * 256L) << 32, 0, 24);
      assertThat(free.remove(index.add(prefix))).isTrue();
    }
    assertThat(index.size()).isEqualTo(60_000);
  }

  @Test
  void refusesWhatIsOverItsBound() {
    PrefixIndex index = new PrefixIndex(false, 2);
    index.add(Cidr.parse("10.0.0.0/8"));
    index.add(Cidr.parse("0.0.0.0/0"));
    assertThat(index.add(Cidr.parse("10.1.0.0/16"))).isEqualTo(PrefixIndex.NONE);
    index.remove(index.find(Cidr.parse("0.0.0.0/0")));
    assertThat(index.add(Cidr.parse("10.1.0.0/16"))).isNotEqualTo(PrefixIndex.NONE);
  }

  /** Sixteen blocks each: what a peer that makes up addresses could cost is bounded too. */
  @Test
  void refusesScatteredAddressesThatTakeTooManyBlocks() {
    Random random = new Random(5);
    PrefixIndex index = new PrefixIndex(true, 1_000);
    int taken = 0;
    for (int host = 0; host < 1_000; host++) {
      Cidr address = Cidr.masked(true, random.nextLong(), random.nextLong(), 128);
      taken += index.add(address) == PrefixIndex.NONE ? 0 : 1;
    }
    assertThat(taken).isBetween(50, 200).isEqualTo(index.size());
  }

  private static boolean holds(Cidr outer, Cidr inner) {
    return outer.prefixLength() <= inner.prefixLength()
        && Cidr.masked(inner.ipv6(), inner.high(), inner.low(), outer.prefixLength()).equals(outer);
  }

  /** Few bits, so that prefixes meet often: at the front, around the middle, at the end. */
  private static Cidr prefix(boolean ipv6, Random random) {
    int bits = ipv6 ? 128 : 32;
    int length = random.nextInt(4) == 0 ? random.nextInt(bits + 1) : random.nextInt(8);
    if (random.nextBoolean()) {
      length = (ipv6 ? 60 : 20) + random.nextInt(9);
    }
    long high = random.nextLong() & (ipv6 ? 0x7000_0000_0000_00F0L : 0x7000_0FF0_0000_0000L);
    long low = ipv6 ? random.nextLong() & 0xF000_0000_0000_0007L : 0;
    return Cidr.masked(ipv6, high, low, length);
  }
}
