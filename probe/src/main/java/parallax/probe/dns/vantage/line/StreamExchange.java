package parallax.probe.dns.vantage.line;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.SelfHealth;
import parallax.probe.tls.TlsFailure;

/**
 * Asks over a TCP connection of its own (RFC 7766), in the clear or through TLS (RFC 7858). The
 * resolver's identity is judged before the question leaves.
 */
public final class StreamExchange {
  private static final int LENGTH_BYTES = 2;

  /** The ALPN name of DNS over TLS (RFC 7858, IANA registry). */
  private static final String DOT = "dot";

  private final Vertx vertx;
  private final NetClient client;
  private final ServerJudge judge;
  private final SelfHealth health;
  private final SecureRandom random = new SecureRandom();

  public StreamExchange(Vertx vertx, ServerJudge judge, SelfHealth health) {
    this.vertx = vertx;
    this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    this.judge = judge;
    this.health = health;
  }

  /**
   * Asks {@code server}. May be called from any thread.
   *
   * @param identity makes it TLS
   * @return never fails; completes at the deadline at the latest
   */
  public Future<Exchanged> ask(
      InetSocketAddress server, Optional<Identity> identity, Question question, Deadline deadline) {
    StubQuery query = new StubQuery(question, random.nextInt(1 << 16));
    return Turn.take(
        vertx, deadline, turn -> connect(turn, new Line(turn, server, identity, query)));
  }

  private void connect(Turn turn, Line line) {
    ConnectOptions options =
        new ConnectOptions()
            .setRemoteAddress(SocketAddress.inetSocketAddress(line.server))
            .setTimeout(turn.patienceMillis());
    client
        .connect(options)
        .onComplete(
            connected -> {
              if (connected.succeeded()) {
                NetSocket socket = connected.result();
                turn.hold(() -> socket.close().onFailure(_ -> {}));
                turn.guarded(() -> secure(turn, socket, line));
              } else {
                turn.failed(LineFailure.of(connected.cause(), line.server.getAddress(), health));
              }
            });
  }

  private void secure(Turn turn, NetSocket socket, Line line) {
    if (line.identity.isEmpty()) {
      line.open(socket);
      return;
    }
    Identity identity = line.identity.get();
    turn.await(Reason.TLS_TIMEOUT);
    ClientSSLOptions options = tls(turn, List.of(DOT));
    identity
        .serverName()
        .map(name -> socket.upgradeToSsl(options, name))
        .orElseGet(() -> socket.upgradeToSsl(options))
        .onFailure(cause -> turn.failed(TlsFailure.of(cause)))
        .onSuccess(
            _ ->
                turn.guarded(
                    () ->
                        judge
                            .fault(certificates(socket), identity)
                            .ifPresentOrElse(turn::failed, () -> line.open(socket))));
  }

  private static List<Certificate> certificates(NetSocket socket) {
    try {
      return socket.peerCertificates();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  /**
   * Lets every certificate through the handshake: {@link ServerJudge} looks at it afterwards, so
   * that what is wrong with it has a name.
   */
  static ClientSSLOptions tls(Turn turn, List<String> protocols) {
    return new ClientSSLOptions()
        .setTrustAll(true)
        .setHostnameVerificationAlgorithm("")
        .setUseAlpn(true)
        .setApplicationLayerProtocols(protocols)
        .setSslHandshakeTimeout(turn.patienceMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  /** One connection and what has come over it so far. */
  private static final class Line {
    private final Turn turn;
    private final InetSocketAddress server;
    private final Optional<Identity> identity;
    private final StubQuery query;
    private final Buffer received = Buffer.buffer();

    Line(Turn turn, InetSocketAddress server, Optional<Identity> identity, StubQuery query) {
      this.turn = turn;
      this.server = server;
      this.identity = identity;
      this.query = query;
    }

    void open(NetSocket socket) {
      turn.await(Reason.DNS_TIMEOUT);
      socket.handler(octets -> turn.guarded(() -> read(octets)));
      socket.exceptionHandler(_ -> turn.failed(LineFailure.closed()));
      socket.closeHandler(_ -> turn.failed(LineFailure.closed()));
      byte[] wire = query.toWire();
      socket
          .write(Buffer.buffer().appendUnsignedShort(wire.length).appendBytes(wire))
          .onFailure(_ -> turn.failed(LineFailure.closed()));
    }

    /** At most one message and one read beyond are held: with the first the turn ends. */
    private void read(Buffer octets) {
      received.appendBuffer(octets);
      if (received.length() < LENGTH_BYTES) {
        return;
      }
      int end = LENGTH_BYTES + received.getUnsignedShort(0);
      if (received.length() >= end) {
        query
            .answer(received.getBytes(LENGTH_BYTES, end))
            .ifPresentOrElse(
                turn::replied,
                () -> turn.failed(Reason.DNS_MALFORMED, "not an answer to the question"));
      }
    }
  }
}
