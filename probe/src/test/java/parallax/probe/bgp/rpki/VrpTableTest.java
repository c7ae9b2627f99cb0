package parallax.probe.bgp.rpki;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.net.Cidr;

final class VrpTableTest {
  private final VrpTable table = new VrpTable();

  @ParameterizedTest(name = "{0} of {1} is {2}")
  @CsvSource({
    "203.0.113.0/24, 64511, VALID",
    "203.0.113.0/24, 64512, INVALID",
    "203.0.113.0/25, 64511, INVALID",
    "198.51.100.128/25, 64512, VALID",
    "198.51.100.0/26, 64512, INVALID",
    "198.51.0.0/16, 64512, NOT_FOUND",
    "192.0.2.0/24, 0, INVALID",
    "192.0.2.0/24, 64511, INVALID",
    "2001:db8:1::/48, 64511, VALID",
    "2001:db8:1:1::/64, 64511, INVALID",
    "2001:db8:2::/48, 64511, NOT_FOUND",
    "100.64.0.0/16, 4200000002, VALID",
  })
  void aRouteIsValidAsRfc6811Says(String route, long origin, Validity expected) {
    laboratory();
    assertThat(table.validity(Cidr.parse(route), Optional.of(origin))).isEqualTo(expected);
  }

  @Test
  void aPathThatEndsWithASetIsNeverValid() {
    laboratory();
    assertThat(table.validity(Cidr.parse("203.0.113.0/24"), Optional.empty()))
        .isEqualTo(Validity.INVALID);
    assertThat(table.validity(Cidr.parse("8.0.0.0/8"), Optional.empty()))
        .isEqualTo(Validity.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void holdsWhatAPlainSetHolds(long seed) {
    Random random = new Random(seed);
    Set<Vrp> plain = new LinkedHashSet<>();
    for (int round = 0; round < 5_000; round++) {
      int length = 8 + random.nextInt(3);
      Cidr prefix = new Cidr(false, (long) (random.nextInt(4) << 6 | 64) << 56, 0, length);
      Vrp vrp = Vrp.of(prefix, length + random.nextInt(3), random.nextInt(4));
      boolean add = random.nextInt(5) > 1;
      assertThat(add ? table.add(vrp) : table.remove(vrp))
          .isEqualTo(add ? plain.add(vrp) : plain.remove(vrp));
    }
    List<Vrp> all = new ArrayList<>();
    table.forEach(all::add);
    assertThat(all).containsExactlyInAnyOrderElementsOf(plain).hasSize(table.size());
  }

  private void laboratory() {
    table.add(Vrp.of(Cidr.parse("203.0.113.0/24"), 24, 64511));
    table.add(Vrp.of(Cidr.parse("198.51.100.0/24"), 25, 64512));
    table.add(Vrp.of(Cidr.parse("2001:db8:1::/48"), 48, 64511));
    table.add(Vrp.of(Cidr.parse("192.0.2.0/24"), 32, 0));
    table.add(Vrp.of(Cidr.parse("100.64.0.0/10"), 16, 4200000002L));
  }
}
