package parallax.probe.bgp.rislive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.route.RouteEvent;

/** Keeps what it is told. Safe from any thread. */
final class Told implements RouteListener {
  private final List<RouteEvent> events = new ArrayList<>();
  private final List<String> alive = new ArrayList<>();
  private final List<String> connection = new ArrayList<>();

  private final Runnable first;

  Told() {
    this(() -> {});
  }

  /** One that does something else first whenever it is told of routes. */
  Told(Runnable first) {
    this.first = first;
  }

  @Override
  public void heard(List<RouteEvent> heard, Instant received) {
    first.run();
    add(heard);
  }

  private synchronized void add(List<RouteEvent> heard) {
    events.addAll(heard);
  }

  @Override
  public synchronized void alive(String source, Instant at) {
    alive.add(source);
  }

  @Override
  public synchronized void lost(String source, Instant at, String why) {
    connection.add("lost: " + why);
  }

  @Override
  public synchronized void connected(String source, Instant at) {
    connection.add("connected");
  }

  synchronized List<RouteEvent> events() {
    return List.copyOf(events);
  }

  synchronized List<String> alive() {
    return List.copyOf(alive);
  }

  /** What became of the connection: {@code connected}, {@code lost: why}. */
  synchronized List<String> connection() {
    return List.copyOf(connection);
  }
}
