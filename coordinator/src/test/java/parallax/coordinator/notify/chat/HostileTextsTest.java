package parallax.coordinator.notify.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.coordinator.notify.http.Line;
import parallax.coordinator.notify.http.testing.Hostile;
import parallax.coordinator.notify.http.testing.Letters;
import parallax.coordinator.notify.letter.Letter;

/**
 * Whatever a letter says arrives as text. What comes out is read again by the rules of the
 * receiver: those of its JSON, and of what it makes of a text.
 */
final class HostileTextsTest {
  private static final String WORD_JOINER = "\u2060";

  /** What Discord shows as it is: text in which every mark is escaped. */
  private static final String ESCAPED =
      "(?:\\\\[\\\\`*_~|<>\\[\\]()#@]|[^\\\\`*_~|<>\\[\\]()#@\n])*";

  /** All lines that an embed may have. */
  private static final Pattern DISCORD_LINE =
      Pattern.compile(
          "|…|[🔴🟠🔵🟢] %1$s|\\*\\*%1$s\\*\\*|\\*\\*%1$s:\\*\\* %1$s|• %1$s|\\[%1$s\\]\\(%2$s\\)"
              .formatted(ESCAPED, "https://[a-z.]+/[A-Za-z0-9/%?&=]+"));

  /** What Telegram makes of plain text: mentions, hashtags, tickers, commands. */
  private static final List<Pattern> TELEGRAM_TRIGGERS =
      List.of(
          Pattern.compile("@[a-zA-Z0-9_]+"),
          Pattern.compile("[#＃][\\p{L}\\p{N}_]+"),
          Pattern.compile("\\$[A-Z0-9]{1,8}\\b"),
          Pattern.compile("(?<![\\p{L}\\p{N}_/<>])/[a-zA-Z0-9_]+"));

