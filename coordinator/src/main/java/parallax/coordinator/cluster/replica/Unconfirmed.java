package parallax.coordinator.cluster.replica;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.coordinator.cluster.item.Item;
import parallax.coordinator.cluster.shard.Position;
import parallax.coordinator.cluster.shard.Pulled;

/**
 * What was read of one shard's journal and is not confirmed yet. Items are known by their ids, for
 * numbers change their meaning with the book's incarnation: then all that waits is read again, what
 * was handed on before is passed over, and what was stored meanwhile is confirmed by its new
 * number. Not thread-safe.
 */
final class Unconfirmed {
  private final Map<Item.Id, Boolean> storedById = new HashMap<>();
  private final ArrayDeque<Item.Id> inOrder = new ArrayDeque<>();
  private Position position = Position.START;
  private long firstNumber = 1;
  private boolean again;

  /** How far the journal was read. */
  Position position() {
    return position;
  }

  /** Notes what was read of the journal; those items of it that were not handed on before. */
  List<Item> fresh(Pulled pulled) {
    if (pulled.next().incarnation() != position.incarnation()) {
      inOrder.clear();
      again = true;
    }
    if (inOrder.isEmpty()) {
      firstNumber = pulled.first();
    }
    position = pulled.next();
    List<Item> fresh = new ArrayList<>(pulled.items().size());
    for (Item item : pulled.items()) {
      inOrder.addLast(item.id());
      if (storedById.putIfAbsent(item.id(), false) == null) {
        fresh.add(item);
      }
    }
    if (again && pulled.end()) {
      storedById.keySet().retainAll(new HashSet<>(inOrder));
      again = false;
    }
    return fresh;
  }

  /** Items that passed by and do not wait in the journal as well. */
  List<Item> passing(Pulled pulled) {
    return pulled.passing().stream().filter(item -> !storedById.containsKey(item.id())).toList();
  }

  /** These are in the record. */
  void stored(Collection<Item.Id> ids) {
    ids.forEach(id -> storedById.replace(id, true));
  }

  /** Up to where all is stored, when that is further than what is confirmed. */
  Optional<Position> confirmable() {
    long upTo = firstNumber - 1;
    for (Item.Id id : inOrder) {
      if (!storedById.getOrDefault(id, false)) {
        break;
      }
      upTo++;
    }
    return upTo < firstNumber
        ? Optional.empty()
        : Optional.of(new Position(position.incarnation(), upTo, 0));
  }

  /** The book has forgotten what is up to there. */
  void confirmed(Position upTo) {
    if (upTo.incarnation() == position.incarnation()) {
      while (!inOrder.isEmpty() && firstNumber <= upTo.number()) {
        storedById.remove(inOrder.removeFirst());
        firstNumber++;
      }
    }
  }

  int size() {
    return storedById.size();
  }
}
