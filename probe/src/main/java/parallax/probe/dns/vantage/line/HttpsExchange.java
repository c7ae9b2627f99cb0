package parallax.probe.dns.vantage.line;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.AddressText;
import parallax.probe.net.SelfHealth;

/**
 * Asks over HTTPS (RFC 8484): one POST on a connection of its own, HTTP/2 where the resolver speaks
 * it, to an address that is known beforehand. Nothing is cached and no redirect followed. A
 * deadline that passes during the handshake counts as one of connecting.
 */
public final class HttpsExchange {
  /** The largest DNS message there is. */
  static final int MAX_BODY_BYTES = 65_535;

  private static final String MEDIA_TYPE = "application/dns-message";
  private static final int OK = 200;

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final ServerJudge judge;
  private final SelfHealth health;

  public HttpsExchange(Vertx vertx, ServerJudge judge, SelfHealth health) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setDecompressionSupported(false));
    this.judge = judge;
    this.health = health;
  }

  /**
   * Asks {@code server}. May be called from any thread.
   *
   * @param path as RFC 8484 section 3 has it, without variables: "/dns-query"
   * @return never fails; completes at the deadline at the latest
   */
  public Future<Exchanged> ask(
      InetSocketAddress server,
      String path,
      Identity identity,
      Question question,
      Deadline deadline) {
    return Turn.take(
        vertx,
        deadline,
        turn ->
            new Post(turn, new Target(server, identity, path), new StubQuery(question, 0))
                .connect());
  }

  /** Where to ask, and who should be there. */
  private record Target(InetSocketAddress server, Identity identity, String path) {
    /** As a URL has it (RFC 3986 section 3.2.2). */
    String host() {
      String address = AddressText.of(server.getAddress());
      return identity
          .serverName()
          .orElse(server.getAddress() instanceof Inet6Address ? "[" + address + "]" : address);
    }
  }

  /** One request and what has come back so far. */
  private final class Post {
    private final Turn turn;
    private final Target target;
    private final StubQuery query;
    private final Buffer body = Buffer.buffer();

    Post(Turn turn, Target target, StubQuery query) {
      this.turn = turn;
      this.target = target;
      this.query = query;
    }

    void connect() {
      HttpConnectOptions options =
          new HttpConnectOptions()
              .setServer(SocketAddress.inetSocketAddress(target.server()))
              .setHost(target.host())
              .setPort(target.server().getPort())
              .setSsl(true)
              .setSslOptions(StreamExchange.tls(turn, List.of("h2", "http/1.1")))
              .setConnectTimeout(turn.patienceMillis());
      client
          .connect(options)
          .onComplete(
              connected -> {
                if (connected.succeeded()) {
                  HttpClientConnection connection = connected.result();
                  turn.hold(() -> connection.close().onFailure(_ -> {}));
                  turn.guarded(() -> request(connection));
                } else {
                  turn.failed(
                      LineFailure.of(connected.cause(), target.server().getAddress(), health));
                }
              });
    }

    private void request(HttpClientConnection connection) {
      Optional<Finding> fault = judge.fault(certificates(connection), target.identity());
      if (fault.isPresent()) {
        turn.failed(fault.get());
        return;
      }
      turn.await(Reason.DNS_TIMEOUT);
      connection.closeHandler(_ -> turn.failed(LineFailure.closed()));
      RequestOptions options =
          new RequestOptions()
              .setMethod(HttpMethod.POST)
              .setHost(target.host())
              .setPort(target.server().getPort())
              .setSsl(true)
              .setURI(target.path())
              .putHeader("accept", MEDIA_TYPE)
              .putHeader("content-type", MEDIA_TYPE);
      connection
          .request(options)
          .onFailure(this::broken)
          .onSuccess(request -> turn.guarded(() -> send(request)));
    }

    private void send(HttpClientRequest request) {
      request.exceptionHandler(this::broken);
      request
          .send(Buffer.buffer(query.toWire()))
          .onFailure(this::broken)
          .onSuccess(response -> turn.guarded(() -> receive(response)));
    }

    private void receive(HttpClientResponse response) {
      if (response.statusCode() != OK) {
        turn.failed(Reason.HTTP_STATUS, "HTTP status " + response.statusCode());
        return;
      }
      String type = response.getHeader("content-type");
      if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(MEDIA_TYPE)) {
        turn.failed(Reason.DNS_MALFORMED, "media type " + type + ", not " + MEDIA_TYPE);
        return;
      }
      response.exceptionHandler(this::broken);
      response.handler(octets -> turn.guarded(() -> read(octets)));
      response.endHandler(_ -> turn.guarded(this::end));
    }

    private void read(Buffer octets) {
      if (body.length() + octets.length() > MAX_BODY_BYTES) {
        turn.failed(Reason.DNS_MALFORMED, "more than " + MAX_BODY_BYTES + " bytes");
      } else {
        body.appendBuffer(octets);
      }
    }

    private void end() {
      query
          .answer(body.getBytes())
          .ifPresentOrElse(
              turn::replied,
              () -> turn.failed(Reason.DNS_MALFORMED, "not an answer to the question"));
    }

    private void broken(Throwable cause) {
      turn.failed(Reason.HTTP_CLOSED, String.valueOf(cause.getMessage()));
    }
  }

  private static List<Certificate> certificates(HttpClientConnection connection) {
    try {
      return connection.peerCertificates();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }
}
