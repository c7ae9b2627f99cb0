package parallax.probe.uplink;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame.Dropped;

/** What an uplink shows in a registry. */
public final class UplinkMeters {
  private UplinkMeters() {}

  /** Registers everything with {@code registry}. */
  public static void bind(Uplink uplink, MeterRegistry registry) {
    Shown shown = new Shown(uplink, registry);
    shown.gauge("spool.observations", "Kept, not acknowledged", s -> s.spool().observations());
    shown.bytes("spool.size", "Of the spool on disk", s -> s.spool().bytes());
    shown.bytes("spool.unsynced", "A loss of power takes them", s -> s.spool().unsyncedBytes());
    shown.gauge("spool.segments", "Files of the spool", s -> s.spool().segments());
    shown.counter(
        "spool.failed.calls", "Syncs and deletions the disk refused", s -> s.spool().failedCalls());
    for (Priority priority : Priority.values()) {
      for (DropCause cause : DropCause.values()) {
        shown.drops(new Dropped(priority, cause));
      }
    }
    shown.gauge("uplink.connected", "1 while a coordinator listens", s -> s.connected() ? 1 : 0);
    shown.gauge("uplink.unacknowledged", "Observations on the way", s -> s.unacknowledged());
    shown.gauge("uplink.assignment", "Revision of the assignment", s -> s.assignment().orElse(0L));
    shown.counter("uplink.streams", "Streams a coordinator welcomed", s -> s.counts().streams());
    shown.counter(
        "uplink.reconnects",
        "Streams that ended, and attempts that failed",
        s -> s.counts().failures());
    shown.counter("uplink.observations.sent", "Sent, repeated ones too", s -> s.counts().sent());
    shown.counter("uplink.observations.defective", "Lost by a defect", s -> s.counts().defective());
    shown.counter("uplink.frames.unknown", "Of newer kinds", s -> s.counts().newer());
    shown.frames("in", s -> s.counts().framesIn());
    shown.frames("out", s -> s.counts().framesOut());
  }

  private record Shown(Uplink uplink, MeterRegistry registry) {
    void gauge(String name, String what, ToDoubleFunction<UplinkStatus> value) {
      Gauge.builder("parallax." + name, uplink, of -> value.applyAsDouble(of.status()))
          .description(what)
          .strongReference(true)
          .register(registry);
    }

    void bytes(String name, String what, ToDoubleFunction<UplinkStatus> value) {
      Gauge.builder("parallax." + name, uplink, of -> value.applyAsDouble(of.status()))
          .description(what)
          .baseUnit("bytes")
          .strongReference(true)
          .register(registry);
    }

    void counter(String name, String what, ToDoubleFunction<UplinkStatus> value) {
      FunctionCounter.builder("parallax." + name, uplink, of -> value.applyAsDouble(of.status()))
          .description(what)
          .register(registry);
    }

    void frames(String direction, ToDoubleFunction<UplinkStatus> value) {
      FunctionCounter.builder(
              "parallax.uplink.frames", uplink, u -> value.applyAsDouble(u.status()))
          .description("Frames of the uplink")
          .tag("direction", direction)
          .register(registry);
    }

    void drops(Dropped kind) {
      FunctionCounter.builder(
              "parallax.spool.drops", uplink, of -> of.status().drops().getOrDefault(kind, 0L))
          .description("Observations that were never handed over")
          .tag("priority", kind.priority().name().toLowerCase(java.util.Locale.ROOT))
          .tag("cause", kind.cause().name().toLowerCase(java.util.Locale.ROOT))
          .register(registry);
    }
  }
}
