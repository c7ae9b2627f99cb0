package parallax.deploy.demo;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import parallax.deploy.terminal.Style;

/** What Parallax tells people: shown as it comes, and kept. Safe from any thread. */
final class Letters {
  /** The box of who is called. */
  static final String PHONE = "phone";

  /** The box of what can wait. */
  static final String DIARY = "diary";

  private static final int MAX_KEPT = 1_000;

  private final Screen screen;
  private final Deque<Letter> kept = new ArrayDeque<>();

  /**
   * One letter.
   *
   * @param kind as {@code opened}
   * @param incident its id
   */
  record Letter(String box, String kind, String incident) {}

  Letters(Screen screen) {
    this.screen = screen;
  }

  /** Takes a document (docs/webhook.md). */
  void take(String box, JsonObject document) {
    JsonObject incident = document.getJsonObject("incident", new JsonObject());
    Letter letter = new Letter(box, document.getString("kind", ""), incident.getString("id", ""));
    synchronized (this) {
      if (kept.size() >= MAX_KEPT) {
        kept.removeFirst();
      }
      kept.addLast(letter);
    }
    String summary = Screen.plain(document.getString("summary", ""));
    screen.log(label(letter) + " " + summary);
  }

  private String label(Letter letter) {
    Style style = screen.style();
    String words = (letter.box().equals(PHONE) ? "PHONE " : "DIARY ") + letter.kind() + ":";
    if (letter.kind().equals("resolved")) {
      return style.good(words);
    }
    return letter.box().equals(PHONE) ? style.bad(words) : style.warning(words);
  }

  /** How many there were so far, at most as many as are kept. */
  synchronized int count() {
    return kept.size();
  }

  /** Those after the first {@code known}. */
  synchronized List<Letter> since(int known) {
    List<Letter> all = new ArrayList<>(kept);
    return List.copyOf(all.subList(Math.min(known, all.size()), all.size()));
  }
}
