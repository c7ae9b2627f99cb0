package parallax.probe.bgp.session;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.message.Capabilities;
import parallax.probe.bgp.route.RouteEvent;

/** The connections of all neighbours, and what is told of them as one source. */
final class Sessions {
  private final RouteListener listener;
  private final String source;
  private final Map<Neighbour, Seat> seats = new LinkedHashMap<>();
  private int up;

  /** The one connection of a neighbour that counts. */
  static final class Seat {
    private final Socket socket;
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile boolean restarts;

    Seat(Socket socket) {
      this.socket = socket;
    }

    /** What the neighbour said of itself: who restarts gracefully ends a session with another. */
    void knows(Capabilities capabilities) {
      restarts = capabilities.restartSeconds().isPresent();
    }

    /** Ends it for another one; whether it is gone within that time. */
    boolean replace(Duration most) throws InterruptedException {
      try {
        socket.close();
      } catch (IOException closed) {
        // Then its thread has seen that already.
        restarts = true;
      }
      return gone.await(most.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /**
   * What a new connection finds.
   *
   * @param seat its own; empty when it is one too many
   * @param former the one that must be gone first
   */
  record Entry(Optional<Seat> seat, Optional<Seat> former) {}

  Sessions(RouteListener listener, String source) {
    this.listener = listener;
    this.source = source;
  }

  String source() {
    return source;
  }

  synchronized Entry enter(Neighbour neighbour, Socket socket) {
    Seat former = seats.get(neighbour);
    if (former != null && !former.restarts) {
      return new Entry(Optional.empty(), Optional.empty());
    }
    Seat seat = new Seat(socket);
    seats.put(neighbour, seat);
    return new Entry(Optional.of(seat), Optional.ofNullable(former));
  }

  synchronized void leave(Neighbour neighbour, Seat seat) {
    seats.remove(neighbour, seat);
    seat.gone.countDown();
  }

  /** A session is up. */
  synchronized void up(Instant now) {
    up++;
    if (up == 1) {
      listener.connected(source, now);
    }
  }

  /** A session that was up is not any more. */
  synchronized void down(Instant now, String why) {
    up--;
    if (up == 0) {
      listener.lost(source, now, why);
    }
  }

  void deaf(Instant now, String why) {
    listener.lost(source, now, why);
  }

  void heard(List<RouteEvent> events, Instant received) {
    listener.heard(events, received);
  }

  void alive(Instant at) {
    listener.alive(source, at);
  }
}
