package parallax.probe.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.observation.Reason;

class ConnectFailureTest {
  private static final String IPV4 = "192.0.2.1";
  private static final String IPV6 = "2001:db8::1";
  private static final SelfHealth BOTH = ipv6 -> true;
  private static final SelfHealth ONLY_IPV4 = ipv6 -> !ipv6;
  private static final SelfHealth NONE = ipv6 -> false;

  static Stream<Arguments> failures() {
    Throwable refused = new ConnectException("Connection refused: /192.0.2.1:80");
    Throwable noRoute = new NoRouteToHostException("No route to host");
    Throwable network = new SocketException("Network is unreachable");
    Throwable silence = new ConnectTimeoutException("connection timed out after 100 ms");
    Throwable noAddress = new SocketException("Cannot assign requested address");
    return Stream.of(
        Arguments.of(refused, IPV4, BOTH, Reason.CONNECTION_REFUSED),
        Arguments.of(refused, IPV4, NONE, Reason.CONNECTION_REFUSED),
        Arguments.of(new SocketException("Connection reset"), IPV4, BOTH, Reason.CONNECTION_RESET),
        Arguments.of(noRoute, IPV4, BOTH, Reason.HOST_UNREACHABLE),
        Arguments.of(noRoute, IPV4, NONE, Reason.PROBE_NO_ROUTE),
        Arguments.of(network, IPV4, BOTH, Reason.NETWORK_UNREACHABLE),
        Arguments.of(network, IPV6, ONLY_IPV4, Reason.PROBE_NO_ADDRESS_FAMILY),
        Arguments.of(network, IPV6, NONE, Reason.PROBE_NO_ROUTE),
        Arguments.of(silence, IPV4, BOTH, Reason.CONNECT_TIMEOUT),
        Arguments.of(silence, IPV4, NONE, Reason.PROBE_NO_ROUTE),
        Arguments.of(silence, "127.0.0.1", NONE, Reason.CONNECT_TIMEOUT),
        Arguments.of(noAddress, IPV4, BOTH, Reason.PROBE_OVERLOADED),
        Arguments.of(noAddress, IPV6, ONLY_IPV4, Reason.PROBE_NO_ADDRESS_FAMILY),
        Arguments.of(
            new IOException(new SocketException("Too many open files")),
            IPV4,
            BOTH,
            Reason.PROBE_OVERLOADED),
        Arguments.of(
            new SocketException("No buffer space available"), IPV4, BOTH, Reason.PROBE_OVERLOADED),
        Arguments.of(
            new SocketException("Operation not permitted"), IPV4, BOTH, Reason.PROBE_NO_ROUTE),
        Arguments.of(new IllegalStateException(), IPV4, BOTH, Reason.PROBE_INTERNAL_ERROR));
  }

  @ParameterizedTest(name = "{0} at {1} is {3}")
  @MethodSource("failures")
  void tellsTheTargetsTroubleFromTheProbesOwn(
      Throwable failure, String address, SelfHealth health, Reason expected) {
    assertThat(ConnectFailure.of(failure, InetAddress.ofLiteral(address), health).reason())
        .isEqualTo(expected);
  }
}
