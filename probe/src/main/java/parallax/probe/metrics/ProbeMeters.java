package parallax.probe.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import parallax.config.check.CheckKind;
import parallax.config.observation.Outcome;

/** Counts checks. Counting touches no registry; any number of registries may read the counts. */
public final class ProbeMeters {
  private static final List<String> OUTCOMES = List.of("up", "degraded", "down", "inconclusive");

  private final Map<CheckKind, Map<String, LongAdder>> checks = new EnumMap<>(CheckKind.class);
  private final LongAdder overloaded = new LongAdder();

  /** What is read from elsewhere when a registry asks. */
  public record Sources(
      LongSupplier running,
      LongSupplier assigned,
      LongSupplier skippedLate,
      LongSupplier skippedRunning,
      Supplier<Duration> scheduleLag,
      Supplier<Duration> loopLag) {}

  public ProbeMeters() {
    for (CheckKind kind : CheckKind.values()) {
      Map<String, LongAdder> outcomes = new TreeMap<>();
      OUTCOMES.forEach(outcome -> outcomes.put(outcome, new LongAdder()));
      checks.put(kind, outcomes);
    }
  }

  /** One check has ended. */
  public void checked(CheckKind kind, Outcome outcome) {
    Optional.ofNullable(checks.get(kind))
        .map(outcomes -> outcomes.get(outcome.label()))
        .ifPresent(LongAdder::increment);
  }

  /** One check was not started because too many were running. */
  public void overloaded() {
    overloaded.increment();
  }

  /** Registers everything with {@code registry}. */
  public void bindTo(MeterRegistry registry, Sources sources) {
    checks.forEach(
        (kind, outcomes) ->
            outcomes.forEach(
                (outcome, count) ->
                    FunctionCounter.builder("parallax.checks", count, LongAdder::doubleValue)
                        .description("Checks that have ended, by kind and outcome")
                        .tag("check", kind.label())
                        .tag("outcome", outcome)
                        .register(registry)));
    skipped(registry, "late", sources.skippedLate());
    skipped(registry, "running", sources.skippedRunning());
    skipped(registry, "overloaded", overloaded::sum);
    Gauge.builder("parallax.checks.running", sources.running(), LongSupplier::getAsLong)
        .description("Checks under way")
        .strongReference(true)
        .register(registry);
    Gauge.builder("parallax.checks.assigned", sources.assigned(), LongSupplier::getAsLong)
        .description("Checks that this probe makes in every interval")
        .strongReference(true)
        .register(registry);
    lag(registry, "parallax.schedule.lag", "Latest start of a check", sources.scheduleLag());
    lag(registry, "parallax.event.loop.lag", "Longest delay of a task", sources.loopLag());
  }

  private static void skipped(MeterRegistry registry, String why, LongSupplier count) {
    FunctionCounter.builder("parallax.checks.skipped", count, LongSupplier::getAsLong)
        .description("Rounds of checks that were not made")
        .tag("why", why)
        .register(registry);
  }

  private static void lag(
      MeterRegistry registry, String name, String what, Supplier<Duration> lag) {
    TimeGauge.builder(name, lag, TimeUnit.NANOSECONDS, source -> source.get().toNanos())
        .description(what + " within the last minute")
        .strongReference(true)
        .register(registry);
  }
}
