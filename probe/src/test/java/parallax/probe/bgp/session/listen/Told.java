package parallax.probe.bgp.session.listen;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.route.RouteEvent;

/** Writes down what a source tells, a line each. */
public class Told implements RouteListener {
  private static final Duration WHILE = Duration.ofSeconds(20);

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Override
  public void heard(List<RouteEvent> events, Instant received) {
    events.forEach(
        event -> lines.add(event.getClass().getSimpleName() + " " + event.peer().address()));
  }

  @Override
  public void alive(String source, Instant at) {
    lines.add("alive " + source);
  }

  @Override
  public void lost(String source, Instant at, String why) {
    lines.add("lost " + source + ": " + why);
  }

  @Override
  public void connected(String source, Instant at) {
    lines.add("connected " + source);
  }

  /** The next so many lines, as soon as they come. */
  public List<String> next(int count) {
    return IntStream.range(0, count).mapToObj(_ -> next()).toList();
  }

  private String next() {
    try {
      return Objects.requireNonNullElse(lines.poll(WHILE.toSeconds(), TimeUnit.SECONDS), "nothing");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** What was told and not asked for. */
  public List<String> left() {
    return List.copyOf(lines);
  }

  /** Waits until something holds that is not told. */
  public static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + WHILE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still not so after " + WHILE.toSeconds() + " s");
      }
      Thread.onSpinWait();
    }
  }
}
