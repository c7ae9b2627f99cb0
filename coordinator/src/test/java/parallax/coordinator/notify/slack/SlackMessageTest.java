package parallax.coordinator.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notify.letter.Clean;
import parallax.coordinator.notify.letter.Hostile;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Letter.Language;
import parallax.coordinator.notify.letter.Letter.Occasion;
import parallax.coordinator.notify.letter.Letters;
import parallax.coordinator.notify.letter.Told;

final class SlackMessageTest {
  private static final int MAX = 500;
  private static final int ROUNDS = 3000;

  @Test
  void anOrdinaryLetterIsShownInFull() {
    Letter letter = Hostile.ordinary();
    JsonObject message = SlackMessage.whole(letter, true);
    Shown shown = Shown.of(message.encode());
    assertThat(shown.plain().getFirst()).isEqualTo("🔴 " + letter.headline());
    assertThat(shown.plain())
        .contains("Acknowledge", "Parallax " + letter.incident())
        .anySatisfy(text -> assertThat(text).startsWith("Affected\n• shop-1, shop-10, "))
        .anySatisfy(text -> assertThat(text).contains("and 2 more"))
        .anySatisfy(text -> assertThat(text).startsWith("Evidence\n• "))
        .anySatisfy(text -> assertThat(text).contains("2 that share dns:dyn work: blog, wiki"));
    assertThat(shown.marked()).contains("*Scope*\nfor everybody", "*Culprit*\ndns:dyn");
    assertThat(shown.controls())
        .containsExactly(
            "<https://parallax.example.com/incidents/k2v4q7m3xw5a|Incident>",
            "<https://wiki.example.com/dns|Runbook: name servers>");
    assertThat(colour(message)).isEqualTo("#c62828");
  }

  static Stream<String> hostile() {
    return Hostile.TEXTS.stream();
  }

