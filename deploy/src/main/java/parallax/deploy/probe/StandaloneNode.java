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

/** A prober for Prometheus, which no coordinator tells anything. */
final class StandaloneNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StandaloneNode.class);
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final HttpServer page;
  private final ProcessMeters process;
  private final Runnable sending;

  /**
   * What runs.
   *
   * @param reloading how often the file of modules is looked at; empty: when somebody says so
   */
  record Settings(
      BlackboxNode.Settings blackbox, Listen listen, WebRoot root, Optional<Duration> reloading) {}

  /** It runs, or its modules are not good. */
  sealed interface Started {
    record Running(StandaloneNode node) implements Started {}

    record Refused(List<Problem> problems) implements Started {}
  }

  private StandaloneNode(Vertx vertx, HttpServer page, ProcessMeters process, Runnable sending) {
    this.vertx = vertx;
    this.page = page;
    this.process = process;
    this.sending = sending;
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
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      ProcessMeters process = ProcessMeters.bindTo(registry);
      blackbox.pages().bindTo(registry, Version.NUMBER);
      HttpServer page =
          new ProbePage(vertx, registry, Optional::empty)
              .with(blackbox.pages())
              .under(settings.root())
              .start(settings.listen());
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
      Runnable sending =
          Otlp.start(
              "parallax-prober",
              settings.listen().host() + ":" + page.actualPort(),
              () -> Otlp.whole(registry.scrape(ExpositionFormat.PROMETHEUS.contentType())),
              registry,
              InstantSource.system());
      runs = true;
      return new Started.Running(new StandaloneNode(vertx, page, process, sending));
    } finally {
      if (!runs) {
        close(vertx);
      }
    }
  }

  int port() {
    return page.actualPort();
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
