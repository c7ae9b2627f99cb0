package parallax.coordinator.cluster.replica;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import parallax.coordinator.cluster.feed.Delivery;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.cluster.shard.Page;
import parallax.coordinator.cluster.shard.Position;
import parallax.coordinator.cluster.shard.Pulled;
import parallax.coordinator.core.evidence.Evidence;

/**
 * Reads one shard for the feed: at most one call at a time. All but {@link #stored} on its thread.
 */
final class ShardReader {
  /** How much of a shard is read at once, in bytes. */
  private static final int MAX_PULL_BYTES = 2 * 1024 * 1024;

  private static final int MAX_PAGE_BYTES = 4 * 1024 * 1024;

  private final Books books;
  private final int shard;
  private final long reader;
  private final Unconfirmed unconfirmed = new Unconfirmed();
  private final ConcurrentLinkedQueue<List<Item.Id>> stored = new ConcurrentLinkedQueue<>();
  private State state = State.ADMITTING;
  private long heldOrder;
  private Optional<CompletableFuture<Answer>> call = Optional.empty();
  private Optional<Confirming> confirming = Optional.empty();

  private enum State {
    ADMITTING,
    HELD,
    JOURNAL,
    SUPERSEDED
  }

  private record Confirming(Position upTo, CompletableFuture<Answer> call) {}

  /** Something to hand on. */
  record Read(Delivery.Kind kind, List<Item> items) {}

  ShardReader(Books books, int shard, long reader) {
    this.books = books;
    this.shard = shard;
    this.reader = reader;
  }

  /** Calls the shard, unless a call is under way; the call that is to be waited for. */
  CompletableFuture<Answer> begin() {
    confirm();
    CompletableFuture<Answer> begun = call.orElseGet(this::next);
    call = Optional.of(begun);
    return begun;
  }

  private CompletableFuture<Answer> next() {
    return switch (state) {
      case ADMITTING -> books.change(shard, new Task.Admit(reader));
      case HELD -> books.read(shard, new Task.Held(reader, heldOrder, MAX_PAGE_BYTES));
      case JOURNAL, SUPERSEDED ->
          books.read(shard, new Task.Pull(reader, unconfirmed.position(), MAX_PULL_BYTES));
    };
  }

  /** What the call brought, when it is over; a call that failed is made anew. */
  List<Read> end() {
    if (call.isEmpty() || !call.get().isDone()) {
      return List.of();
    }
    CompletableFuture<Answer> done = call.get();
    call = Optional.empty();
    if (done.isCompletedExceptionally()) {
      return List.of();
    }
    Answer answer = done.join();
    if (answer.isRefused()) {
      state = State.SUPERSEDED;
      return List.of();
    }
    return switch (state) {
      case ADMITTING -> {
        state = State.HELD;
        yield List.of();
      }
      case HELD -> answer.read(Page::unpack).map(this::page).orElse(List.of());
      case JOURNAL, SUPERSEDED -> answer.read(Pulled::unpack).map(this::pulled).orElse(List.of());
    };
  }

  private List<Read> page(Page page) {
    heldOrder = page.lastOrder();
    state = page.end() ? State.JOURNAL : State.HELD;
    return List.of(new Read(Delivery.Kind.HELD, page.items()));
  }

  private List<Read> pulled(Pulled pulled) {
    List<Item> fresh = unconfirmed.fresh(pulled);
    List<Item> passing = unconfirmed.passing(pulled);
    return List.of(
        new Read(Delivery.Kind.JOURNAL, fresh), new Read(Delivery.Kind.PASSING, passing));
  }

  private void confirm() {
    for (List<Item.Id> ids = stored.poll(); ids != null; ids = stored.poll()) {
      unconfirmed.stored(ids);
    }
    if (confirming.isPresent() && confirming.get().call().isDone()) {
      CompletableFuture<Answer> done = confirming.get().call();
      if (!done.isCompletedExceptionally() && !done.join().isRefused()) {
        unconfirmed.confirmed(confirming.get().upTo());
      }
      confirming = Optional.empty();
    }
    if (confirming.isEmpty()) {
      confirming =
          unconfirmed
              .confirmable()
              .map(
                  upTo ->
                      new Confirming(upTo, books.change(shard, new Task.Confirm(reader, upTo))));
    }
  }

  /** These are in the record; thread-safe. */
  void stored(List<Item.Id> ids) {
    stored.add(ids);
  }

  /** Whether all that was there at first has been read. */
  boolean isCaughtUp() {
    return state == State.JOURNAL && !unconfirmed.position().equals(Position.START);
  }

  boolean isSuperseded() {
    return state == State.SUPERSEDED;
  }

  /** Evidence that can be read; what cannot never will be, so it counts as stored. */
  static List<Evidence> evidence(Read read) {
    return Encoding.evidence(read.items());
  }
}
