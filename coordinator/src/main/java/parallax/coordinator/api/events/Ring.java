package parallax.coordinator.api.events;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The newest events, so that whoever lost the connection for a while misses none. Not safe for use
 * by several threads.
 */
final class Ring {
  /** Older events than these are forgotten. */
  static final int MAX_EVENTS = 4096;

  /** So are those that do not fit into so many characters with all that came after them. */
  static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  /** Of an id: which run numbers the events, and the number. */
  private static final Pattern ID = Pattern.compile("([0-9a-f]{1,16})-([0-9]{1,18})");

  private final String run;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private long newest;
  private int characters;

  private record Kept(long number, String text) {}

  /**
   * An empty one.
   *
   * @param run 1 to 16 hexadecimal digits that no earlier ring had
   */
  Ring(String run) {
    this.run = run;
  }

  /** The id of the newest event. */
  String position() {
    return run + "-" + newest;
  }

  /**
   * Keeps an event.
   *
   * @return as it is sent, with its id
   */
  String add(Event event) {
    newest++;
    String text = event.text(position());
    kept.addLast(new Kept(newest, text));
    characters += text.length();
    while (kept.size() > MAX_EVENTS || (characters > MAX_CHARACTERS && kept.size() > 1)) {
      characters -= kept.removeFirst().text().length();
    }
    return text;
  }

  /**
   * All that came after an event.
   *
   * @param id of the last one that was seen, as it was sent back; may be anything
   * @return empty when that cannot be told
   */
  Optional<Buffer> after(String id) {
    Matcher matcher = ID.matcher(id);
    if (!matcher.matches() || !matcher.group(1).equals(run)) {
      return Optional.empty();
    }
    long last = Long.parseLong(matcher.group(2));
    long oldest = kept.isEmpty() ? newest + 1 : kept.getFirst().number();
    if (last > newest || last < oldest - 1) {
      return Optional.empty();
    }
    Buffer missed = Buffer.buffer();
    kept.stream()
        .filter(each -> each.number() > last)
        .forEach(each -> missed.appendString(each.text()));
    return Optional.of(missed);
  }
}
