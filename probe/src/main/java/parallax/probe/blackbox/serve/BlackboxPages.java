package parallax.probe.blackbox.serve;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import parallax.config.observation.Printable;
import parallax.config.problem.Problem;
import parallax.probe.blackbox.module.HttpModule;
import parallax.probe.blackbox.module.ProbeModule;

/**
 * What a prober serves: {@code /probe} and what is told about probes and modules, with the paths,
 * parameters and answers of Prometheus' blackbox exporter.
 */
public final class BlackboxPages {
  private static final Logger LOG = LoggerFactory.getLogger(BlackboxPages.class);

  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int WRONG = 400;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int FAILED = 500;
  private static final int BUSY = 503;
  private static final int MAX_SHOWN = 200;

  /** As long as a probe may take when nobody says otherwise. */
  private static final double USUAL_SECONDS = 120;

  /** Longer ones are made so long. */
  private static final double LONGEST_SECONDS = 600;

  private final Vertx vertx;
  private final Modules modules;
  private final Probing probing;
  private final Settings settings;
  private final History history;
  private final LongAdder unknown = new LongAdder();

  /**
   * What the command line says.
   *
   * @param offset taken from the time that Prometheus allows, for the way
   * @param history how many probes are remembered
   * @param told how severe it is what the log of a probe says, for the log of this process
   */
  public record Settings(Duration offset, int history, Level told) {
    /** Half a second, a hundred probes, and a log for those who look for something. */
    public static final Settings DEFAULT = new Settings(Duration.ofMillis(500), 100, Level.DEBUG);
  }

  public BlackboxPages(Vertx vertx, Modules modules, Probing probing, Settings settings) {
    this.vertx = vertx;
    this.modules = modules;
    this.probing = probing;
    this.settings = settings;
    this.history = new History(settings.history());
  }

  /** Meters of the modules in force, as the exporter names them. */
  public void bindTo(MeterRegistry registry, String version) {
    Gauge.builder(
            "blackbox_exporter_config_last_reload_successful",
            modules,
            known -> known.successful() ? 1 : 0)
        .description("Blackbox exporter config loaded successfully.")
        .register(registry);
    Gauge.builder(
            "blackbox_exporter_config_last_reload_success_timestamp_seconds",
            modules,
            known -> known.loaded().getEpochSecond())
        .description("Timestamp of the last successful configuration reload.")
        .register(registry);
    FunctionCounter.builder("blackbox_module_unknown_total", unknown, LongAdder::doubleValue)
        .description("Count of unknown modules requested by probes")
        .register(registry);
    Gauge.builder("blackbox_exporter_build_info", () -> 1)
        .description("A metric with a constant '1' value labeled by version.")
        .tag("version", version)
        .register(registry);
  }

