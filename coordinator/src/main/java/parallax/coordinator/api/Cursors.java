package parallax.coordinator.api;

import java.util.Optional;
import java.util.function.Supplier;
import parallax.coordinator.store.Store;

/** Cursors that the store gave out and that come back from outside. */
final class Cursors {
  private Cursors() {}

  /** Asks the store, which refuses a cursor that it did not give out. */
  static <T> Store.Page<T> page(Optional<String> cursor, Supplier<Store.Page<T>> ask)
      throws Request.Unusable {
    try {
      return ask.get();
    } catch (IllegalArgumentException e) {
      if (cursor.isPresent()) {
        throw new Request.Unusable("cursor must be the next of an earlier page");
      }
      throw e;
    }
  }
}
