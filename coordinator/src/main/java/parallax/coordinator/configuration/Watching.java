package parallax.coordinator.configuration;

import io.micrometer.core.instrument.MeterRegistry;

/** Looks for newer configurations until it is closed. */
public interface Watching extends AutoCloseable {
  void start();

  /** Somebody says that there is something newer: looks soon, not only when it is time to. */
  void poke();

  /** Counts there. */
  void bindTo(MeterRegistry registry);

  @Override
  void close();
}
