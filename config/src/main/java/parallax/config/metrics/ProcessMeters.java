package parallax.config.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** CPU time, files, memory, threads and collections of this process, by the usual names. */
public final class ProcessMeters implements AutoCloseable {
  private static final double NANOS_A_SECOND = 1e9;

  private final JvmGcMetrics collections = new JvmGcMetrics();

  private ProcessMeters() {}

  /** Shows them in a registry, until this is closed. */
  public static ProcessMeters bindTo(MeterRegistry registry) {
    ProcessMeters meters = new ProcessMeters();
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    meters.collections.bindTo(registry);
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    FunctionCounter.builder("process.cpu", system, ProcessMeters::cpuSeconds)
        .baseUnit("seconds")
        .description("User and system CPU time of this process.")
        .register(registry);
    return meters;
  }

  /** Hears of no further collections. */
  @Override
  public void close() {
    collections.close();
  }

  private static double cpuSeconds(OperatingSystemMXBean system) {
    return system instanceof com.sun.management.OperatingSystemMXBean own
        ? own.getProcessCpuTime() / NANOS_A_SECOND
        : 0;
  }
}
