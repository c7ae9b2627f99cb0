package parallax.coordinator.metrics.text;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A family of metrics that is written piece by piece, as far as there is room. */
public final class Family<T> {
  private final Consumer<PromText> head;
  private final Iterable<T> items;
  private final BiConsumer<PromText, T> line;
  private Iterator<T> rest = Collections.emptyIterator();
  private boolean begun;

  /**
   * A family with samples for each of many things.
   *
   * @param line writes the samples of one thing, none or several
   */
  public Family(
      String name,
      PromText.Type type,
      String help,
      Iterable<T> items,
      BiConsumer<PromText, T> line) {
    this(text -> text.family(name, type, help), items, line);
  }

  private Family(Consumer<PromText> head, Iterable<T> items, BiConsumer<PromText, T> line) {
    this.head = head;
    this.items = items;
    this.line = line;
  }

  /** Families of few samples, written at once. */
  public static Family<Object> whole(Consumer<PromText> writing) {
    return new Family<>(writing, List.of(), (_, _) -> {});
  }

  /** Writes on; false when there was no room for all of it. */
  public boolean write(PromText text) {
    if (!begun) {
      begun = true;
      head.accept(text);
      rest = items.iterator();
    }
    while (rest.hasNext()) {
      if (text.isFull()) {
        return false;
      }
      line.accept(text, rest.next());
    }
    return true;
  }
}
