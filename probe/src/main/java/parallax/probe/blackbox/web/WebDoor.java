package parallax.probe.blackbox.web;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.secret.Secret;
import parallax.probe.check.NanoSource;

/**
 * Before a prober's pages: turns away who comes too often or is not known, and adds headers to what
 * is answered, as exporters of Prometheus do. Follows the file that says so.
 */
public final class WebDoor {
  /** Passwords that wait to be compared, which is done one after the other. */
  static final int MAX_WAITING = 32;

  private static final Logger LOG = LoggerFactory.getLogger(WebDoor.class);

  /** How often files are looked at when nobody comes. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final String SCHEME = "basic ";
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;

  private final Vertx vertx;
  private final WebFile file;
  private final NanoSource clock;
  private final Passwords passwords = new Passwords();
  private final WorkerExecutor comparing;
  private final AtomicInteger waiting = new AtomicInteger();
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private Optional<ServerSSLOptions> shown;
  private Optional<RateGate> gate = Optional.empty();

  /**
   * @param file loaded already
   */
  public WebDoor(Vertx vertx, WebFile file, NanoSource clock) {
    this.vertx = vertx;
    this.file = file;
    this.clock = clock;
    this.comparing = vertx.createSharedWorkerExecutor("passwords", 1);
    WebFile.State now = file.current();
    this.shown = now.tls();
    regulate(now.config());
  }

  /** Whether pages are served over TLS. */
  public boolean isSecure() {
    return file.isSecure();
  }

  /** A server of pages behind this door, with TLS where the file says so; does not listen yet. */
  public synchronized HttpServer create(HttpServerOptions options) {
    HttpServerConfig config = new HttpServerConfig(options);
    if (shown.isEmpty()) {
      return vertx.createHttpServer(config);
    }
    if (!shown.get().isUseAlpn()) {
      config.setVersions(HttpVersion.HTTP_1_1);
    }
    return vertx.createHttpServer(config, shown.get());
  }

  /** Shows new certificates to whoever comes to that server, which listens, from now on. */
  public void follow(HttpServer server) {
    servers.add(server);
    if (servers.size() == 1 && isSecure()) {
      long _ = vertx.setPeriodic(LOOK.toMillis(), _ -> vertx.executeBlocking(this::look, false));
    }
  }

  /** Looks at the files, and does as they say. */
  private WebFile.State look() {
    WebFile.State now = file.current();
    regulate(now.config());
    show(now);
    return now;
  }

  private synchronized void show(WebFile.State now) {
    if (now.tls().isPresent() && !isShown(now.tls().get())) {
      shown = now.tls();
      for (HttpServer server : servers) {
        server
            .updateSSLOptions(now.tls().get(), true)
            .onFailure(problem -> LOG.warn("web=tls_kept error=\"{}\"", problem.getMessage()));
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // another object is another reading of the files
  private boolean isShown(ServerSSLOptions options) {
    return shown.isPresent() && shown.get() == options;
  }

  private synchronized void regulate(WebConfig config) {
    if (!gate.map(RateGate::rate).equals(config.rate())) {
      gate = config.rate().map(rate -> new RateGate(rate, clock));
    }
  }

  private synchronized boolean isOpen() {
    return gate.isEmpty() || gate.get().lets();
  }

  /** Answers, or lets {@code inside} do so; on the request's event loop. */
  public void enter(HttpServerRequest request, Handler<HttpServerRequest> inside) {
    if (!isOpen()) {
      turnAway(request, TOO_MANY, "Too Many Requests");
      return;
    }
    request.pause();
    vertx
        .executeBlocking(this::look, false)
        .onSuccess(now -> entered(request, now.config(), inside))
        .onFailure(
            bug -> {
              LOG.error("web=broken", bug);
              turnAway(request, FAILED, "Internal Server Error");
            });
  }

  private void entered(
      HttpServerRequest request, WebConfig config, Handler<HttpServerRequest> inside) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    config.headers().forEach(response::putHeader);
    if (config.users().isEmpty()) {
      let(request, inside);
      return;
    }
    Optional<Passwords.Login> login =
        Optional.ofNullable(request.getHeader("Authorization"))
            .flatMap(header -> login(header, config.users()));
    Optional<Boolean> known =
        login.isEmpty() ? Optional.of(false) : login.flatMap(passwords::known);
    if (known.isPresent()) {
      judged(request, known.get(), inside);
    } else {
      compare(request, login.orElseThrow(), inside);
    }
  }

  private void compare(
      HttpServerRequest request, Passwords.Login login, Handler<HttpServerRequest> inside) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      turnAway(request, UNAVAILABLE, "Too many passwords to compare");
      return;
    }
    comparing
        .executeBlocking(
            () -> {
              // The same may have come several times while the first was compared.
              return passwords.known(login).orElseGet(() -> passwords.verify(login));
            },
            false)
        .onComplete(_ -> waiting.decrementAndGet())
        .onSuccess(good -> judged(request, good, inside))
        .onFailure(
            bug -> {
              LOG.error("web=broken", bug);
              turnAway(request, FAILED, "Internal Server Error");
            });
  }

  private static void judged(
      HttpServerRequest request, boolean good, Handler<HttpServerRequest> inside) {
    if (good) {
      let(request, inside);
    } else {
      request.response().putHeader("WWW-Authenticate", "Basic");
      turnAway(request, UNAUTHORIZED, "Unauthorized");
    }
  }

  private static void let(HttpServerRequest request, Handler<HttpServerRequest> inside) {
    request.resume();
    inside.handle(request);
  }

  /** RFC 7617 section 2; empty when it is of another form. */
  private static Optional<Passwords.Login> login(String header, Map<String, PasswordHash> users) {
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(header.substring(SCHEME.length()));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    String text = new String(pair, StandardCharsets.ISO_8859_1);
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String user = new String(pair, 0, colon, StandardCharsets.UTF_8);
    Secret password = Secret.of(text.substring(colon + 1));
    return Optional.of(new Passwords.Login(user, password, users));
  }

  private static void turnAway(HttpServerRequest request, int status, String why) {
    HttpServerResponse response = request.response();
    if (!response.closed() && !response.ended()) {
      response
          .setStatusCode(status)
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .putHeader("X-Content-Type-Options", "nosniff")
          .end(why + "\n");
    }
    request.resume();
  }
}
