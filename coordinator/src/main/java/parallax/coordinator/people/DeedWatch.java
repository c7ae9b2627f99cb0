package parallax.coordinator.people;

import java.util.List;
import java.util.function.Predicate;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.store.People;
import parallax.coordinator.store.Store;

/**
 * Looks once a second for what people did about incidents, by whichever coordinator they reached,
 * and tells of each deed once, in order.
 */
public final class DeedWatch implements AutoCloseable {
  /** The most pages of the notebook that one look reads; the next one goes on behind them. */
  static final int MAX_PAGES = 10;

  private final People people;
  private final Predicate<Entry> listener;
  private final Rounds rounds = new Rounds("deeds", this::look);
  private long last;

  /**
   * A watch.
   *
   * @param after the number of the last entry that is known
   * @param listener is told of each deed, from one thread; one that it could not take it is told
   *     again
   */
  public DeedWatch(People people, long after, Predicate<Entry> listener) {
    this.people = people;
    this.listener = listener;
    last = after;
  }

  public void start() {
    rounds.start();
  }

  @Override
  public void close() {
    rounds.close();
  }

  /** One look. */
  void look() {
    for (int page = 0; page < MAX_PAGES; page++) {
      List<Entry> entries = people.notebookAfter(last, Store.MAX_PAGE);
      for (Entry entry : entries) {
        if (entry.what() instanceof Happening.Deed && !listener.test(entry)) {
          return;
        }
        last = entry.sequence();
      }
      if (entries.size() < Store.MAX_PAGE) {
        return;
      }
    }
  }
}
