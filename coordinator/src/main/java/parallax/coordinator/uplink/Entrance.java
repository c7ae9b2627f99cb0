package parallax.coordinator.uplink;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.identity.Identity;
import parallax.coordinator.identity.Recognised;
import parallax.coordinator.uplink.session.Rules;
import parallax.coordinator.uplink.socket.Door;

/**
 * From a connection to a stream: who is not known, or comes too often, is sent away before there is
 * a WebSocket.
 */
final class Entrance {
  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  /** RFC 6750 section 2.1. */
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([!-~]{1,200})");

  private final Stream.Shared shared;
  private final Rules rules;
  private final Door door;
  private final ConcurrentHashMap<HttpConnection, Visit> visits = new ConcurrentHashMap<>();

  /**
   * Somebody inside.
   *
   * @param patience the timer that ends the visit unless a stream comes of it
   */
  private record Visit(String address, long patience) {}

  Entrance(Stream.Shared shared, Rules rules) {
    this.shared = shared;
    this.rules = rules;
    this.door = new Door(shared.bounds().door());
  }

  /** A connection was made. */
  void connected(HttpConnection connection) {
    String address = connection.remoteAddress().hostAddress();
    if (!door.enter(address, nanos())) {
      shared.counters().turnedAway("too_many");
      connection.close();
      return;
    }
    Vertx vertx = shared.ports().vertx();
    long patience =
        vertx.setTimer(
            shared.bounds().handshake().toMillis(),
            _ -> {
              if (!shared.streams().isStream(connection)) {
                shared.counters().turnedAway("late");
                connection.close();
                gone(connection);
              }
            });
    visits.put(connection, new Visit(address, patience));
    connection.closeHandler(_ -> gone(connection));
  }

  /** A connection that became a stream tells by its socket alone that it was closed. */
  private void gone(HttpConnection connection) {
    Visit visit = visits.remove(connection);
    if (visit != null) {
      shared.ports().vertx().cancelTimer(visit.patience());
      door.leave(visit.address(), nanos());
    }
  }

  private long nanos() {
    return shared.ports().nanos().getAsLong();
  }

  /** Somebody asks for something. */
  void asked(HttpServerRequest request) {
    String address = request.connection().remoteAddress().hostAddress();
    if (!UplinkServer.PATH.equals(request.path())) {
      turnAway(request, 404, "path");
    } else if (!request.method().equals(HttpMethod.GET) || !request.canUpgradeToWebSocket()) {
      turnAway(request, 426, "no_websocket");
    } else if (!door.mayShakeHands(address, nanos())) {
      turnAway(request, 429, "too_often");
    } else {
      // Nothing is read until it is known who asks.
      request.pause();
      Context context = shared.ports().vertx().getOrCreateContext();
      recognise(request)
          .thenAccept(who -> context.runOnContext(_ -> recognised(request, context, who)));
    }
  }

  private CompletionStage<Recognised> recognise(HttpServerRequest request) {
    Optional<String> authorization = Optional.ofNullable(request.getHeader("Authorization"));
    if (authorization.isPresent()) {
      Matcher bearer = BEARER.matcher(authorization.get());
      return bearer.matches()
          ? shared.ports().authority().byToken(bearer.group(1))
          : CompletableFuture.completedFuture(new Recognised.Nobody());
    }
    Recognised byCertificate =
        certificate(request)
            .flatMap(shared.ports().authority()::byCertificate)
            .<Recognised>map(Recognised.Known::new)
            .orElseGet(Recognised.Nobody::new);
    return CompletableFuture.completedFuture(byCertificate);
  }

  private static Optional<X509Certificate> certificate(HttpServerRequest request) {
    SSLSession session = request.sslSession();
    if (session == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own
          ? Optional.of(own)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      // It showed none.
      return Optional.empty();
    }
  }

  private void recognised(HttpServerRequest request, Context context, Recognised who) {
    switch (who) {
      case Recognised.Nobody _ -> turnAway(request, 401, "nobody");
      case Recognised.NotNow _ -> turnAway(request, 503, "not_now");
      case Recognised.Known(Identity identity) ->
          request
              .toWebSocket()
              .onSuccess(socket -> accept(socket, request.connection(), identity, context))
              .onFailure(
                  _ -> {
                    shared.counters().turnedAway("no_websocket");
                    request.connection().close();
                  });
    }
  }

  private void accept(
      ServerWebSocket socket, HttpConnection connection, Identity identity, Context context) {
    Stream stream =
        new Stream(
            shared,
            rules,
            new Stream.Accepted(socket, connection, identity, context, () -> gone(connection)));
    shared.streams().add(stream);
    stream.begin();
  }

  private void turnAway(HttpServerRequest request, int status, String why) {
    shared.counters().turnedAway(why);
    if (status == 401) {
      LOG.info("uplink=nobody address={}", request.connection().remoteAddress().hostAddress());
      request.response().putHeader("WWW-Authenticate", "Bearer");
    }
    if (status == 426) {
      request.response().putHeader("Upgrade", "websocket");
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader("Connection", "close")
        .end()
        .onComplete(_ -> request.connection().close());
  }
}
