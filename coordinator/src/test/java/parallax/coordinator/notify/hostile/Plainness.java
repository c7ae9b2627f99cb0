package parallax.coordinator.notify.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * Reads what arrived by the rules of the service that it arrived at, and refuses whatever would be
 * more than text there. Links may lead to our page and to runbooks, and nowhere else.
 */
public final class Plainness {
  /** The page that letters link to. */
  public static final String PAGE = "https://parallax.example.com/";

  /** The runbook that letters link to. */
  public static final String RUNBOOK = "https://wiki.example.com/dns";

  private static final Pattern OURS =
      Pattern.compile("\\Q" + PAGE + "\\E(incidents/[a-z0-9]+)?|\\Q" + RUNBOOK + "\\E");

  /** Marks that Discord's Markdown makes nothing of. */
  private static final String DISCORD_TEXT =
      "(?:\\\\[\\\\`*_~|<>\\[\\]()#@:-]|[^\\\\`*_~|<>\\[\\]()#@\n])*";

  private static final Pattern DISCORD_LINE =
      Pattern.compile(
          "|…|(• )?%1$s|\\*\\*%1$s\\*\\*|\\*\\*%1$s:\\*\\* %1$s|\\[%1$s\\]\\((%2$s)\\)"
              .formatted(DISCORD_TEXT, OURS));

  /** What Telegram makes of a text without a mode: mentions, hashtags, tickers, commands. */
  private static final List<Pattern> TELEGRAM_TRIGGERS =
      List.of(
          Pattern.compile("@[a-zA-Z0-9_]+"),
          Pattern.compile("[#＃][\\p{L}\\p{N}_]+"),
          Pattern.compile("\\$[A-Z0-9]{1,8}\\b"),
          Pattern.compile("(?<![\\p{L}\\p{N}_/<>])/[a-zA-Z0-9_]+"));

  private static final int TELEGRAM_MAX = 4096;
  private static final int DISCORD_MAX = 4096;
  private static final int TEAMS_MAX = 28 * 1024;
  private static final int NTFY_MAX = 4096;
  private static final int PAGERDUTY_SUMMARY_MAX = 1024;
  private static final int PAGERDUTY_MAX = 512 * 1024;
  private static final int LABEL_MAX = 64;

  private Plainness() {}

