package parallax.coordinator.notify.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import parallax.coordinator.notify.letter.Letter;

/**
 * A letter as text with entities, counted as Telegram counts: in UTF-16 units. There is no parse
 * mode, so nothing in a text is markup. Telegram makes mentions, hashtags and commands of plain
 * text all the same: an invisible word joiner keeps it from that. An address in a text becomes a
 * link to just that address. Pure.
 */
final class TelegramText {
  /** A longer text is refused. */
  static final int MAX_TEXT = 4096;

  private static final char WORD_JOINER = '\u2060';

  /** Stands for the word joiners that a line of 300 may need, and the frame of a line. */
  private static final int FRAME = 4;

  private static final int RESERVE = 64;

  /** What begins a mention, a hashtag, a ticker or a command. */
  private static final Pattern TRIGGER =
      Pattern.compile("[@#＃$](?=[\\p{L}\\p{N}_])|(?<![\\p{L}\\p{N}_/<>])/(?=[\\p{L}\\p{N}_])");

  private final StringBuilder text = new StringBuilder();
  private final JsonArray entities = new JsonArray();

  private TelegramText() {}

  /** The fields {@code text} and {@code entities}. */
  static JsonObject of(Letter letter) {
    Sheet whole = Sheet.of(letter);
    TelegramText writing = new TelegramText();
    writing.bold(inert(whole.headline()));
    int links = whole.links().stream().mapToInt(link -> link.words().length() * 2 + FRAME).sum();
    int budget = MAX_TEXT - writing.text.length() - links - RESERVE;
    Sheet sheet = whole.within(budget, TelegramText::cost);
    sheet.items().forEach(writing::item);
    if (sheet.cut()) {
      writing.text.append("\n…");
    }
    sheet.links().forEach(writing::link);
    return new JsonObject().put("text", writing.text.toString()).put("entities", writing.entities);
  }

  private void item(Sheet.Item item) {
    text.append('\n');
    switch (item) {
      case Sheet.Item.Title(String title) -> {
        text.append('\n');
        bold(inert(title));
      }
      case Sheet.Item.Fact(String name, String value) -> {
        bold(inert(name) + ":");
        text.append(' ').append(inert(value));
      }
      case Sheet.Item.Bullet(String line) -> text.append("• ").append(inert(line));
    }
  }

  private void link(Sheet.Link link) {
    text.append('\n');
    int from = text.length();
    text.append(inert(link.words()));
    entities.add(entity("text_link", from).put("url", link.target()));
  }

  private void bold(String words) {
    int from = text.length();
    text.append(words);
    entities.add(entity("bold", from));
  }

  private JsonObject entity(String type, int from) {
    return new JsonObject()
        .put("type", type)
        .put("offset", from)
        .put("length", text.length() - from);
  }

  private static int cost(Sheet.Item item) {
    return FRAME
        + switch (item) {
          case Sheet.Item.Title(String title) -> inert(title).length();
          case Sheet.Item.Fact(String name, String value) ->
              inert(name).length() + inert(value).length();
          case Sheet.Item.Bullet(String line) -> inert(line).length();
        };
  }

  private static String inert(String line) {
    return TRIGGER.matcher(line).replaceAll("$0" + WORD_JOINER);
  }
}
