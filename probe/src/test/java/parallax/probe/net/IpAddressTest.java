package parallax.probe.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressTest {
  private static final int RANDOM_ONES = 1000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::/128",
        "::1/128",
        "1::/128",
        "2001:db8::1/128",
        "2001:db8:0:1:1:1:1:1/128",
        "2001:0:0:1::1/128",
        "1:0:0:2::/64",
        "::ffff:192.0.2.1/128",
        "fe80::1:0:0:1/128",
        "2001:db8:1:2:3:4:5:6/128",
        "0.0.0.0/0",
        "255.255.255.255/32",
        "192.0.2.0/24"
      })
  void textIsTheShortestForm(String text) {
    assertThat(Cidr.parse(text)).hasToString(text);
  }

  @Test
  void whatIsWrittenIsReadBack() {
    SplittableRandom random = new SplittableRandom(1);
    for (int count = 0; count < RANDOM_ONES; count++) {
      // Every second group is 0, more or less, for the runs of zeros are what is difficult.
      long mask = 0;
      for (int group = 0; group < 4; group++) {
        mask = (mask << Short.SIZE) | (random.nextBoolean() ? 0xffff : 0);
      }
      Cidr cidr = new Cidr(true, random.nextLong() & mask, random.nextLong() & mask, 128);
      assertThat(Cidr.parse(cidr.toString())).isEqualTo(cidr);
    }
  }
}