  static Stream<Letter> letters() {
    return Hostile.TEXTS.stream()
        .flatMap(
            text ->
                Stream.of(
                    Letters.saying(text, Letter.Language.ENGLISH),
                    Letters.saying(text, Letter.Language.JAPANESE),
                    Letters.huge(text.substring(0, Math.min(text.length(), 50)))));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("letters")
  void teamsGetsACardOfTextRunsOnly(Letter letter) {
    String encoded = TeamsCard.of(letter).encode();
    assertThat(encoded.getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(TeamsCard.MAX_BYTES);
    JsonObject message = new JsonObject(encoded);
    JsonObject card = message.getJsonArray("attachments").getJsonObject(0).getJsonObject("content");
    Set<String> types = new TreeSet<>();
    collect(card, types);
    assertThat(types)
        .isSubsetOf("AdaptiveCard", "Container", "RichTextBlock", "TextRun", "Action.OpenUrl");
    assertThat(card.getJsonObject("msteams").fieldNames()).containsExactly("width");
    assertPlain(card);
    assertThat(encoded).doesNotContainPattern("(?i)\\{\\{\\s*(date|time)\\s*\\(");
    card.getJsonArray("actions")
        .forEach(action -> assertOurs(((JsonObject) action).getString("url")));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("letters")
  void telegramGetsTextOfWhichItMakesNothing(Letter letter) {
    JsonObject message = new JsonObject(TelegramText.of(letter).encode());
    assertThat(message.fieldNames()).containsExactlyInAnyOrder("text", "entities");
    String text = message.getString("text");
    assertThat(text.length()).isLessThanOrEqualTo(TelegramText.MAX_TEXT);
    assertLine(text.replace(WORD_JOINER, ""));
    TELEGRAM_TRIGGERS.forEach(trigger -> assertThat(text).doesNotContainPattern(trigger));
    assertThat(text.replace(WORD_JOINER, "")).contains(Line.of(letter.headline(), 600));
    int last = 0;
    for (Object each : message.getJsonArray("entities")) {
      JsonObject entity = (JsonObject) each;
      assertThat(entity.getInteger("offset")).isGreaterThanOrEqualTo(last);
      last = entity.getInteger("offset") + entity.getInteger("length");
      assertThat(last).isLessThanOrEqualTo(text.length());
      assertThat(text.substring(entity.getInteger("offset"), last)).isNotBlank();
      if (entity.getString("type").equals("text_link")) {
        assertOurs(entity.getString("url"));
      } else {
        assertThat(entity.fieldNames()).containsExactlyInAnyOrder("type", "offset", "length");
        assertThat(entity.getString("type")).isEqualTo("bold");
      }
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("letters")
  void discordGetsTextInWhichEveryMarkIsEscaped(Letter letter) {
    JsonObject message = new JsonObject(DiscordEmbed.of(letter).encode());
    assertThat(message.fieldNames()).containsExactlyInAnyOrder("embeds", "allowed_mentions");
    assertThat(message.getJsonObject("allowed_mentions").getJsonArray("parse")).isEmpty();
    JsonObject embed = message.getJsonArray("embeds").getJsonObject(0);
    assertPlain(embed);
    assertThat(embed.getString("title")).matches("[🔴🟠🔵🟢] " + ESCAPED);
    assertThat(embed.getString("title").length()).isLessThanOrEqualTo(DiscordEmbed.MAX_TITLE);
    String description = embed.getString("description");
    assertThat(description.length()).isLessThanOrEqualTo(DiscordEmbed.MAX_DESCRIPTION);
    assertThat(description.split("\n", -1))
        .allSatisfy(line -> assertThat(line).matches(DISCORD_LINE));
    if (letter.headline().length() < 50) {
      assertThat(unescaped(embed.getString("title"))).endsWith(Line.of(letter.headline(), 600));
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("letters")
  void ntfyGetsPlainTextAndNothingThatActs(Letter letter) {
    String encoded = NtfyCarrier.message(letter).encode();
    assertThat(Line.bytes(encoded)).isLessThan(2 * NtfyCarrier.MAX_MESSAGE);
    JsonObject message = new JsonObject(encoded);
    assertThat(message.fieldNames())
        .containsExactlyInAnyOrder("title", "message", "priority", "tags", "sequence_id", "click");
    assertPlain(message);
    assertThat(message.getString("message")).isNotBlank();
    assertThat(Line.bytes(message.getString("message")))
        .isLessThanOrEqualTo(NtfyCarrier.MAX_MESSAGE);
    assertThat(message.getString("title").length()).isLessThanOrEqualTo(NtfyCarrier.MAX_TITLE);
    assertThat(message.getJsonArray("tags")).isEqualTo(JsonArray.of("warning", "drill"));
    assertOurs(message.getString("click"));
  }

  private static void assertOurs(String url) {
    assertThat(url).matches("(\\Q" + Letters.PAGE + "\\E(/x+)?)|\\Q" + Letters.RUNBOOK + "\\E");
  }

  private static void collect(JsonObject object, Set<String> types) {
    if (object.containsKey("type")) {
      types.add(object.getString("type"));
    }
    for (String name : object.fieldNames()) {
      switch (object.getValue(name)) {
        case JsonObject inner -> collect(inner, types);
        case JsonArray inner -> inner.forEach(each -> collect((JsonObject) each, types));
        case null, default -> {}
      }
    }
  }

  /** No text of it has anything but what shows, and line breaks of ours. */
  private static void assertPlain(JsonObject object) {
    for (String name : object.fieldNames()) {
      assertPlainValue(object.getValue(name));
    }
  }

  private static void assertPlainValue(Object value) {
    switch (value) {
      case String text -> assertLine(text);
      case JsonObject inner -> assertPlain(inner);
      case JsonArray inner -> inner.forEach(HostileTextsTest::assertPlainValue);
      default -> {}
    }
  }

  private static void assertLine(String text) {
    assertThat(text.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
  }

  private static String unescaped(String text) {
    return text.replaceAll("\\\\([^A-Za-z0-9\\s])", "$1");
  }
}
