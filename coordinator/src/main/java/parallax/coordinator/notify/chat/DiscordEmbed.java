package parallax.coordinator.notify.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import parallax.coordinator.notify.http.Line;
import parallax.coordinator.notify.letter.Letter;

/**
 * A letter as an embed of Discord. Every character that Discord's Markdown knows is escaped, and
 * {@code allowed_mentions} lets nobody be called. Pure.
 */
final class DiscordEmbed {
  /** Longer ones are refused; escapes count. */
  static final int MAX_TITLE = 256;

  static final int MAX_DESCRIPTION = 4096;

  /** Marks of lists mean nothing: every line begins with something of ours. */
  private static final String MARKUP = "\\`*_~|<>[]()#@";

  private static final int FRAME = 8;
  private static final int RESERVE = 16;
  private static final int MAX_FOOTER = 200;

  private DiscordEmbed() {}

  /** The body of {@code Execute Webhook} and {@code Edit Webhook Message}. */
  static JsonObject of(Letter letter) {
    Sheet whole = Sheet.of(letter);
    StringBuilder links = new StringBuilder();
    for (Sheet.Link link : whole.links()) {
      String line = "\n[" + escaped(link.words()) + "](" + target(link) + ")";
      // The first pages matter more than the others, and both less than what is known.
      if (links.length() + line.length() <= MAX_DESCRIPTION / 2) {
        links.append(line);
      }
    }
    StringBuilder text = new StringBuilder();
    String title = escaped(whole.headline());
    if (title.length() > MAX_TITLE) {
      text.append(title);
    }
    int budget = MAX_DESCRIPTION - text.length() - links.length() - RESERVE;
    Sheet sheet = whole.within(budget, item -> line(item).length());
    sheet.items().forEach(item -> text.append(line(item)));
    text.append(sheet.cut() ? "\n…" : "").append(links);
    return message(letter, title, text.toString().strip());
  }

  private static JsonObject message(Letter letter, String title, String description) {
    JsonObject embed =
        new JsonObject()
            .put("title", fitting(title))
            .put("color", color(letter.grade()))
            .put("timestamp", letter.times().written().toString())
            .put("footer", new JsonObject().put("text", Line.of(letter.incident(), MAX_FOOTER)));
    if (!description.isEmpty()) {
      embed.put("description", description);
    }
    letter.links().stream()
        .findFirst()
        .flatMap(Line::target)
        .ifPresent(page -> embed.put("url", page));
    return new JsonObject()
        .put("embeds", new JsonArray().add(embed))
        .put("allowed_mentions", new JsonObject().put("parse", new JsonArray()));
  }

  /** Without half an escape at the end. */
  private static String fitting(String title) {
    if (title.length() <= MAX_TITLE) {
      return title;
    }
    int end = MAX_TITLE - 1;
    int backslashes = 0;
    while (backslashes < end && title.charAt(end - 1 - backslashes) == '\\') {
      backslashes++;
    }
    String whole = title.substring(0, end - backslashes % 2);
    boolean half = Character.isHighSurrogate(whole.charAt(whole.length() - 1));
    return (half ? whole.substring(0, whole.length() - 1) : whole) + "…";
  }

  private static String line(Sheet.Item item) {
    return switch (item) {
      case Sheet.Item.Title(String text) -> "\n\n**" + escaped(text) + "**";
      case Sheet.Item.Fact(String name, String text) ->
          "\n**" + escaped(name) + ":** " + escaped(text);
      case Sheet.Item.Bullet(String text) -> "\n• " + escaped(text);
    };
  }

  /** Nothing in it ends the link. */
  private static String target(Sheet.Link link) {
    return link.target()
        .replace("(", "%28")
        .replace(")", "%29")
        .replace("<", "%3C")
        .replace(">", "%3E");
  }

  private static String escaped(String line) {
    StringBuilder escaped = new StringBuilder(line.length() + FRAME);
    for (int at = 0; at < line.length(); at++) {
      char unit = line.charAt(at);
      if (MARKUP.indexOf(unit) >= 0) {
        escaped.append('\\');
      }
      escaped.append(unit);
    }
    return escaped.toString();
  }

  private static int color(Letter.Grade grade) {
    return switch (grade) {
      case CRITICAL -> 0xD92D20;
      case WARNING -> 0xF79009;
      case NOTE -> 0x2E90FA;
      case GOOD -> 0x12B76A;
    };
  }
}
