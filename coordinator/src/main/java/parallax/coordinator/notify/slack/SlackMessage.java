package parallax.coordinator.notify.slack;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import parallax.coordinator.notify.letter.Headings;
import parallax.coordinator.notify.letter.Letter;

/**
 * A letter as Block Kit: the headline as a block of its own, all else in an attachment whose colour
 * is the grade. Texts of others are {@code plain_text} wherever Slack allows it. Pure.
 */
public final class SlackMessage {
  /** What the acknowledge button calls itself. */
  public static final String ACKNOWLEDGE = "parallax_acknowledge";

  /** Of blocks in a message. */
  static final int MAX_BLOCKS = 50;

  /** Of fields in a section. */
  static final int MAX_FIELDS = 10;

  /** Of elements in a context block; more links are left out. */
  private static final int MAX_ELEMENTS = 10;

  private static final int MAX_HEADING = 100;

  private final Letter letter;
  private final Headings headings;
  private final boolean buttons;

  private SlackMessage(Letter letter, boolean buttons) {
    this.letter = letter;
    this.headings = Headings.of(letter.language());
    // An incident of a drill is on no record that an acknowledgement could be added to.
    this.buttons = buttons && !letter.drill();
  }

  /** All of it. */
  static JsonObject whole(Letter letter, boolean buttons) {
    return new SlackMessage(letter, buttons).whole();
  }

  /** The headline alone, for the thread. */
  static JsonObject entry(Letter letter) {
    SlackMessage message = new SlackMessage(letter, false);
    return message.envelope().put("blocks", new JsonArray().add(message.headline()));
  }

  /** The headline as nothing but text. */
  static JsonObject bare(Letter letter) {
    return new SlackMessage(letter, false).envelope();
  }

  private JsonObject whole() {
    JsonArray blocks = new JsonArray();
    facts(blocks);
    list(blocks, headings.members(), letter.members().isEmpty() ? List.of() : members());
    list(blocks, headings.evidence(), letter.evidence());
    list(blocks, headings.against(), letter.against());
    if (buttons && isToBeAcknowledged()) {
      blocks.add(actions());
    }
    context(blocks);
    JsonObject attachment =
        new JsonObject()
            .put("color", colour(letter.grade()))
            .put("fallback", fallback())
            .put("blocks", blocks);
    return envelope()
        .put("blocks", new JsonArray().add(headline()))
        .put("attachments", new JsonArray().add(attachment));
  }

  /** What notifications show, and that nothing is to be made of it. */
  private JsonObject envelope() {
    return new JsonObject()
        .put("text", fallback())
        .put("mrkdwn", false)
        .put("parse", "none")
        .put("link_names", false)
        .put("unfurl_links", false)
        .put("unfurl_media", false);
  }

  private String fallback() {
    return SlackText.marked(icon(letter.grade()) + " " + letter.headline(), SlackText.MAX_TEXT);
  }

  private JsonObject headline() {
    String text = icon(letter.grade()) + " " + letter.headline();
    String whole = SlackText.plain(text, SlackText.MAX_TEXT);
    return whole.length() <= SlackText.MAX_HEADER
        ? new JsonObject().put("type", "header").put("text", plain(whole))
        : section(whole);
  }

  private void facts(JsonArray blocks) {
    JsonArray fields = new JsonArray();
    for (Letter.Fact fact : letter.facts()) {
      if (fields.size() == MAX_FIELDS) {
        blocks.add(new JsonObject().put("type", "section").put("fields", fields));
        fields = new JsonArray();
      }
      String name = SlackText.marked(fact.name(), MAX_HEADING);
      int room = SlackText.MAX_FIELD - name.length() - 3;
      fields.add(marked("*" + name + "*\n" + SlackText.marked(fact.text(), room)));
    }
    if (!fields.isEmpty()) {
      blocks.add(new JsonObject().put("type", "section").put("fields", fields));
    }
  }

  private List<String> members() {
    return List.of(headings.members(letter));
  }

  /** A heading with its lines, as many as there is room for. */
  private static void list(JsonArray blocks, String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      String text = lines.stream().map(line -> "\n• " + line).collect(Collectors.joining());
      blocks.add(section(SlackText.plain(heading + text, SlackText.MAX_TEXT)));
    }
  }

  private boolean isToBeAcknowledged() {
    return switch (letter.occasion()) {
      case OPENED, REOPENED, CHANGED, REMINDER, ESCALATED -> true;
      case ACKNOWLEDGED, RESOLVED, TEST -> false;
    };
  }

  private JsonObject actions() {
    JsonObject button =
        new JsonObject()
            .put("type", "button")
            .put("action_id", ACKNOWLEDGE)
            .put("value", letter.incident())
            .put("text", plain(SlackText.plain(headings.acknowledge(), SlackText.MAX_BUTTON)));
    return new JsonObject().put("type", "actions").put("elements", new JsonArray().add(button));
  }

  private void context(JsonArray blocks) {
    JsonArray elements = new JsonArray();
    for (Letter.Link link : letter.links()) {
      String address = SlackText.address(link.target().toASCIIString());
      String words = SlackText.marked(link.words(), MAX_HEADING);
      if (elements.size() < MAX_ELEMENTS - 1 && !address.isEmpty()) {
        elements.add(marked("<" + address + "|" + words + ">"));
      }
    }
    String name = "Parallax " + letter.incident();
    elements.add(plain(SlackText.plain(name, SlackText.MAX_FIELD)));
    blocks.add(new JsonObject().put("type", "context").put("elements", elements));
  }

  private static JsonObject section(String written) {
    return new JsonObject().put("type", "section").put("text", plain(written));
  }

  private static JsonObject plain(String written) {
    return new JsonObject().put("type", "plain_text").put("text", written).put("emoji", false);
  }

  private static JsonObject marked(String written) {
    return new JsonObject().put("type", "mrkdwn").put("text", written).put("verbatim", true);
  }

  private static String colour(Letter.Grade grade) {
    return switch (grade) {
      case CRITICAL -> "#c62828";
      case WARNING -> "#ef6c00";
      case NOTE -> "#1565c0";
      case GOOD -> "#2e7d32";
    };
  }

  /** For those who cannot tell the colours apart, and for notifications. */
  private static String icon(Letter.Grade grade) {
    return switch (grade) {
      case CRITICAL -> "🔴";
      case WARNING -> "🟠";
      case NOTE -> "🔵";
      case GOOD -> "🟢";
    };
  }
}
