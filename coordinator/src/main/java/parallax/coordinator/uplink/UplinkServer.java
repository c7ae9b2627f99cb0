package parallax.coordinator.uplink;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.WireLimits;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.uplink.session.SessionInput;
import parallax.coordinator.uplink.socket.PemFiles;
import parallax.coordinator.view.ProbeConnection;

/** The port at which probes hand over what they saw, and are told what to look at. Thread-safe. */
public final class UplinkServer implements AutoCloseable {
  /** The path of the WebSocket. */
  public static final String PATH = "/uplink/v1";

  /** How long a stream has to show that it is alive when another speaks for the same probe. */
  public static final Duration CONTEST = Duration.ofSeconds(5);

  /** How often the files of the certificate are looked at. */
  static final Duration RELOAD = Duration.ofSeconds(5);

  /** How often each stream is looked at. */
  private static final long TICK_MILLIS = 250;

  private static final Duration START = Duration.ofSeconds(10);
  private static final Duration FAREWELL = Duration.ofSeconds(3);
  private static final int MAX_REQUEST_LINE = 1024;
  private static final int MAX_HEADERS = 8 * 1024;
  private static final int IDLE_SECONDS = 60;

  /** The decoder takes a little more, so that the probe can be told that it was too much. */
  private static final int MAX_MESSAGE = 2 * WireLimits.MAX_PROBE_FRAME_BYTES;

  private static final Logger LOG = LoggerFactory.getLogger(UplinkServer.class);

  private final UplinkSettings settings;
  private final UplinkPorts ports;
  private final UplinkCounters counters = new UplinkCounters();
  private final Streams streams;
  private final HttpServer server;
  private volatile Optional<PemFiles> shown;
  private volatile long ticking;
  private volatile long reloading;

  private UplinkServer(UplinkSettings settings, UplinkPorts ports, Optional<PemFiles> shown) {
    this.settings = settings;
    this.ports = ports;
    this.shown = shown;
    this.streams = new Streams(ports, counters);
    Stream.Shared shared = new Stream.Shared(ports, settings.bounds(), counters, streams);
    Entrance entrance = new Entrance(shared, settings.rules());
    HttpServerConfig config =
        new HttpServerConfig(
                new HttpServerOptions()
                    .setMaxInitialLineLength(MAX_REQUEST_LINE)
                    .setMaxHeaderSize(MAX_HEADERS)
                    .setIdleTimeout(IDLE_SECONDS)
                    .setMaxWebSocketFrameSize(MAX_MESSAGE)
                    .setMaxWebSocketMessageSize(MAX_MESSAGE)
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false)
                    .setHttp2ClearTextEnabled(false)
                    .setTcpNoDelay(true)
                    .setTcpKeepAlive(true))
            .setVersions(HttpVersion.HTTP_1_1);
    this.server =
        shown
            .map(
                files ->
                    ports
                        .vertx()
                        .createHttpServer(config, files.options(settings.bounds().handshake())))
            .orElseGet(() -> ports.vertx().createHttpServer(config))
            .connectionHandler(entrance::connected)
            .requestHandler(entrance::asked)
            .exceptionHandler(_ -> counters.turnedAway("broken"));
  }

  /**
   * Listens.
   *
   * @throws UplinkException when it cannot; the message says why
   */
  public static UplinkServer start(UplinkSettings settings, UplinkPorts ports) {
    Optional<PemFiles> files = Optional.empty();
    if (settings.tls().isPresent()) {
      try {
        files = Optional.of(settings.tls().get().read());
      } catch (IOException e) {
        throw new UplinkException("cannot use the certificate: " + e.getMessage(), e);
      }
    }
    UplinkServer uplink = new UplinkServer(settings, ports, files);
    uplink.listen();
    return uplink;
  }

  private void listen() {
    try {
      await(server.listen(settings.port(), settings.host()), START);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UplinkException(
          "cannot listen on %s:%s: %s"
              .formatted(settings.host(), settings.port(), cause.getMessage()),
          e);
    }
    ticking = ports.vertx().setPeriodic(TICK_MILLIS, _ -> streams.tick());
    settings
        .tls()
        .ifPresent(
            tls -> reloading = ports.vertx().setPeriodic(RELOAD.toMillis(), _ -> reload(tls)));
    LOG.info("uplink=open host={} port={} tls={}", settings.host(), port(), shown.isPresent());
  }

  private static <T> T await(Future<T> future, Duration time)
      throws ExecutionException, TimeoutException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    }
  }

  /** Takes changed files on; those that cannot be used are named once and left alone. */
  Future<Boolean> reload(UplinkSettings.Tls tls) {
    return ports
        .vertx()
        .executeBlocking(tls::read, false)
        .compose(files -> show(Objects.requireNonNull(files)))
        .onSuccess(
            changed -> {
              if (changed) {
                LOG.info("uplink=certificate_changed file={}", tls.certificate());
              }
            })
        .onFailure(
            problem ->
                LOG.warn(
                    "uplink=certificate_unusable the_one_before=stays error=\"{}\"",
                    problem.getMessage()));
  }

  private Future<Boolean> show(PemFiles files) {
    if (shown.filter(files::equals).isPresent()) {
      return Future.succeededFuture(false);
    }
    shown = Optional.of(files);
    return server.updateSSLOptions(files.options(settings.bounds().handshake()));
  }

  /** The port that it listens on. */
  public int port() {
    return server.actualPort();
  }

  /**
   * Gives every probe the targets of its region from here on. Until the first call newcomers are
   * asked to come again. Takes a while: what each region looks at is encoded.
   *
   * @param revision stands for the same targets and routes for ever, on every member
   * @param routes how probes watch routes, as far as they may be told from elsewhere
   */
  public void assign(long revision, List<Target> targets, RouteWatching routes) {
    streams.assign(revision, targets, routes);
  }

  /** The same, without routes that anybody listens to. */
  public void assign(long revision, List<Target> targets) {
    assign(revision, targets, RouteWatching.NONE);
  }

  /** Asks a probe to look once more; false: its stream does not end here. */
  public boolean lookAgain(TargetName target, CheckKind check, ProbeName probe, Duration after) {
    Optional<Stream> stream = streams.of(probe);
    stream.ifPresent(
        open ->
            open.on(new SessionInput.Look(new CoordinatorFrame.LookAgain(target, check, after))));
    return stream.isPresent();
  }

  /**
   * The streams that end here, by the name of the probe, and those that did and have not come back.
   */
  public List<ProbeConnection> probes() {
    return streams.shown();
  }

  /**
   * For {@link Presence#heldElsewhere} of another member: whether a stream here holds on to the
   * probe. One of the same run gives way at once; one of another run gives way unless it answers.
   *
   * @return completes within {@link #CONTEST} and a little more, and never exceptionally
   */
  public CompletionStage<Boolean> holdsOnTo(Claim newcomer) {
    return streams.holdsOnTo(newcomer);
  }

  /** What it counts. */
  public List<Tally> tallies() {
    return counters.all();
  }

  /** Tells all probes to go elsewhere, and stops within a bounded time. */
  @Override
  public void close() {
    ports.vertx().cancelTimer(ticking);
    ports.vertx().cancelTimer(reloading);
    streams.close(new Refused(Refused.Why.CLOSING, "this coordinator stops"));
    try {
      streams.ended().get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.info("uplink=farewell_cut streams={}", streams.all().size());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      await(server.close(), FAREWELL);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("uplink=not_closed error={}", e.toString());
    }
  }
}
