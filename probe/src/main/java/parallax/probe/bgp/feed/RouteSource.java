package parallax.probe.bgp.feed;

import java.util.SortedSet;
import parallax.probe.net.Cidr;

/**
 * Somewhere that routes are heard from: a stream of route collectors, routers that report, a
 * session of our own. It keeps its connection by itself and never gives up before it is closed.
 */
public interface RouteSource extends AutoCloseable {
  /** What people call it, in logs and metrics: {@code ris-live}, {@code bmp}. */
  String name();

  /** Begins to listen, on threads of its own. Called once. */
  void start(RouteListener listener);

  /**
   * What is of interest from now on, with what covers it and what lies inside; in place of what was
   * before. A source that tells everything may leave it unheeded.
   */
  void want(SortedSet<Cidr> prefixes);

  /** How it has done so far. Safe from any thread. */
  SourceFigures figures();

  /** Ends every connection and thread within a second; nothing is told after it returns. */
  @Override
  void close();
}