  /**
   * Answers a request, if it is for one of these pages.
   *
   * @param path what is asked for, without the prefix under which the pages are
   */
  public boolean answer(HttpServerRequest request, String path) {
    switch (path) {
      case "/probe" -> probe(request);
      case "/config" -> send(request.response(), 200, TEXT, modules.shown());
      case "/logs" -> logs(request);
      case "/-/healthy" -> send(request.response(), 200, TEXT, "Healthy");
      case "/-/reload" -> reload(request);
      case "/" -> send(request.response(), 200, "text/html; charset=utf-8", index());
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void send(HttpServerResponse response, int status, String type, String body) {
    if (!response.closed() && !response.ended()) {
      response
          .setStatusCode(status)
          .putHeader("Content-Type", type)
          .putHeader("X-Content-Type-Options", "nosniff")
          .end(body);
    }
  }

  private static void refuse(HttpServerResponse response, int status, String why) {
    send(response, status, TEXT, why + "\n");
  }

  private void probe(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    MultiMap parameters = request.params();
    String name = value(parameters, "module").orElse("http_2xx");
    Optional<ProbeModule> module = modules.get(name);
    if (module.isEmpty()) {
      unknown.increment();
      refuse(response, WRONG, "Unknown module \"" + Printable.bounded(name, MAX_SHOWN) + "\"");
      return;
    }
    Duration timeout;
    try {
      timeout =
          timeout(
              Optional.ofNullable(request.getHeader("X-Prometheus-Scrape-Timeout-Seconds")),
              module.get());
    } catch (NumberFormatException e) {
      refuse(response, FAILED, "Failed to parse timeout from Prometheus header: not a number");
      return;
    }
    Optional<String> target = value(parameters, "target");
    if (target.isEmpty()) {
      refuse(response, WRONG, "Target parameter is missing");
      return;
    }
    Optional<String> hostname = value(parameters, "hostname");
    Optional<String> conflict = hostname.flatMap(host -> conflict(module.get(), host));
    if (conflict.isPresent()) {
      refuse(response, WRONG, conflict.get());
      return;
    }
    ProbeModule told =
        hostname.map(host -> Hostnames.with(module.get(), host)).orElse(module.get());
    boolean debug = value(parameters, "debug").filter("true"::equals).isPresent();
    Thread.ofVirtual()
        .name("probe")
        .start(() -> run(told, target.get(), timeout, new Reply(response, debug)));
  }

  private record Reply(HttpServerResponse response, boolean debug) {}

  private void run(ProbeModule module, String target, Duration timeout, Reply reply) {
    Optional<Probing.Result> result = probing.probe(module, target, timeout);
    result.ifPresent(over -> history.add(module.name(), target, over.debug(), over.success()));
    vertx.runOnContext(
        _ ->
            result.ifPresentOrElse(
                over ->
                    send(
                        reply.response(),
                        200,
                        reply.debug() ? TEXT : METRICS,
                        reply.debug() ? over.debug() : over.metrics()),
                () -> refuse(reply.response(), BUSY, "Too many probes are under way")));
  }

  private static Optional<String> conflict(ProbeModule module, String hostname) {
    return module.kind() instanceof HttpModule http
        ? Hostnames.conflict(http, hostname)
        : Optional.empty();
  }

  private static Optional<String> value(MultiMap parameters, String name) {
    return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isEmpty());
  }

  /** What Prometheus allows, without the way back; at most what the module allows. */
  private Duration timeout(Optional<String> header, ProbeModule module) {
    double seconds = header.map(Double::parseDouble).filter(s -> s != 0).orElse(USUAL_SECONDS);
    if (Double.isNaN(seconds)) {
      throw new NumberFormatException("not a number");
    }
    double most = Math.min(seconds, LONGEST_SECONDS) - settings.offset().toNanos() / 1e9;
    double own = module.timeout().map(time -> time.toNanos() / 1e9).orElse(0.0);
    double chosen = (own > 0 && own < most) || most < 0 ? own : most;
    return Duration.ofNanos(Math.max(0, (long) (chosen * 1e9)));
  }

  private void logs(HttpServerRequest request) {
    MultiMap parameters = request.params();
    Optional<String> target = value(parameters, "target");
    Optional<String> id = value(parameters, "id");
    if (target.isPresent() && id.isEmpty()) {
      history
          .of(target.get(), value(parameters, "module"))
          .ifPresentOrElse(
              entry -> send(request.response(), 200, TEXT, entry.debug()),
              () -> refuse(request.response(), NOT_FOUND, "Probe target and module not found"));
      return;
    }
    if (id.filter(text -> text.matches("-?[0-9]{1,18}")).isEmpty()) {
      refuse(request.response(), FAILED, "Invalid probe id");
      return;
    }
    history
        .get(Long.parseLong(id.get()))
        .ifPresentOrElse(
            entry -> send(request.response(), 200, TEXT, entry.debug()),
            () -> refuse(request.response(), NOT_FOUND, "Probe id not found"));
  }

  private void reload(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (!request.method().equals(HttpMethod.POST) && !request.method().equals(HttpMethod.PUT)) {
      response.putHeader("Allow", "POST, PUT");
      refuse(response, NOT_ALLOWED, "This endpoint requires a POST request.");
      return;
    }
    vertx
        .executeBlocking(modules::load)
        .onFailure(_ -> refuse(response, FAILED, "failed to reload config"))
        .onSuccess(
            problems -> {
              if (problems.isEmpty()) {
                LOG.info("modules=reloaded");
                send(response, 200, TEXT, "");
              } else {
                told(problems);
                refuse(response, FAILED, "failed to reload config: " + lines(problems));
              }
            });
  }

  /** Reads the file again if it has changed; to be called now and then, where one may wait. */
  public void reloadIfChanged() {
    if (modules.hasChanged()) {
      reload();
    }
  }

  /** Reads the file again, and tells the log what came of it; where one may wait. */
  public void reload() {
    List<Problem> problems = modules.load();
    if (problems.isEmpty()) {
      LOG.info("modules=reloaded");
    } else {
      told(problems);
    }
  }

  private static void told(List<Problem> problems) {
    LOG.warn("modules=kept problems={} first=\"{}\"", problems.size(), problems.getFirst());
  }

  private static String lines(List<Problem> problems) {
    return String.join("\n", problems.stream().map(Problem::toString).toList());
  }

  private String index() {
    StringBuilder rows = new StringBuilder();
    for (History.Entry entry : history.list()) {
      rows.append("<tr><td>")
          .append(escaped(entry.module()))
          .append("</td><td>")
          .append(escaped(entry.target()))
          .append("</td><td>")
          .append(entry.success() ? "Success" : "<strong>Failure</strong>")
          .append("</td><td><a href=\"logs?id=")
          .append(entry.id())
          .append("\">Logs</a></td></tr>\n");
    }
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><title>Parallax prober</title></head>
    <body>
    <h1>Parallax prober</h1>
    <p><a href="metrics">Metrics</a> <a href="config">Configuration</a></p>
    <h2>Recent Probes</h2>
    <table>
    <tr><th>Module</th><th>Target</th><th>Result</th><th>Debug</th></tr>
    %s</table></body></html>
    """
        .formatted(rows);
  }

  private static String escaped(String text) {
    return Printable.bounded(text, MAX_SHOWN)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
