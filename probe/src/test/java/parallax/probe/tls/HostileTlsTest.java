package parallax.probe.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsSpec;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.RawServer;

/** Servers that speak something else on a TLS port. */
class HostileTlsTest {
  private static final byte[] HANDSHAKE_FAILURE = {21, 3, 3, 0, 2, 2, 40};
  private static final byte[] PROTOCOL_VERSION = {21, 3, 1, 0, 2, 2, 70};
  private static final byte[] HALF_A_SERVER_HELLO = {22, 3, 3, 0, 90, 2, 0, 0, 86, 3, 3, 1, 2, 3};
  private static final byte[] RECORD_TOO_LARGE = {22, 3, 3, -1, -1, 2, 0, 0, 86, 3, 3};
  private static final byte[] APPLICATION_DATA = {23, 3, 3, 0, 3, 1, 2, 3};

  static Stream<Arguments> servers() {
    byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] ssh = "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.ISO_8859_1);
    return Stream.of(
        Arguments.of("plain HTTP", answering(http), "TLS_HANDSHAKE", "not TLS"),
        Arguments.of("SSH", answering(ssh), "TLS_HANDSHAKE", "not TLS"),
        Arguments.of("NULs", answering(new byte[1000]), "TLS_HANDSHAKE", ""),
        Arguments.of("alert", answering(HANDSHAKE_FAILURE), "TLS_HANDSHAKE", "handshake failure"),
        Arguments.of("old only", answering(PROTOCOL_VERSION), "TLS_PROTOCOL_TOO_OLD", "version"),
        Arguments.of("half a hello", answering(HALF_A_SERVER_HELLO), "TLS_TIMEOUT", ""),
        Arguments.of(
            "record too large", answering(RECORD_TOO_LARGE), "TLS_HANDSHAKE|TLS_TIMEOUT", ""),
        Arguments.of("data at once", answering(APPLICATION_DATA), "TLS_HANDSHAKE", ""),
        Arguments.of("closed at once", (RawServer.Script) peer -> {}, "TLS_HANDSHAKE", ""),
        Arguments.of(
            "closed after the hello",
            (RawServer.Script)
                peer -> {
                  peer.in().readNBytes(100);
                  peer.halfClose();
                  peer.awaitEnd();
                },
            "TLS_HANDSHAKE",
            "closed during the handshake"),
        Arguments.of(
            "reset after the hello",
            (RawServer.Script)
                peer -> {
                  peer.in().readNBytes(100);
                  peer.reset();
                },
            "TLS_HANDSHAKE",
            "reset during the handshake"),
        Arguments.of("silence", (RawServer.Script) RawServer.Peer::awaitEnd, "TLS_TIMEOUT", ""),
        Arguments.of(
            "endless garbage",
            (RawServer.Script)
                peer -> {
                  while (true) {
                    peer.send(APPLICATION_DATA);
                  }
                },
            "TLS_HANDSHAKE",
            ""),
        Arguments.of(
            "drip",
            (RawServer.Script)
                peer -> {
                  while (true) {
                    peer.send(new byte[] {22, 3, 3, 0x10});
                    peer.pause(Duration.ofMillis(50));
                  }
                },
            "TLS_TIMEOUT|TLS_HANDSHAKE",
            ""));
  }

  private static RawServer.Script answering(byte[] bytes) {
    return peer -> {
      peer.in().readNBytes(100);
      peer.send(bytes);
      peer.awaitEnd();
    };
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("servers")
  void endsAsAReasonInTime(String name, RawServer.Script script, String allowed, String detail) {
    for (LoopbackProbe probe :
        List.of(LoopbackProbe.ofOperator(Map.of()), LoopbackProbe.ofOperatorWithJdkTls(Map.of()))) {
      try (probe;
          RawServer server = new RawServer(script)) {
        TlsSpec spec =
            new TlsSpec(
                new ServerAddress("127.0.0.1", server.port()),
                TlsPolicy.DEFAULT,
                Naming.SYSTEM,
                Duration.ofMillis(800));
        CheckResult result = probe.run(spec);
        Finding finding = result.outcome().why().orElseThrow();
        assertThat(allowed).as("%s: %s", name, finding).contains(finding.reason().name());
        assertThat(finding.detail()).contains(detail);
        assertThat(finding.reason()).isNotEqualTo(Reason.PROBE_INTERNAL_ERROR);
      }
    }
  }
}
