package parallax.deploy.probe;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.check.CheckKind;
import parallax.config.metrics.ExpositionFormat;
import parallax.config.metrics.ProcessMeters;
import parallax.config.observation.Vantage;
import parallax.config.problem.Problem;
import parallax.config.routes.RouteWatching;
import parallax.config.routes.SourceSpec;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.deploy.command.HaltAt;
import parallax.deploy.command.Version;
import parallax.deploy.otlp.Otlp;
import parallax.probe.LocalChecks;
import parallax.probe.LocalRoutes;
import parallax.probe.ProbeNode;
import parallax.probe.blackbox.BlackboxNode;
import parallax.probe.blackbox.web.WebDoor;
import parallax.probe.blackbox.web.WebFile;
import parallax.probe.spool.SpoolSettings;
import parallax.probe.uplink.Ground;
import parallax.probe.uplink.Uplink;
import parallax.probe.uplink.UplinkMeters;
import parallax.probe.uplink.UplinkSettings;
import parallax.probe.uplink.Work;
import parallax.probe.uplink.file.BootNumber;
import parallax.probe.uplink.file.KeptAssignment;
import parallax.probe.uplink.session.UplinkRules;
import parallax.probe.uplink.wire.CoordinatorUrl;
import parallax.probe.uplink.wire.Credentials;
import parallax.probe.uplink.wire.WebSocketDialer;

/** A probe, its spool and its uplink in one process. */
final class RemoteProbeNode implements AutoCloseable {
  /** How long an end may take before it is made an end of. */
  static final Duration GOODBYE = Duration.ofSeconds(15);

  /** An uplink whose thread does not come round for so long is dead. */
  private static final Duration DEAD = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(RemoteProbeNode.class);

  private final Vertx vertx;
  private final Uplink uplink;
  private final ProbeNode probe;
  private final LocalRoutes routes;
  private final BlackboxNode blackbox;
  private final List<HttpServer> servers;
  private final List<String> urls;
  private final ProcessMeters process;
  private final Runnable sending;
  private boolean closed;

  /**
   * What runs.
   *
   * @param data the folder of what is kept, for this probe alone
   */
  record Settings(
      Vantage vantage,
      Path data,
      List<CoordinatorUrl> coordinators,
      Credentials credentials,
      WebSettings web,
      LocalChecks.Settings checks,
      BlackboxNode.Settings blackbox) {}

  /**
   * Starts everything; it works by the last assignment when this returns.
   *
   * @throws IOException when what is kept cannot be used
   * @throws IllegalStateException when it cannot listen
   */
  static RemoteProbeNode start(Settings settings) throws IOException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    try {
      return new RemoteProbeNode(settings, vertx);
    } catch (IOException | RuntimeException e) {
      close(vertx);
      throw e;
    }
  }

  private RemoteProbeNode(Settings settings, Vertx vertx) throws IOException {
    this.vertx = vertx;
    InstantSource clock = InstantSource.system();
    long boot = BootNumber.next(settings.data().resolve("boot"), clock.instant());
    KeptAssignment keep =
        new KeptAssignment(
            settings.data().resolve("assignment"), settings.vantage().probe(), Version.NUMBER);
    KeptAssignment.Kept kept = keep.read();
    uplink = uplink(settings, boot, keep, kept);
    ProbeNode.Settings usual = ProbeNode.Settings.of(settings.vantage(), vertx);
    ProbeNode.Settings looking =
        new ProbeNode.Settings(
            settings.vantage(),
            vertx,
            clock,
            usual.nanos(),
            boot,
            usual.loops(),
            usual.maxRunning());
    LocalChecks.Settings own = settings.checks();
    Assigned work = new Assigned(own.routes().sources());
    LocalChecks local =
        LocalChecks.of(vertx, clock, looking.nanos(), own.watching(work.watching(kept.routes())));
    routes = local.routes();
    probe = ProbeNode.start(looking, local.checks(), local.tracer(), uplink::offer);
    probe.assign(kept.targets());
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    probe.bindTo(registry);
    routes.bindTo(registry);
    routes.listen();
    UplinkMeters.bind(uplink, registry);
    process = ProcessMeters.bindTo(registry);
    try {
      blackbox = BlackboxNode.of(vertx, settings.blackbox());
      fine(blackbox.load());
      blackbox.pages().bindTo(registry, Version.NUMBER);
      ProbePage page =
          new ProbePage(vertx, registry, this::trouble)
              .with(blackbox.pages())
              .under(settings.web().root())
              .behind(door(vertx, settings.web()));
      servers = page.start(settings.web().listen());
      urls = page.urls(settings.web().listen(), servers);
    } catch (IllegalStateException e) {
      probe.close();
      routes.close();
      uplink.close();
      process.close();
      throw e;
    }
    uplink.start(work);
    sending =
        Otlp.start(
            "parallax-probe",
            settings.vantage().probe().value(),
            () -> Otlp.whole(registry.scrape(ExpositionFormat.PROMETHEUS.contentType())),
            registry,
            clock);
  }

  private static Optional<WebDoor> door(Vertx vertx, WebSettings web) {
    Optional<WebFile> file = web.file().map(path -> new WebFile(vertx, path));
    file.ifPresent(each -> fine(each.load()));
    return file.map(good -> new WebDoor(vertx, good, System::nanoTime));
  }

  private static void fine(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.getFirst().toString());
    }
  }

  private Uplink uplink(Settings settings, long boot, KeptAssignment keep, KeptAssignment.Kept kept)
      throws IOException {
    InstantSource clock = InstantSource.system();
    return Uplink.open(
        new UplinkSettings(
            settings.vantage(),
            "Parallax/" + Version.NUMBER,
            boot,
            SpoolSettings.of(settings.data().resolve("spool")),
            UplinkRules.USUAL,
            UplinkSettings.USUAL_FLUSH),
        new Ground(
            new WebSocketDialer(vertx, clock, settings.coordinators(), settings.credentials()),
            new Ground.Time(clock, System::nanoTime),
            new SplittableRandom(),
            HaltAt.ofProperties(),
            keep,
            kept));
  }

  /** What coordinators want of this probe, done by it. */
  private final class Assigned implements Work {
    /** Whom this machine's operator lets it listen to. */
    private final List<SourceSpec> own;

    Assigned(List<SourceSpec> own) {
      this.own = own;
    }

    /** Whom the operator names, and whom coordinators do. */
    private RouteWatching watching(Optional<RouteWatching> told) {
      return told.orElse(RouteWatching.NONE).and(own);
    }

    @Override
    public void assign(List<Target> targets, Optional<RouteWatching> told) {
      routes.configure(watching(told));
      probe.assign(targets);
    }

    @Override
    public void lookAgain(TargetName target, CheckKind check, Duration after) {
      probe.checkNow(target, check, after);
    }
  }

  private Optional<String> trouble() {
    Duration quiet = uplink.quiet();
    return quiet.compareTo(DEAD) > 0
        ? Optional.of("the uplink stands still for " + quiet.toSeconds() + " s")
        : Optional.empty();
  }

  /** The first port that it listens on. */
  int port() {
    return servers.getFirst().actualPort();
  }

  /** Where its pages are; each ends with a slash. */
  List<String> urls() {
    return urls;
  }

  /** Reads the file of modules again. */
  void reload() {
    blackbox.pages().reload();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      probe.close();
      routes.close();
      uplink.close();
      process.close();
      sending.run();
      close(vertx);
    }
  }

  private static void close(Vertx vertx) {
    try {
      vertx.close().await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("vertx=closing why=\"did not end in {}\"", GOODBYE);
    }
  }
}