  /** Adaptive Cards: runs of text are the only texts in which no Markdown is read. */
  public static void teams(JsonObject message) {
    assertThat(message.encode().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(TEAMS_MAX);
    JsonObject card = message.getJsonArray("attachments").getJsonObject(0).getJsonObject("content");
    Set<String> types = new TreeSet<>();
    collect(card, types);
    assertThat(types)
        .isSubsetOf("AdaptiveCard", "Container", "RichTextBlock", "TextRun", "Action.OpenUrl");
    assertThat(card.encode()).doesNotContainPattern("(?i)\\{\\{\\s*(date|time)\\s*\\(");
    card.getJsonArray("actions")
        .forEach(action -> assertOurs(((JsonObject) action).getString("url")));
  }

  private static void collect(Object value, Set<String> types) {
    switch (value) {
      case JsonObject object -> {
        if (object.containsKey("type")) {
          types.add(object.getString("type"));
        }
        object.forEach(each -> collect(each.getValue(), types));
      }
      case JsonArray array -> array.forEach(each -> collect(each, types));
      case null, default -> {}
    }
  }

  /** Telegram, where no mode of parsing is asked for. */
  public static void telegram(JsonObject message) {
    assertThat(message.fieldNames())
        .isSubsetOf("chat_id", "text", "entities", "link_preview_options");
    String text = message.getString("text");
    assertThat(text.length()).isLessThanOrEqualTo(TELEGRAM_MAX);
    TELEGRAM_TRIGGERS.forEach(trigger -> assertThat(text).doesNotContainPattern(trigger));
    for (Object each : message.getJsonArray("entities")) {
      JsonObject entity = (JsonObject) each;
      if (entity.getString("type").equals("text_link")) {
        assertOurs(entity.getString("url"));
      } else {
        assertThat(entity.getString("type")).isEqualTo("bold");
      }
    }
  }

  /** Discord: nobody may be mentioned, and every mark of its Markdown is escaped. */
  public static void discord(JsonObject message) {
    assertThat(message.fieldNames()).isSubsetOf("embeds", "allowed_mentions", "nonce", "flags");
    assertThat(message.getJsonObject("allowed_mentions").getJsonArray("parse")).isEmpty();
    JsonObject embed = message.getJsonArray("embeds").getJsonObject(0);
    assertThat(embed.getString("title")).matches(DISCORD_TEXT);
    String description = embed.getString("description");
    assertThat(description.length()).isLessThanOrEqualTo(DISCORD_MAX);
    assertThat(description.split("\n", -1))
        .allSatisfy(line -> assertThat(line).matches(DISCORD_LINE));
  }

  /** ntfy: no Markdown, no action, nothing attached. */
  public static void ntfy(JsonObject message) {
    assertThat(message.fieldNames())
        .isSubsetOf("topic", "title", "message", "priority", "tags", "sequence_id", "click");
    assertThat(message.getString("message").getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(NTFY_MAX);
    assertOurs(message.getString("click"));
  }

  /** PagerDuty's Events API v2. */
  public static void pagerDuty(JsonObject event) {
    assertThat(event.encode().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(PAGERDUTY_MAX);
    assertThat(event.getString("routing_key")).isEqualTo("very-secret");
    if (event.getString("event_action").equals("acknowledge")) {
      assertThat(event.fieldNames()).isSubsetOf("routing_key", "event_action", "dedup_key");
      return;
    }
    assertThat(event.getString("event_action")).isEqualTo("trigger");
    assertThat(event.getJsonObject("payload").getString("summary").length())
        .isLessThanOrEqualTo(PAGERDUTY_SUMMARY_MAX);
    event.getJsonArray("links").forEach(link -> assertOurs(((JsonObject) link).getString("href")));
  }

  /** Alertmanager's API v2: labels whose names it takes, and that are ours where they must be. */
  public static void alertmanager(JsonArray alerts, String incident) {
    assertThat(alerts).hasSize(1);
    JsonObject labels = alerts.getJsonObject(0).getJsonObject("labels");
    assertThat(labels.fieldNames()).allMatch(name -> name.matches("[a-zA-Z_][a-zA-Z0-9_]{0,72}"));
    assertThat(labels.getString("alertname")).isEqualTo("ParallaxIncident");
    assertThat(labels.getString("incident")).isEqualTo(incident);
    assertThat(labels.getString("severity")).isEqualTo("critical");
    assertThat(labels.containsKey("drill")).isFalse();
    labels.forEach(label -> assertThat(label.getValue().toString()).hasSizeBetween(1, LABEL_MAX));
    assertOurs(alerts.getJsonObject(0).getString("generatorURL"));
  }

  /** A webhook's document. */
  public static void webhook(JsonObject document, String incident) {
    assertThat(document.fieldNames())
        .isSubsetOf(
            "event",
            "kind",
            "state",
            "key",
            "summary",
            "target",
            "by",
            "held",
            "others",
            "targets",
            "incident",
            "evidence",
            "letter");
    assertThat(document.getString("event")).isEqualTo("down");
    assertThat(document.getJsonObject("incident").getString("id")).isEqualTo(incident);
    assertThat(document.getJsonObject("letter").getBoolean("drill")).isFalse();
    document
        .getJsonObject("letter")
        .getJsonArray("links")
        .forEach(link -> assertOurs(((JsonObject) link).getString("url")));
  }

  /** HTML that is XML, fetches nothing and runs nothing; returns what it shows. */
  public static String html(String html) throws Exception {
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(html)));
    NodeList all = page.getElementsByTagName("*");
    for (int index = 0; index < all.getLength(); index++) {
      Element element = (Element) all.item(index);
      assertThat(element.getTagName())
          .isIn(
              "a", "b", "body", "div", "head", "html", "meta", "span", "table", "td", "title",
              "tr");
      for (String attribute : attributes(element)) {
        assertThat(attribute).doesNotStartWith("on").isNotEqualTo("src");
      }
      if (element.hasAttribute("href")) {
        assertOurs(element.getAttribute("href"));
      }
    }
    return page.getDocumentElement().getTextContent();
  }

  private static List<String> attributes(Element element) {
    List<String> names = new ArrayList<>();
    for (int index = 0; index < element.getAttributes().getLength(); index++) {
      names.add(element.getAttributes().item(index).getNodeName());
    }
    return names;
  }

  /** A link may lead to our page and to the runbook only. */
  public static void assertOurs(String url) {
    assertThat(url).matches(OURS);
  }

  /** No text in it has what does not show, but for line breaks of ours. */
  public static void visible(Object value) {
    switch (value) {
      case String text -> visible(text);
      case JsonObject object -> object.forEach(each -> visible(each.getValue()));
      case JsonArray array -> array.forEach(Plainness::visible);
      case null, default -> {}
    }
  }

  private static void visible(String text) {
    // Telegram has no other way to keep a mention from being one than a word joiner.
    assertThat(text.replace("\n", "").replace("\u2060", ""))
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
  }
}
