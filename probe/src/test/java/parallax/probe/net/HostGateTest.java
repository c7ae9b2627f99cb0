package parallax.probe.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that somebody else connects to by name. */
final class HostGateTest {
  private final HostGate probe = new HostGate(NetworkPolicy.forProbe(List.of(), List.of()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "10.0.0.1",
        "169.254.169.254",
        "metadata.google.internal",
        ""
      })
  void aProbeGoesNowhereThatIsNotPublic(String host) {
    assertThatThrownBy(() -> probe.pass(host)).isInstanceOf(IOException.class);
  }

  @Test
  void whatMayBeConnectedToIsLetThrough() throws IOException {
    assertThat(probe.pass("8.8.8.8")).isEqualTo(InetAddress.ofLiteral("8.8.8.8"));
    HostGate allowed =
        new HostGate(NetworkPolicy.forProbe(List.of(Cidr.parse("127.0.0.0/8")), List.of()));
    assertThat(allowed.pass("127.0.0.1")).isEqualTo(InetAddress.ofLiteral("127.0.0.1"));
  }
}
