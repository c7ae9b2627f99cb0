package parallax.probe.bgp.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.feed.RouteSource;
import parallax.probe.bgp.feed.SourceFigures;
import parallax.probe.net.Cidr;

/** Says what a test has it say. */
public final class ScriptedSource implements RouteSource {
  private static final int SECONDS = 10;

  private final BlockingQueue<SortedSet<Cidr>> wants = new LinkedBlockingQueue<>();
  private volatile @Nullable RouteListener listener;
  private volatile boolean closed;

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public void start(RouteListener told) {
    listener = told;
  }

  /** Whoever listens. */
  public RouteListener listener() {
    return Optional.ofNullable(listener).orElseThrow();
  }

  @Override
  public void want(SortedSet<Cidr> prefixes) {
    wants.add(prefixes);
  }

  /** Waits until this is wanted; false when that takes too long. */
  public boolean isAsked(Cidr prefix) throws InterruptedException {
    Optional<SortedSet<Cidr>> next = Optional.of(new TreeSet<>(Prefixes.ORDER));
    while (next.isPresent() && !next.get().contains(prefix)) {
      next = Optional.ofNullable(wants.poll(SECONDS, TimeUnit.SECONDS));
    }
    return next.isPresent();
  }

  /** Whether it was ended. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public SourceFigures figures() {
    return new SourceFigures(
        1, 1, 7, 70, 2, Optional.of(Instant.EPOCH), Optional.of(Duration.ofMillis(1500)));
  }

  @Override
  public void close() {
    closed = true;
  }
}
