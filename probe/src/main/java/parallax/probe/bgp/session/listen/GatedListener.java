package parallax.probe.bgp.session.listen;

import java.time.Instant;
import java.util.List;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.route.RouteEvent;

/** Passes on what a source tells until that is closed. */
public final class GatedListener implements RouteListener {
  private final RouteListener listener;
  private volatile boolean shut;

  public GatedListener(RouteListener listener) {
    this.listener = listener;
  }

  public void shut() {
    shut = true;
  }

  @Override
  public void heard(List<RouteEvent> events, Instant received) {
    if (!shut && !events.isEmpty()) {
      listener.heard(events, received);
    }
  }

  @Override
  public void alive(String source, Instant at) {
    if (!shut) {
      listener.alive(source, at);
    }
  }

  @Override
  public void lost(String source, Instant at, String why) {
    if (!shut) {
      listener.lost(source, at, why);
    }
  }

  @Override
  public void connected(String source, Instant at) {
    if (!shut) {
      listener.connected(source, at);
    }
  }
}
