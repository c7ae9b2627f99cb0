package parallax.probe.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressTextTest {
  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:0:0:0:0:1, 2001:db8::1",
    "0:0:0:0:0:0:0:0, ::",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "FE80:0:0:0:A:B:C:D, fe80::a:b:c:d",
    "192.0.2.1, 192.0.2.1"
  })
  void addressesAreWrittenInTheirShortestForm(String written, String shortest) {
    assertThat(AddressText.of(InetAddress.ofLiteral(written))).isEqualTo(shortest);
  }
}
