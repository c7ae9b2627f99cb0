package parallax.probe.uplink.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CoordinatorUrlTest {
  @ParameterizedTest
  @CsvSource({
    "wss://a.example:8443, wss://a.example:8443/uplink/v1",
    "https://a.example, wss://a.example:443/uplink/v1",
    "wss://a.example:8443/uplink/v1, wss://a.example:8443/uplink/v1",
    "wss://a.example/behind/, wss://a.example:443/behind/uplink/v1",
    "WSS://[2001:db8::1]:8443, wss://[2001:db8::1]:8443/uplink/v1",
    "ws://127.0.0.1:8443, ws://127.0.0.1:8443/uplink/v1",
    "ws://[::1]:8443, ws://[::1]:8443/uplink/v1",
    "http://localhost:8443, ws://localhost:8443/uplink/v1",
  })
  void isReadAndShown(String written, String shown) {
    assertThat(CoordinatorUrl.parse(written, false)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example:8443",
        "ftp://a.example",
        "wss://",
        "wss://user:secret@a.example",
        "wss://a.example?x",
        "wss://a.example#x",
        "wss://a.example:99999",
        "wss://a.example:0",
        "wss://a b",
        "ws://192.0.2.1:8443",
        "ws://localhost.example:8443",
      })
  void whatCannotBeUsedIsRefused(String written) {
    assertThatThrownBy(() -> CoordinatorUrl.parse(written, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws://192.0.2.1:8443", "ws://proxy.example"})
  void plaintextGoesElsewhereOnlyWhenThatIsAllowed(String written) {
    assertThat(CoordinatorUrl.parse(written, true).tls()).isFalse();
  }
}
