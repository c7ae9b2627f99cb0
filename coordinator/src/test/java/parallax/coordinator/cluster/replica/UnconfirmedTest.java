package parallax.coordinator.cluster.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.cluster.item.Origin;
import parallax.coordinator.cluster.shard.BookBytes;
import parallax.coordinator.cluster.shard.BookLimits;
import parallax.coordinator.cluster.shard.Position;
import parallax.coordinator.cluster.shard.Pulled;
import parallax.coordinator.cluster.shard.ShardBook;

/** A leader that reads a shard whose owners die, each with what it had not replicated. */
final class UnconfirmedTest {
  private static final long LEADER = 5;
  private static final int STEPS = 600;

  private final Map<Item.Id, Integer> handed = new LinkedHashMap<>();
  private final Set<Item.Id> stored = new LinkedHashSet<>();
  private final Set<Item.Id> safe = new LinkedHashSet<>();
  private final Unconfirmed unconfirmed = new Unconfirmed();
  private final List<Item.Id> waiting = new ArrayList<>();
  private ShardBook owner = new ShardBook(new BookLimits(10_000, 1 << 24, 8, 100, 10));
  private ShardBook backup = new ShardBook(new BookLimits(10_000, 1 << 24, 8, 100, 10));
  private long member = 1;
  private long sequence;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void whatIsSafeIsHandedOnAndConfirmedOnlyWhenStored(long seed) {
    Random random = new Random(seed);
    both(book -> book.ownedBy(member));
    both(book -> book.admit(LEADER));
    for (int step = 0; step < STEPS; step++) {
      step(random);
      assertThat(stored).as("seed %s, step %s", seed, step).containsAll(forgotten());
    }
    for (int last = 0; last < 5; last++) {
      read(1 << 24);
      store(waiting.size());
      confirm(true);
    }
    assertThat(stored).as("seed %s", seed).containsAll(safe);
    assertThat(handed.keySet()).as("seed %s", seed).containsAll(safe);
    assertThat(unconfirmed.size()).isZero();
  }

  private void step(Random random) {
    switch (random.nextInt(12)) {
      case 0 -> die();
      case 1 -> {
        List<Item> lost = items(random);
        owner.ownedBy(member);
        owner.take(lost, true);
      }
      case 2, 3, 4 -> {
        List<Item> items = items(random);
        both(book -> book.ownedBy(member));
        both(book -> book.take(items, true));
        items.forEach(item -> safe.add(item.id()));
      }
      case 5, 6, 7 -> read(1_000);
      case 8, 9 -> store(random.nextInt(waiting.size() + 1));
      default -> confirm(random.nextInt(4) > 0);
    }
  }

  /** The backup owns the shard, and a new one is made from it; what it lacked nobody has. */
  private void die() {
    owner = backup;
    backup = BookBytes.unpack(BookBytes.pack(owner));
    member++;
  }

  private List<Item> items(Random random) {
    List<Item> items = new ArrayList<>();
    for (int count = 1 + random.nextInt(5); count > 0; count--) {
      Origin origin = new Origin("tokyo-1", 9, new byte[] {1});
      byte[] look = {(byte) sequence};
      items.add(new Item(origin, sequence++, 0, new Item.Subject("t", "http"), look));
    }
    return items;
  }

  private void read(int maxBytes) {
    Optional<Pulled> pulled = owner.pull(LEADER, unconfirmed.position(), maxBytes);
    for (Item item : unconfirmed.fresh(pulled.orElseThrow())) {
      // A backup that missed something may not know what was confirmed: then it comes again.
      boolean again = handed.merge(item.id(), 1, Integer::sum) > 1;
      assertThat(!again || stored.contains(item.id()) || !safe.contains(item.id())).isTrue();
      waiting.add(item.id());
    }
  }

  private void store(int count) {
    List<Item.Id> now = List.copyOf(waiting.subList(0, count));
    waiting.subList(0, count).clear();
    stored.addAll(now);
    unconfirmed.stored(now);
  }

  private void confirm(boolean answered) {
    Optional<Position> upTo = unconfirmed.confirmable();
    if (upTo.isPresent()) {
      both(book -> book.ownedBy(member));
      Optional<Item.Id> last = owner.at(upTo.get().number());
      boolean done = owner.confirm(LEADER, upTo.get());
      if (done && last.isPresent()) {
        backup.trim(upTo.get().number(), last.get());
      }
      if (done && answered) {
        unconfirmed.confirmed(upTo.get());
      }
    }
  }

  /** What is safe and not in the journal any more. */
  private Set<Item.Id> forgotten() {
    Set<Item.Id> gone = new LinkedHashSet<>(safe);
    Pulled all = owner.pull(LEADER, Position.START, 1 << 24).orElseThrow();
    all.items().forEach(item -> gone.remove(item.id()));
    return gone;
  }

  private void both(Consumer<ShardBook> change) {
    change.accept(owner);
    if (owner != backup) {
      change.accept(backup);
    }
  }
}
