package parallax.coordinator.notify;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import parallax.config.Configuration;
import parallax.config.policy.Receiver;
import parallax.coordinator.store.Store;

/**
 * Receivers at which nothing arrives, until something does, or they are configured otherwise.
 * Thread-safe.
 */
final class Failing {
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /**
   * One of them.
   *
   * @param receiver as it was configured then
   * @param since the oldest letter that has not arrived was planned then
   */
  private record Known(Receiver receiver, Instant since) {
    Known older(Known other) {
      boolean same = receiver.equals(other.receiver());
      return same && since.isBefore(other.since()) ? this : other;
    }
  }

  /**
   * What is known from letters on record.
   *
   * @param told oldest first
   */
  static Failing from(List<Store.Delivery> told, Configuration configuration) {
    Failing failing = new Failing();
    Map<String, Instant> arrived = new HashMap<>();
    for (Store.Delivery letter : told) {
      letter
          .delivered()
          .ifPresent(at -> arrived.merge(letter.receiver(), at, (a, b) -> a.isBefore(b) ? b : a));
    }
    for (Store.Delivery letter : told) {
      Instant last = arrived.getOrDefault(letter.receiver(), Instant.MIN);
      if (isTrouble(letter) && letter.planned().isAfter(last)) {
        configuration
            .receiver(letter.receiver())
            .ifPresent(receiver -> failing.failed(receiver, letter.planned()));
      }
    }
    return failing;
  }

  /** Whether it was tried, and the receiver did not take it. */
  private static boolean isTrouble(Store.Delivery letter) {
    return letter.delivered().isEmpty()
        && letter.along().within().isEmpty()
        && letter.lastError().filter(why -> !Outbox.OUR_REASONS.contains(why)).isPresent();
  }

  /** A letter did not arrive. */
  void failed(Receiver receiver, Instant planned) {
    known.merge(receiver.name(), new Known(receiver, planned), Known::older);
  }

  void arrived(String receiver) {
    known.remove(receiver);
  }

  /** As long as they are configured as they were. */
  SortedMap<String, Instant> among(Configuration configuration) {
    known
        .values()
        .removeIf(
            each ->
                configuration
                    .receiver(each.receiver().name())
                    .filter(each.receiver()::equals)
                    .isEmpty());
    SortedMap<String, Instant> failing = new TreeMap<>();
    known.forEach((name, each) -> failing.put(name, each.since()));
    return failing;
  }
}
