package parallax.deploy.check;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parallax.config.check.HttpSpec;
import parallax.config.check.Naming;
import parallax.config.check.TlsPolicy;
import parallax.config.check.http.HttpCredentials;
import parallax.config.check.http.HttpExpect;
import parallax.probe.Checks;
import parallax.probe.check.Deadline;
import parallax.probe.check.NanoSource;

/**
 * Makes the times of a first look true. In a process just started most of them would be the loading
 * of classes, so a few looks go to a server of our own on loopback before the one that counts.
 */
final class WarmUp {
  private static final int LOOKS = 15;
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** However it goes, the look that counts is not kept waiting longer than this. */
  private static final Duration AT_MOST = Duration.ofSeconds(2);

  private WarmUp() {}

  /** Never fails: what cannot be warmed stays cold. */
  static Future<Boolean> of(Vertx vertx, Checks checks, TlsPolicy tls, NanoSource nanos) {
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(request -> request.response().end("warm"));
    return server
        .listen()
        .compose(
            listening -> {
              String place = "://127.0.0.1:" + listening.actualPort() + "/";
              // The server speaks no TLS, but the client gets far enough to be ready.
              return looks(checks, spec("http" + place, tls), nanos, LOOKS)
                  .compose(_ -> looks(checks, spec("https" + place, tls), nanos, 1));
            })
        .compose(_ -> server.close())
        .timeout(AT_MOST.toMillis(), TimeUnit.MILLISECONDS)
        .map(true)
        .otherwise(false);
  }

  private static Future<Boolean> looks(Checks checks, HttpSpec spec, NanoSource nanos, int left) {
    return left == 0
        ? Future.succeededFuture(true)
        : checks
            .run(spec, Deadline.startingNow(nanos, TIMEOUT))
            .compose(_ -> looks(checks, spec, nanos, left - 1));
  }

  private static HttpSpec spec(String url, TlsPolicy tls) {
    return new HttpSpec(
        URI.create(url),
        "GET",
        List.of(),
        Optional.empty(),
        HttpExpect.DEFAULT,
        new HttpCredentials.None(),
        HttpSpec.Version.HTTP_1_1,
        0,
        tls,
        Optional.empty(),
        Naming.SYSTEM,
        TIMEOUT);
  }
}