  @Test
  void thereAreEnoughHostileTexts() {
    assertThat(Hostile.TEXTS).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileTextsStayTexts(String hostile) {
    assertNothingButText(hostile);
    assertNothingButText(Clean.line(hostile, MAX));
    assertNothingButText("before " + hostile + " after");
  }

  @Test
  void randomMarkupStaysText() {
    SplittableRandom random = new SplittableRandom(7);
    List<String> parts =
        List.of(
            "<",
            ">",
            "&",
            "*",
            "_",
            "~",
            "`",
            ":",
            "|",
            "!",
            "@",
            "#",
            "\n",
            " ",
            "a",
            "Z",
            "9",
            "lt;",
            "gt;",
            "amp;",
            "smile",
            "100",
            "http://x",
            "\u202E",
            "\u200B",
            "é",
            "日",
            "😀");
    for (int round = 0; round < ROUNDS; round++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(30);
      for (int index = 0; index < length; index++) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      assertNothingButText(text.toString());
    }
  }

  /** Nothing is a link, a mention or a style but what we made one; plain texts are as they were. */
  private static void assertNothingButText(String text) {
    Letter letter = Hostile.letter(text, Hostile.ordinary());
    Shown shown = Shown.of(SlackMessage.whole(letter, true).encode());
    assertThat(shown.controls()).hasSize(2);
    assertThat(shown.controls().get(0))
        .startsWith("<https://parallax.example.com/incidents/k2v4q7m3xw5a|");
    assertThat(shown.controls().get(1)).startsWith("<https://wiki.example.com/dns|");
    List<String> names = letter.facts().stream().map(fact -> "*" + fact.name() + "*").toList();
    assertThat(shown.styled()).as(text).isEqualTo(names);
    String whole = "🔴 " + text;
    String first = shown.plain().getFirst();
    boolean cut = first.endsWith("…") && !whole.endsWith("…");
    assertThat(lossy(whole)).startsWith(cut ? first.substring(0, first.length() - 1) : first);
    Shown entry = Shown.of(SlackMessage.entry(letter).encode());
    assertThat(entry.controls()).isEmpty();
    assertThat(entry.styled()).isEmpty();
    Shown bare = Shown.of(SlackMessage.bare(letter).encode());
    assertThat(bare.controls()).isEmpty();
    assertThat(bare.styled()).isEmpty();
  }

  /** As the parser of JSON gives it back. */
  private static String lossy(String text) {
    return new JsonObject(new JsonObject().put("text", text).encode()).getString("text");
  }

  @Test
  void theLimitsOfBlockKitHoldHoweverMuchThereIs() {
    String most = "<&>".repeat(5000);
    Letter like = Hostile.ordinary();
    Letter letter =
        new Letter(
            like.key(),
            like.incident(),
            like.number(),
            like.occasion(),
            like.grade(),
            like.drill(),
            like.language(),
            most,
            IntStream.range(0, 25).mapToObj(_ -> new Letter.Fact(most, most)).toList(),
            IntStream.range(0, 99).mapToObj(_ -> most).toList(),
            IntStream.range(0, 99).mapToObj(_ -> most).toList(),
            IntStream.range(0, 99).mapToObj(_ -> most).toList(),
            99,
            IntStream.range(0, 99).mapToObj(_ -> like.links().getFirst()).toList(),
            new TreeMap<>(),
            like.times());
    Shown shown = Shown.of(SlackMessage.whole(letter, true).encode());
    assertThat(shown.plain()).allSatisfy(text -> assertThat(text).isNotEmpty());
  }

  @ParameterizedTest
  @EnumSource(Occasion.class)
  void onlyWhatIsOpenCanBeAcknowledged(Occasion occasion) {
    Letter letter =
        Letters.write(
            Told.of(Told.dyn(Scope.GLOBAL), occasion, Language.JAPANESE), Told.TOKYO, Told.NOW);
    boolean closed =
        List.of(Occasion.ACKNOWLEDGED, Occasion.RESOLVED, Occasion.TEST).contains(occasion);
    assertThat(SlackMessage.whole(letter, true).encode().contains("\"actions\""))
        .isEqualTo(!closed);
    assertThat(SlackMessage.whole(letter, false).encode()).doesNotContain("\"actions\"");
  }

  @Test
  void theButtonSaysWhichIncident() {
    Letter letter = Hostile.ordinary();
    JsonArray blocks = attachment(SlackMessage.whole(letter, true)).getJsonArray("blocks");
    JsonObject actions =
        blocks.stream()
            .map(JsonObject.class::cast)
            .filter(block -> block.getString("type").equals("actions"))
            .findFirst()
            .orElseThrow();
    JsonObject button = actions.getJsonArray("elements").getJsonObject(0);
    assertThat(button.getString("action_id")).isEqualTo(SlackMessage.ACKNOWLEDGE);
    assertThat(button.getString("value")).isEqualTo(letter.incident());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dns_auth_1           | dns_auth_1
          a*b 2*3              | a*b 2*3
          *bold*               | ∗bold∗
          _it_ x_              | ˍitˍ xˍ
          ~gone~               | ∼gone∼
          `code`               | ˋcodeˋ
          at 10:20:30-05:00    | at 10:20:30-05:00
          23:58:32+09:00 / 1:2 | 23:58:32+09:00 / 1:2
          :完了: :+1: :-1:     | ∶完了: ∶+1: ∶-1:
          :smile: :100:        | ∶smile: ∶100:
          2001:db8::a:b:1      | 2001∶db8:∶a∶b:1
          a < b & c            | a &lt; b &amp; c
          > quote > more       | › quote &gt; more
          """)
  void whatSlackWouldReadGetsALookAlike(String text, String written) {
    String marked = SlackText.marked(text, MAX);
    assertThat(marked).isEqualTo(written);
    assertThat(
            Shown.of(
                    new JsonObject()
                        .put("parse", "none")
                        .put("link_names", false)
                        .put("text", marked)
                        .encode())
                .styled())
        .isEmpty();
  }

  @Test
  void aCutNeverSplitsAnEntityOrAPair() {
    for (int max = 1; max < 40; max++) {
      String cut = SlackText.plain("a&b<c>😀&&&<<<>>>😀😀😀😀😀😀", max);
      assertThat(cut.length()).isLessThanOrEqualTo(max);
      assertThat(cut.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");
      assertThat(cut.codePoints()).noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }
  }

  private static JsonObject attachment(JsonObject message) {
    return message.getJsonArray("attachments").getJsonObject(0);
  }

  private static String colour(JsonObject message) {
    return attachment(message).getString("color");
  }
}
