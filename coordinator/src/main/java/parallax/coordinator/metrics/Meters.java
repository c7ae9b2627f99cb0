package parallax.coordinator.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;

/** What the process measures of itself: the JVM, and how long deciding takes. */
public final class Meters implements AutoCloseable {
  private static final String OPENMETRICS_END = "# EOF\n";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Timer decisions;

  public Meters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collections.bindTo(registry);
    decisions =
        Timer.builder("parallax.decision")
            .description("How long one decision took.")
            .register(registry);
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    FunctionCounter.builder("process.cpu", system, Meters::cpuSeconds)
        .baseUnit("seconds")
        .description("User and system CPU time of this process.")
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
    collections.close();
    registry.close();
  }

  String text(PromText.Format format) {
    String text = registry.scrape(format.contentType());
    return text.endsWith(OPENMETRICS_END)
        ? text.substring(0, text.length() - OPENMETRICS_END.length())
        : text;
  }

  private static double cpuSeconds(OperatingSystemMXBean system) {
    return system instanceof com.sun.management.OperatingSystemMXBean own
        ? own.getProcessCpuTime() / 1e9
        : 0;
  }
}
