package parallax.probe.bgp.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.feed.RouteSource;
import parallax.probe.bgp.feed.SourceFigures;
import parallax.probe.net.Cidr;

/** Says what a test has it say. */
public final class ScriptedSource implements RouteSource {
  private final List<SortedSet<Cidr>> wants = new ArrayList<>();
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
  public synchronized void want(SortedSet<Cidr> prefixes) {
    wants.add(prefixes);
  }

  /** What was wanted last. */
  public synchronized SortedSet<Cidr> wanted() {
    return wants.getLast();
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
