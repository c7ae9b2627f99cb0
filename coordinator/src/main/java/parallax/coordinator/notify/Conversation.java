package parallax.coordinator.notify;

import java.util.List;
import java.util.Optional;
import parallax.coordinator.store.Store;

/**
 * The letters of one incident to one receiver, oldest first, and which of them is to be sent.
 *
 * @param at where that one stands
 */
record Conversation(List<Store.Delivery> letters, int at) {
  Conversation {
    letters = List.copyOf(letters);
  }

  static Conversation of(Store store, Store.Delivery delivery) {
    List<Store.Delivery> letters =
        store.deliveries(delivery.incident().id()).stream()
            .filter(each -> each.receiver().equals(delivery.receiver()))
            .toList();
    List<String> keys = letters.stream().map(Store.Delivery::key).toList();
    return new Conversation(letters, keys.indexOf(delivery.key()));
  }

  /** Which of the letters it is, from 1. */
  int number() {
    return 1 + Math.max(0, at);
  }

  /** Whether a later letter tells all, to somebody who knows of the incident. */
  boolean isSuperseded() {
    if (at < 0) {
      return false;
    }
    Store.Delivery letter = letters.get(at);
    boolean knows = letters.subList(0, at).stream().anyMatch(each -> each.delivered().isPresent());
    return knows
        && letters.subList(at + 1, letters.size()).stream()
            .anyMatch(later -> letter.kind().isSupersededBy(later.kind()));
  }

  /** The letter that tells of the incident of {@code delivery}, where that gets none of its own. */
  static Optional<Store.Delivery> around(Store store, Store.Delivery delivery) {
    return delivery.along().within().stream()
        .flatMap(first -> store.deliveries(first).stream())
        .filter(each -> each.receiver().equals(delivery.receiver()))
        .filter(each -> each.along().others().contains(delivery.incident().id()))
        .findFirst();
  }
}
