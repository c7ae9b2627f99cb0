package parallax.coordinator.notify.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;
import parallax.coordinator.notify.http.Line;
import parallax.coordinator.notify.letter.Letter;

/**
 * A letter as an Adaptive Card 1.4 for Teams. All texts are {@code TextRun}s, in which there is no
 * Markdown, unlike in a {@code TextBlock} or a {@code FactSet}. Pure.
 */
final class TeamsCard {
  /** A larger message is refused. */
  static final int MAX_BYTES = 28 * 1024;

  /** For what stands between headline and links. */
  private static final int BUDGET = 16 * 1024;

  /** What a line costs beside its texts, in bytes; more than it is. */
  private static final int FRAME = 200;

  /** A card turns these into dates, in any text of it. */
  private static final Pattern DATE =
      Pattern.compile("\\{\\{(?=\\s*(DATE|TIME)\\s*\\()", Pattern.CASE_INSENSITIVE);

  private TeamsCard() {}

  /** The message with the card. */
  static JsonObject of(Letter letter) {
    Sheet sheet = Sheet.of(letter).within(BUDGET, TeamsCard::cost);
    JsonArray body = new JsonArray();
    JsonObject headline =
        new JsonObject()
            .put("type", "Container")
            .put("style", style(letter.grade()))
            .put("items", new JsonArray().add(line(run(sheet.headline(), true))));
    body.add(headline);
    sheet.items().forEach(item -> body.add(block(item)));
    if (sheet.cut()) {
      body.add(line(run("…", false)));
    }
    JsonArray actions = new JsonArray();
    sheet
        .links()
        .forEach(
            link ->
                actions.add(
                    new JsonObject()
                        .put("type", "Action.OpenUrl")
                        .put("title", text(link.words()))
                        .put("url", link.target())));
    JsonObject card =
        new JsonObject()
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("type", "AdaptiveCard")
            .put("version", "1.4")
            .put("fallbackText", text(sheet.headline()))
            .put("body", body)
            .put("actions", actions)
            .put("msteams", new JsonObject().put("width", "Full"));
    return new JsonObject()
        .put("type", "message")
        .put(
            "attachments",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("contentType", "application/vnd.microsoft.card.adaptive")
                        .putNull("contentUrl")
                        .put("content", card)));
  }

  private static JsonObject block(Sheet.Item item) {
    return switch (item) {
      case Sheet.Item.Title(String text) -> line(run(text, true)).put("spacing", "Medium");
      case Sheet.Item.Fact(String name, String text) ->
          line(run(name + ": ", true), run(text, false));
      case Sheet.Item.Bullet(String text) -> line(run("• " + text, false));
    };
  }

  private static JsonObject line(JsonObject... runs) {
    JsonArray inlines = new JsonArray();
    for (JsonObject run : runs) {
      inlines.add(run);
    }
    return new JsonObject()
        .put("type", "RichTextBlock")
        .put("spacing", "Small")
        .put("inlines", inlines);
  }

  private static JsonObject run(String text, boolean bold) {
    JsonObject run = new JsonObject().put("type", "TextRun").put("text", text(text));
    return bold ? run.put("weight", "Bolder") : run;
  }

  private static String text(String line) {
    return DATE.matcher(line).replaceAll("{ {");
  }

  private static int cost(Sheet.Item item) {
    return FRAME
        + switch (item) {
          case Sheet.Item.Title(String text) -> bytes(text);
          case Sheet.Item.Fact(String name, String text) -> bytes(name) + bytes(text);
          case Sheet.Item.Bullet(String text) -> bytes(text);
        };
  }

  /** As a JSON string. */
  private static int bytes(String line) {
    return Line.bytes(line)
        + (int) line.chars().filter(unit -> unit == '"' || unit == '\\').count();
  }

  private static String style(Letter.Grade grade) {
    return switch (grade) {
      case CRITICAL -> "attention";
      case WARNING -> "warning";
      case NOTE -> "accent";
      case GOOD -> "good";
    };
  }
}
