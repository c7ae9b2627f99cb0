package parallax.probe.bgp.feed;

import java.time.Instant;
import java.util.List;
import parallax.probe.bgp.route.RouteEvent;

/**
 * Whoever a source tells. Safe from any thread. May keep the caller waiting while more comes than
 * can be taken in, which is what slows a sender down: never to be called on an event loop.
 */
public interface RouteListener {
  /**
   * What peers said, in the order in which the source sent it.
   *
   * @param received by our own clock: some routers tell times that are minutes off
   */
  void heard(List<RouteEvent> events, Instant received);

  /**
   * A source of peers is alive, though it may have nothing to say.
   *
   * @param source as {@link parallax.probe.bgp.route.Peer#source} names it
   */
  void alive(String source, Instant at);

  /**
   * The connection to a source ended: what its peers said since is not known, and no withdrawal.
   *
   * @param source the {@link RouteSource#name}, or the one of its routers that is lost
   * @param why for people
   */
  void lost(String source, Instant at, String why);

  /** It is connected, for the first time or again. */
  void connected(String source, Instant at);
}
