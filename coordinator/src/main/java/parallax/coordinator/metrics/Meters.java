package parallax.coordinator.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;
import parallax.config.metrics.ExpositionFormat;
import parallax.config.metrics.ProcessMeters;

/** What the process measures of itself: the JVM, and how long deciding takes. */
public final class Meters implements AutoCloseable {
  private static final String OPENMETRICS_END = "# EOF\n";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ProcessMeters process = ProcessMeters.bindTo(registry);
  private final Timer decisions;

  public Meters() {
    decisions =
        Timer.builder("parallax.decision")
            .description("How long one decision took.")
            .register(registry);
  }

  /** Where others in this process may count, too. */
  public MeterRegistry registry() {
    return registry;
  }

  /** To be told how many nanoseconds each decision took. */
  public LongConsumer decisionTook() {
    return nanos -> decisions.record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * A value that goes up and down.
   *
   * @param name dotted; becomes parallax_... with underscores
   */
  public <T> void gauge(String name, String help, T of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value).description(help).strongReference(true).register(registry);
  }

  @Override
  public void close() {
    process.close();
    registry.close();
  }

  String text(ExpositionFormat format) {
    String text = registry.scrape(format.contentType());
    return text.endsWith(OPENMETRICS_END)
        ? text.substring(0, text.length() - OPENMETRICS_END.length())
        : text;
  }
}
