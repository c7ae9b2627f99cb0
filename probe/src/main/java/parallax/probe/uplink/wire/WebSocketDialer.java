package parallax.probe.uplink.wire;

import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import parallax.config.observation.Printable;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.WireLimits;

/** Streams over Vert.x. */
public final class WebSocketDialer implements Dialer {
  private static final Duration CONNECT_TIME = Duration.ofSeconds(8);

  /** When what was written is not taken for so long, the connection is dead (RFC 5482). */
  private static final Duration UNTAKEN = Duration.ofSeconds(30);

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final Vertx vertx;
  private final InstantSource clock;
  private final List<CoordinatorUrl> coordinators;
  private final Credentials credentials;

  /**
   * @param coordinators at least one
   */
  public WebSocketDialer(
      Vertx vertx,
      InstantSource clock,
      List<CoordinatorUrl> coordinators,
      Credentials credentials) {
    this.vertx = vertx;
    this.clock = clock;
    this.coordinators = List.copyOf(coordinators);
    this.credentials = credentials;
  }

  @Override
  public int addresses() {
    return coordinators.size();
  }

  @Override
  public String name(int address) {
    return coordinators.get(address).toString();
  }

  @Override
  public String credentialsMark() {
    return credentials.mark();
  }

  @Override
  public Line dial(int address, Listener listener) {
    CoordinatorUrl coordinator = coordinators.get(address);
    WebSocketLine line = new WebSocketLine(listener, clock);
    try {
      line.connect(vertx.createWebSocketClient(options(coordinator)), request(coordinator));
    } catch (IOException | RuntimeException e) {
      // Credentials that cannot be read are as good as none.
      line.end(Refused.Why.IDENTITY, words(e));
    }
    return line;
  }

  private WebSocketClientOptions options(CoordinatorUrl coordinator) throws IOException {
    WebSocketClientOptions options =
        new WebSocketClientOptions()
            .setMaxFrameSize(WireLimits.MAX_COORDINATOR_FRAME_BYTES)
            .setMaxMessageSize(WireLimits.MAX_COORDINATOR_FRAME_BYTES)
            .setConnectTimeout((int) CONNECT_TIME.toMillis())
            .setTcpNoDelay(true)
            .setTcpKeepAlive(true)
            .setTcpUserTimeout((int) UNTAKEN.toMillis())
            .setSslHandshakeTimeout(CONNECT_TIME.toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setVerifyHost(true)
            .setTrustAll(false)
            .setSsl(coordinator.tls());
    if (coordinator.tls()) {
      options.setEnabledSecureTransportProtocols(new TreeSet<>(List.of("TLSv1.3")));
      credentials.giveTo(options);
    }
    return options;
  }

  private WebSocketConnectOptions request(CoordinatorUrl coordinator) throws IOException {
    WebSocketConnectOptions request = new WebSocketConnectOptions();
    request.setHost(coordinator.host());
    request.setPort(coordinator.port());
    request.setSsl(coordinator.tls());
    request.setURI(coordinator.path());
    request.setAllowOriginHeader(false);
    request.setTimeout(CONNECT_TIME.toMillis());
    request.addHeader("Authorization", credentials.bearer());
    return request;
  }

  /** What a failure to connect comes to. */
  static Refused.Why why(Throwable failure) {
    if (!(failure instanceof UpgradeRejectedException rejected)) {
      return Refused.Why.UNSPECIFIED;
    }
    return switch (rejected.getStatus()) {
      case UNAUTHORIZED, FORBIDDEN -> Refused.Why.IDENTITY;
      case TOO_MANY_REQUESTS, UNAVAILABLE -> Refused.Why.BUSY;
      default -> Refused.Why.UNSPECIFIED;
    };
  }

  static String words(Throwable failure) {
    if (failure instanceof UpgradeRejectedException rejected) {
      return "HTTP status " + rejected.getStatus();
    }
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : Printable.bounded(message, WireLimits.MAX_TEXT);
  }
}
