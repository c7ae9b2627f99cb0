package parallax.probe.bgp.rislive.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.net.Cidr;
import parallax.probe.net.IpAddress;

final class AddressReaderTest {
  private static final int TEXTS = 20_000;

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0, 0.0.0.0",
    "::, ::",
    "1::, 1::",
    "::1, ::1",
    "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "::ffff:192.0.2.1, ::ffff:192.0.2.1",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
  })
  void addressesAreRead(String text, String shortest) {
    assertThat(AddressReader.address(text).map(IpAddress::toString)).contains(shortest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.",
        ".1.2.3",
        "1.2.3.4 ",
        ":",
        ":::",
        "1:",
        ":1",
        "1:2",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "::1.2.3",
        "1:2:3:4:5:6:7:1.2.3.4",
        "fe80::1%eth0",
        "::/0",
        "1:2:3:4:5:6:7:8::",
        "1::2:3:4:5:6:7:8:9",
        "\u0661.2.3.4"
      })
  void whatIsNoneIsNotRead(String text) {
    assertThat(AddressReader.address(text)).isEmpty();
    assertThat(AddressReader.prefix(text + "/")).isEmpty();
  }

  @Test
  void prefixesAreReadAndCleared() {
    assertThat(AddressReader.prefix("192.0.2.77/24")).contains(Cidr.parse("192.0.2.0/24"));
    assertThat(AddressReader.prefix("::/0")).contains(Cidr.parse("::/0"));
    assertThat(AddressReader.prefix("2001:db8::1/128")).contains(Cidr.parse("2001:db8::1/128"));
    for (String wrong :
        new String[] {
          "192.0.2.0",
          "192.0.2.0/",
          "1.2.3.4/33",
          "::/129",
          "::/00",
          "::/1/1",
          "::/-1",
          "::/ 1",
          "/8"
        }) {
      assertThat(AddressReader.prefix(wrong)).as(wrong).isEmpty();
    }
  }

  /** The one of the platform is the judge; it also takes groups of more than four digits. */
  @Test
  void readsNothingElseThanThePlatformReads() {
    SplittableRandom random = new SplittableRandom(7);
    String letters = "0123456789abcdef::::...";
    for (int count = 0; count < TEXTS; count++) {
      StringBuilder text = new StringBuilder();
      int length = 2 + random.nextInt(20);
      for (int at = 0; at < length; at++) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String tried = text.toString();
      AddressReader.address(tried)
          .ifPresent(
              read -> assertThat(Cidr.parse(tried).toString()).startsWith(read + "/").as(tried));
    }
  }

  @Test
  void readsEveryAddressThatThePlatformWrites() throws Exception {
    SplittableRandom random = new SplittableRandom(8);
    for (int count = 0; count < TEXTS; count++) {
      byte[] bytes = new byte[random.nextBoolean() ? 16 : 4];
      random.nextBytes(bytes);
      Arrays.fill(bytes, random.nextInt(bytes.length), bytes.length, (byte) 0);
      String text = InetAddress.getByAddress(bytes).getHostAddress();
      int bits = Byte.SIZE * bytes.length;
      assertThat(AddressReader.prefix(text + "/" + bits)).contains(Cidr.parse(text));
    }
  }
}
