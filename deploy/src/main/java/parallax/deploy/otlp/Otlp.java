package parallax.deploy.otlp;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import parallax.deploy.command.Version;

/** Begins to send the metrics of a process, where its environment asks for it. */
public final class Otlp {
  private Otlp() {}

  /**
   * Begins, if it is asked for.
   *
   * @param service what kind of process this is
   * @param instance which of them
   * @param pages begins a page in Prometheus' text format 0.0.4, read part by part
   * @return what ends it
   * @throws IllegalStateException when what the environment asks for cannot be done
   */
  public static Runnable start(
      String service,
      String instance,
      Supplier<Supplier<Optional<Buffer>>> pages,
      MeterRegistry registry,
      InstantSource clock) {
    Optional<OtlpExporter> exporter;
    try {
      exporter =
          OtlpSettings.of(System.getenv(), service, instance, Version.NUMBER)
              .map(settings -> OtlpExporter.start(settings, pages, registry, clock));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    return () -> exporter.ifPresent(OtlpExporter::close);
  }

  /** A page that is one part. */
  public static Supplier<Optional<Buffer>> whole(String page) {
    AtomicReference<Optional<Buffer>> rest =
        new AtomicReference<>(Optional.of(Buffer.buffer(page)));
    return () -> rest.getAndSet(Optional.empty());
  }
}
