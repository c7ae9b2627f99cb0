package parallax.probe.uplink.session;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is on the way in one stream and not acknowledged. Immutable.
 *
 * @param flights in the order in which they were sent
 * @param count of observations in them
 */
record Window(List<Flight> flights, int count) {
  /** With so many on the way nothing more is sent. */
  static final int MAX_FLIGHTS = 1_024;

  static final Window EMPTY = new Window(List.of(), 0);

  Window {
    flights = List.copyOf(flights);
  }

  /**
   * One frame, or a stretch without gaps of one.
   *
   * @param at when it was sent
   */
  record Flight(long boot, long first, long last, int count, long at) {
    boolean within(long otherBoot, long from, long to) {
      return boot == otherBoot && first >= from && last <= to;
    }
  }

  Window plus(Flight flight) {
    List<Flight> more = new ArrayList<>(flights);
    more.add(flight);
    return new Window(more, count + flight.count());
  }

  /** Without those that an ack is for; the same when it is for none of them. */
  Window minus(long boot, long first, long last) {
    List<Flight> left =
        flights.stream().filter(flight -> !flight.within(boot, first, last)).toList();
    return left.size() == flights.size()
        ? this
        : new Window(left, left.stream().mapToInt(Flight::count).sum());
  }

  boolean isFull() {
    return flights.size() >= MAX_FLIGHTS;
  }

  /** When the oldest was sent. */
  OptionalLong oldest() {
    return flights.stream().mapToLong(Flight::at).min();
  }
}
