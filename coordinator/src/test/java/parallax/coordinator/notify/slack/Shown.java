package parallax.coordinator.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Slack makes of a message, by its published rules: control sequences in angle brackets,
 * entities, styles between marks at the edges of words, emoji between colons, quotes at the start
 * of a line. Refuses what is beyond the limits of Block Kit.
 */
public final class Shown {
  private static final Pattern CONTROL = Pattern.compile("<([^>]*)>");
  private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt);");
  private static final Pattern STYLE =
      Pattern.compile("(?<![A-Za-z0-9])([*_~])(?=\\S)([^\\n]*?\\S)\\1(?![A-Za-z0-9])|`");
  private static final Pattern EMOJI =
      Pattern.compile(":(?![0-9-]+:)[\\p{Ll}\\p{Lo}\\p{M}0-9_'-]+:|:(100|1234|-1|\\+1):");

  private final List<String> plain = new ArrayList<>();
  private final List<String> marked = new ArrayList<>();
  private final List<String> controls = new ArrayList<>();
  private final List<String> styled = new ArrayList<>();
  private int blocks;

  private Shown() {}

  /** Reads what was sent, with the parser of JSON that everybody else would use. */
  public static Shown of(String sent) {
    Shown shown = new Shown();
    JsonObject message = new JsonObject(sent);
    assertThat(message.getString("parse")).isEqualTo("none");
    assertThat(message.getBoolean("link_names")).isFalse();
    shown.mrkdwn(message.getString("text"), SlackText.MAX_TEXT);
    shown.walk(message.getJsonArray("blocks", new JsonArray()));
    JsonArray attachments = message.getJsonArray("attachments", new JsonArray());
    assertThat(attachments.size()).isLessThanOrEqualTo(1);
    for (Object attachment : attachments) {
      JsonObject one = (JsonObject) attachment;
      shown.mrkdwn(one.getString("fallback"), SlackText.MAX_TEXT);
      assertThat(one.getString("color")).matches("#[0-9a-f]{6}");
      shown.walk(one.getJsonArray("blocks"));
    }
    assertThat(shown.blocks).isLessThanOrEqualTo(SlackMessage.MAX_BLOCKS);
    return shown;
  }

  /** Texts that Slack does not read, as people see them. */
  public List<String> plain() {
    return plain;
  }

  /** Texts that Slack reads, as people see them. */
  public List<String> marked() {
    return marked;
  }

  /** What stood between angle brackets. */
  public List<String> controls() {
    return controls;
  }

  /** What is shown in a style. */
  public List<String> styled() {
    return styled;
  }

  private void walk(JsonArray all) {
    for (Object each : all) {
      JsonObject block = (JsonObject) each;
      blocks++;
      switch (block.getString("type")) {
        case "header" -> text(block.getJsonObject("text"), SlackText.MAX_HEADER);
        case "section" -> section(block);
        case "context" -> {
          JsonArray elements = block.getJsonArray("elements");
          assertThat(elements.size()).isBetween(1, 10);
          elements.forEach(element -> text((JsonObject) element, SlackText.MAX_TEXT));
        }
        case "actions" ->
            block
                .getJsonArray("elements")
                .forEach(
                    element ->
                        text(((JsonObject) element).getJsonObject("text"), SlackText.MAX_BUTTON));
        default -> throw new AssertionError("an unknown block: " + block);
      }
    }
  }

  private void section(JsonObject block) {
    if (block.containsKey("text")) {
      text(block.getJsonObject("text"), SlackText.MAX_TEXT);
    }
    JsonArray fields = block.getJsonArray("fields", new JsonArray());
    assertThat(fields.size()).isLessThanOrEqualTo(SlackMessage.MAX_FIELDS);
    fields.forEach(field -> text((JsonObject) field, SlackText.MAX_FIELD));
  }

  private void text(JsonObject text, int max) {
    String written = text.getString("text");
    assertThat(written).isNotEmpty().hasSizeLessThanOrEqualTo(max);
    if (text.getString("type").equals("plain_text")) {
      assertThat(text.getBoolean("emoji")).isFalse();
      assertThat(written).doesNotContain("<", ">");
      plain.add(decoded(written));
    } else {
      assertThat(text.getString("type")).isEqualTo("mrkdwn");
      assertThat(text.getBoolean("verbatim")).isTrue();
      mrkdwn(written, max);
    }
  }

  private void mrkdwn(String written, int max) {
    assertThat(written).hasSizeLessThanOrEqualTo(max);
    Matcher control = CONTROL.matcher(written);
    controls.addAll(control.results().map(MatchResult::group).toList());
    String rest =
        control.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1).substring(found.group(1).indexOf('|') + 1)));
    assertThat(rest).doesNotContain("<", ">");
    STYLE.matcher(rest).results().map(MatchResult::group).forEach(styled::add);
    assertThat(EMOJI.matcher(rest).find()).as(rest).isFalse();
    assertThat(rest.lines()).noneMatch(line -> line.stripLeading().startsWith("&gt;"));
    marked.add(decoded(rest));
  }

  private static String decoded(String written) {
    assertThat(ENTITY.matcher(written).replaceAll("")).doesNotContain("&");
    return written.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
