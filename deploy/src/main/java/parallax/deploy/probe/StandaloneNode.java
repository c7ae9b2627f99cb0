package parallax.deploy.probe;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.metrics.ExpositionFormat;
import parallax.config.metrics.ProcessMeters;
import parallax.config.problem.Problem;
import parallax.deploy.command.Listen;
import parallax.deploy.command.Version;
import parallax.deploy.otlp.Otlp;
import parallax.probe.blackbox.BlackboxNode;
import parallax.probe.blackbox.web.WebDoor;
import parallax.probe.blackbox.web.WebFile;

/** A prober for Prometheus, which no coordinator tells anything. */
final class StandaloneNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StandaloneNode.class);
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final BlackboxNode blackbox;
  private final List<HttpServer> servers;
  private final List<String> urls;
  private final ProcessMeters process;
  private final Runnable sending;

  /**
   * What runs.
   *
   * @param reloading how often the file of modules is looked at; empty: when somebody says so
   */
  record Settings(BlackboxNode.Settings blackbox, WebSettings web, Optional<Duration> reloading) {}

  /** It runs, or its modules are not good. */
  sealed interface Started {
    record Running(StandaloneNode node) implements Started {}

    record Refused(List<Problem> problems) implements Started {}
  }

  private StandaloneNode(
      Settings settings, Vertx vertx, BlackboxNode blackbox, Optional<WebDoor> door) {
    this.vertx = vertx;
    this.blackbox = blackbox;
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    process = ProcessMeters.bindTo(registry);
    blackbox.pages().bindTo(registry, Version.NUMBER);
    List<Listen> listen = settings.web().listen();
    ProbePage page =
        new ProbePage(vertx, registry, Optional::empty)
            .with(blackbox.pages())
            .under(settings.web().root())
            .behind(door);
    servers = page.start(listen);
    urls = page.urls(listen, servers);
    settings
        .reloading()
        .ifPresent(
            every ->
                vertx.setPeriodic(
                    every.toMillis(),
                    _ ->
                        vertx.executeBlocking(
                            () -> {
                              blackbox.pages().reloadIfChanged();
                              return true;
                            })));
    sending =
        Otlp.start(
            "parallax-prober",
            listen.getFirst().host() + ":" + port(),
            () -> Otlp.whole(registry.scrape(ExpositionFormat.PROMETHEUS.contentType())),
            registry,
            InstantSource.system());
  }

  /**
   * Starts it.
   *
   * @throws IllegalStateException when it cannot listen
   */
  static Started start(Settings settings) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    boolean runs = false;
    try {
      BlackboxNode blackbox = BlackboxNode.of(vertx, settings.blackbox());
      List<Problem> problems = blackbox.load();
      if (!problems.isEmpty()) {
        return new Started.Refused(problems);
      }
      Optional<WebFile> file = settings.web().file().map(path -> new WebFile(vertx, path));
      List<Problem> unfit = file.map(WebFile::load).orElse(List.of());
      if (!unfit.isEmpty()) {
        return new Started.Refused(unfit);
      }
      Optional<WebDoor> door = file.map(good -> new WebDoor(vertx, good, System::nanoTime));
      StandaloneNode node = new StandaloneNode(settings, vertx, blackbox, door);
      runs = true;
      return new Started.Running(node);
    } finally {
      if (!runs) {
        close(vertx);
      }
    }
  }

  private int port() {
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
    process.close();
    sending.run();
    close(vertx);
  }

  private static void close(Vertx vertx) {
    try {
      vertx.close().await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("vertx=closing why=\"did not end in {}\"", GOODBYE);
    }
  }
}
