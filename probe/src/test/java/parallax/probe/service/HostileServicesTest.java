package parallax.probe.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TlsPolicy;
import parallax.config.check.packet.Answer;
import parallax.config.check.service.Login;
import parallax.config.check.service.Patience;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Protocol.MailKind;
import parallax.config.check.service.Security;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.secret.Secret;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;
import parallax.probe.fixture.RawServer;

/** Services that do what no service should: every protocol must end, soon and small. */
class HostileServicesTest {
  private static final LoopbackProbe PROBE = LoopbackProbe.ofOperator(Map.of());
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final int CHUNK = 64 * 1024;

  @AfterAll
  static void stop() {
    PROBE.close();
  }

  static Stream<Protocol> protocols() {
    TreeSet<String> none = new TreeSet<>();
    return Stream.of(
        Services.mail(MailKind.SMTP),
        Services.mail(MailKind.IMAP),
        Services.mail(MailKind.POP3),
        new Protocol.Ftp(Optional.empty()),
        new Protocol.Ssh(none, none),
        new Protocol.Xmpp("chat.test"),
        new Protocol.Amqp(),
        new Protocol.Mqtt(Optional.empty()),
        new Protocol.Redis(Optional.empty()),
        new Protocol.Postgres("parallax", Optional.empty()),
        new Protocol.MySql("parallax"),
        new Protocol.Ldap(),
        new Protocol.Grpc("shop", List.of()),
        new Protocol.WebSocket(
            "/",
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Answer.Beginning("00"))));
  }

  private static ServiceSpec spec(Protocol protocol, Security security, int port, Duration time) {
    return new ServiceSpec(
        new ServerAddress("127.0.0.1", port),
        protocol,
        security,
        TlsPolicy.DEFAULT,
        Patience.ANY,
        Naming.SYSTEM,
        time);
  }

  private static CheckResult look(Protocol protocol, Duration time, RawServer.Script script) {
    try (RawServer server = new RawServer(script)) {
      return PROBE.run(spec(protocol, Security.CLEAR, server.port(), time));
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void oneThatClosesAtOnceIsSaidToHaveClosed(Protocol protocol) {
    CheckResult result = look(protocol, LONG, peer -> {});
    assertThat(Services.reason(result)).isIn("SERVICE_CLOSED", "SERVICE_RESET");
    assertThat(result.layer()).isEqualTo(Layer.HTTP);
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void oneThatResetsIsSaidToHaveReset(Protocol protocol) {
    CheckResult result = look(protocol, LONG, RawServer.Peer::reset);
    // Where it comes before the connection was noticed, the connection itself was reset.
    assertThat(Services.reason(result)).isIn("SERVICE_CLOSED", "SERVICE_RESET", "CONNECTION_RESET");
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void oneThatIsSilentIsLateInItsOwnLayer(Protocol protocol) {
    CheckResult result = look(protocol, SHORT, RawServer.Peer::awaitEnd);
    assertThat(Services.reason(result)).isEqualTo("SERVICE_TIMEOUT");
    assertThat(result.layer()).isEqualTo(Layer.HTTP);
    assertThat(result.timings().phases()).containsKeys(Phase.CONNECT, Phase.FIRST_BYTE);
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void oneThatNeverStopsIsReadToABoundOnly(Protocol protocol) {
    for (String piece :
        List.of("220-a\r\n", "* OK a\r\n", "+", "<a>", "SSH", "\0\0\0\5a\0\0\0\0")) {
      byte[] chunk = piece.repeat(CHUNK / piece.length()).getBytes(StandardCharsets.ISO_8859_1);
      CheckResult result =
          look(
              protocol,
              LONG,
              peer -> {
                while (true) {
                  peer.send(chunk);
                }
              });
      assertThat(result.outcome()).as("%s of %s", piece, result).isInstanceOf(Outcome.Down.class);
      assertThat(Services.reason(result)).as("%s", piece).isNotEqualTo("SERVICE_TIMEOUT");
      assertThat(result.outcome().why().orElseThrow().detail().length()).isLessThan(200);
    }
  }

  @ParameterizedTest
  @MethodSource("protocols")
  void oneThatDripsIsLate(Protocol protocol) {
    byte[] drops = "2200 +* <S\0\0\0\1\1\1\1".getBytes(StandardCharsets.ISO_8859_1);
    CheckResult result =
        look(
            protocol,
            SHORT,
            peer -> {
              for (int count = 0; count < 1_000; count++) {
                peer.send(new byte[] {drops[protocol instanceof Protocol.Mail ? 0 : 10]});
                peer.pause(Duration.ofMillis(100));
              }
            });
    assertThat(Services.reason(result)).isIn("SERVICE_TIMEOUT", "SERVICE_GARBAGE");
  }

  @Test
  void commandsSlippedInBeforeTheHandshakeAreFound() {
    try (RawServer server =
        new RawServer(
            peer -> {
              peer.send("220 a\r\n");
              int read = peer.in().read(new byte[100]);
              peer.send("250-x\r\n250 STARTTLS\r\n");
              read += peer.in().read(new byte[100]);
              peer.send("220 go\r\n250 injected " + read + "\r\n");
              peer.awaitEnd();
            })) {
      CheckResult result =
          PROBE.run(
              spec(
                  Services.mail(MailKind.SMTP), Security.STARTTLS_IF_OFFERED, server.port(), LONG));
      assertThat(Services.reason(result)).isEqualTo("STARTTLS_INJECTED");
      assertThat(result.layer()).isEqualTo(Layer.TLS);
    }
  }

  @Test
  void slowerThanAllowedIsDegradedOrDown() {
    for (boolean fails : List.of(false, true)) {
      try (RawServer server =
          new RawServer(
              peer -> {
                peer.pause(Duration.ofMillis(60));
                peer.send("+PONG\r\n");
                peer.awaitEnd();
              })) {
        Optional<Duration> limit = Optional.of(Duration.ofMillis(20));
        Patience patience =
            fails ? new Patience(limit, limit) : new Patience(limit, Optional.empty());
        ServiceSpec of =
            new ServiceSpec(
                new ServerAddress("127.0.0.1", server.port()),
                new Protocol.Redis(Optional.empty()),
                Security.CLEAR,
                TlsPolicy.DEFAULT,
                patience,
                Naming.SYSTEM,
                LONG);
        CheckResult result = PROBE.run(of);
        assertThat(Services.reason(result)).isEqualTo("SERVICE_SLOW");
        assertThat(result.outcome())
            .isInstanceOf(fails ? Outcome.Down.class : Outcome.Degraded.class);
      }
    }
  }

  @Test
  void aPasswordThatWouldBeAnotherCommandIsNotSent() {
    Protocol ftp =
        new Protocol.Ftp(Optional.of(new Login("me", Secret.of("word\r\nDELE everything"))));
    CheckResult result =
        look(
            ftp,
            LONG,
            peer -> {
              peer.send("220 a\r\n");
              peer.awaitEnd();
            });
    assertThat(Services.reason(result)).isEqualTo("PROBE_NOT_CONFIGURED");
    assertThat(result.toString()).doesNotContain("DELE");
  }
}
