package parallax.probe.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,      10.255.255.255, true",
    "10.0.0.0/8,      11.0.0.0,       false",
    "0.0.0.0/0,       255.1.2.3,      true",
    "0.0.0.0/0,       ::1,            false",
    "192.0.2.1,       192.0.2.1,      true",
    "192.0.2.1/32,    192.0.2.2,      false",
    "192.0.2.128/25,  192.0.2.127,    false",
    "::/0,            1.2.3.4,        false",
    "fc00::/7,        fdff::1,        true",
    "fc00::/7,        fe00::1,        false",
    "2001:db8::/65,   2001:db8::1,    true",
    "2001:db8::/65,   2001:db8:0:0:8000::1, false",
    "2001:db8::1,     2001:db8::1,    true",
    "2001:db8::/127,  2001:db8::2,    false",
  })
  void containsWhatSharesItsPrefix(String block, String address, boolean inside) {
    assertThat(Cidr.parse(block).contains(InetAddress.ofLiteral(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.255,        24,  192.0.2.0/24",
    "192.0.2.255,        25,  192.0.2.128/25",
    "192.0.2.1,          32,  192.0.2.1/32",
    "255.255.255.255,    0,   0.0.0.0/0",
    "2001:db8:1:2::9,    48,  2001:db8:1::/48",
    "2001:db8:1:2::9,    64,  2001:db8:1:2::/64",
    "2001:db8::ffff,     127, 2001:db8::fffe/127",
    "2001:db8::ffff,     128, 2001:db8::ffff/128",
    "ffff::1,            0,   ::/0",
  })
  void theBlockAroundAnAddressHasItsFirstBits(String address, int length, String block) {
    Cidr around = Cidr.around(InetAddress.ofLiteral(address), length);
    assertThat(around).isEqualTo(Cidr.parse(block));
    assertThat(around.contains(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/8/8",
        "10.0.0.0/ 8",
        " 10.0.0.0/8",
        "10.0.0.1/8",
        "10/8",
        "10.0.0/8",
        "10.0.0.0.0/8",
        "010.0.0.0/8",
        "0x0a.0.0.0/8",
        "256.0.0.0/8",
        "1.2.3.4/1000",
        "localhost/8",
        "example.com",
        "fc00::/129",
        "fc00::1/7",
        "fe80::1%eth0/64",
        "[::1]/128",
        "::1::/64",
        "12345::/16",
        "2130706433",
        "127.1",
        "１.0.0.0/8"
      })
  void refusesAnythingElseAndSaysWhat(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an address block");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0177.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "127.0.0.01",
        "1.2.3",
        "localhost",
        "",
        "1.2.3.4 ",
        "::1%lo",
        "[::1]",
        "1.2.3.4.5",
        "١.2.3.4"
      })
  void takesNothingForALiteralThatOthersReadDifferently(String text) {
    assertThat(Cidr.literal(text)).isEmpty();
  }
}
