package parallax.probe.bgp.watch;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import parallax.probe.bgp.feed.SourceFigures;

/** What a feed tells of itself as figures. Not safe for use by several threads. */
public final class FeedMeters {
  private static final double NANOS = 1e9;

  private final MeterRegistry registry;
  private final RouteFeed feed;
  private final SortedMap<String, List<Meter>> shown = new TreeMap<>();

  /** Shows what does not depend on which sources there are. */
  public FeedMeters(MeterRegistry registry, RouteFeed feed) {
    this.registry = registry;
    this.feed = feed;
    Gauge.builder(
            "parallax.bgp.rpki.payloads",
            feed,
            one -> {
              var payloads = one.snapshot().payloads();
              return payloads.isPresent() ? payloads.getAsInt() : Double.NaN;
            })
        .description("Validated payloads of the RPKI that routes are judged by")
        .register(registry);
  }

  /** Shows the sources that there are now, and no other. */
  public void show() {
    SortedMap<String, SourceFigures> now = feed.figures();
    shown.keySet().stream()
        .filter(label -> !now.containsKey(label))
        .toList()
        .forEach(
            gone ->
                Optional.ofNullable(shown.remove(gone))
                    .ifPresent(meters -> meters.forEach(registry::remove)));
    now.keySet().forEach(label -> shown.computeIfAbsent(label, this::register));
  }

  private List<Meter> register(String label) {
    List<Meter> meters = new ArrayList<>();
    meters.add(peers(label, "up", RouteSnapshot.SourceState::up));
    meters.add(peers(label, "down", RouteSnapshot.SourceState::down));
    meters.add(peers(label, "unsound", RouteSnapshot.SourceState::unsound));
    meters.add(
        counter(
            "parallax.bgp.messages",
            "Messages of a source of routes",
            label,
            SourceFigures::messages));
    meters.add(
        counter(
            "parallax.bgp.malformed",
            "Messages, or parts of them, that could not be read",
            label,
            SourceFigures::malformed));
    meters.add(
        Gauge.builder(
                "parallax.bgp.source.up", feed, one -> state(label, it -> it.connected() ? 1 : 0))
            .description("Whether a source of routes is connected")
            .tag("source", label)
            .register(registry));
    meters.add(
        Gauge.builder("parallax.bgp.lag", feed, one -> lag(one, label))
            .description("How long the last message of a source was under way")
            .baseUnit("seconds")
            .tag("source", label)
            .register(registry));
    return meters;
  }

  private Meter peers(
      String label, String state, ToDoubleFunction<RouteSnapshot.SourceState> count) {
    return Gauge.builder("parallax.bgp.peers", feed, _ -> state(label, count))
        .description("Peers that tell routes, by source and the state of their session")
        .tag("source", label)
        .tag("state", state)
        .register(registry);
  }

  private double state(String label, ToDoubleFunction<RouteSnapshot.SourceState> what) {
    return Optional.ofNullable(feed.snapshot().sources().get(label))
        .map(what::applyAsDouble)
        .orElse(0.0);
  }

  private Meter counter(
      String name, String description, String label, ToDoubleFunction<SourceFigures> count) {
    return FunctionCounter.builder(name, feed, one -> count.applyAsDouble(figures(one, label)))
        .description(description)
        .tag("source", label)
        .register(registry);
  }

  private static double lag(RouteFeed feed, String label) {
    return figures(feed, label)
        .lag()
        .map(Duration::toNanos)
        .map(nanos -> nanos / NANOS)
        .orElse(Double.NaN);
  }

  private static SourceFigures figures(RouteFeed feed, String label) {
    return feed.figures().getOrDefault(label, SourceFigures.NONE);
  }
}
