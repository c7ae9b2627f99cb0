package parallax.coordinator.notify.mail.message;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Letter.Fact;
import parallax.coordinator.notify.letter.Letter.Grade;
import parallax.coordinator.notify.letter.Letter.Language;
import parallax.coordinator.notify.letter.Letter.Link;
import parallax.coordinator.notify.letter.Letter.Occasion;

/** Letters to try mail with. */
public final class Letters {
  public static final Instant WRITTEN = Instant.parse("2026-03-04T03:12:41Z");
  static final Instant ONSET = Instant.parse("2026-03-04T03:11:07Z");
  static final String INCIDENT = "b1946ac92492d2347c6235b4d2611184";

  private Letters() {}

  /** The first of an incident. */
  public static Letter opened() {
    return of(1, Occasion.OPENED, Grade.CRITICAL, false);
  }

  /** The next of the same incident. */
  public static Letter resolved() {
    return of(2, Occasion.RESOLVED, Grade.GOOD, false);
  }

  static Letter of(int number, Occasion occasion, Grade grade, boolean drill) {
    return new Letter(
        "key-" + number,
        INCIDENT,
        number,
        occasion,
        grade,
        drill,
        Language.ENGLISH,
        "shop.example and 4,990 more are down for everybody since 03:11:07: "
            + "DNS of provider dyn does not answer; certain (12 of 12 probes)",
        List.of(
            new Fact("Scope", "for everybody: 12 of 12 probes in 6 regions"),
            new Fact("Broke first", "DNS: no answer from any name server"),
            new Fact("Through", "dns:dyn (ns1.p16.dynect.example and 3 more)"),
            new Fact("How sure", "99 %; 4 networks agree")),
        List.of(
            "03:12:36 tokyo (AS2516): DNS no answer in 5 s",
            "03:12:35 frankfurt (AS3320): DNS no answer in 5 s",
            "03:12:31 ashburn (AS14618): DNS no answer in 5 s"),
        List.of("the same probes reach 212 other targets without trouble"),
        List.of("shop.example", "www.example", "api.example", "cdn.example"),
        4_987,
        List.of(
            new Link("Open the incident", URI.create("https://parallax.example/incidents/b1946a")),
            new Link("Runbook: DNS provider down", URI.create("https://wiki.example/dns?x=1&y=2"))),
        new TreeMap<>(),
        new Letter.Times(
            ONSET, grade == Grade.GOOD ? Optional.of(WRITTEN) : Optional.empty(), WRITTEN));
  }

  /** The first of an incident, in Japanese. */
  public static Letter japanese(boolean drill) {
    return new Letter(
        "key-ja",
        INCIDENT,
        1,
        Occasion.OPENED,
        Grade.CRITICAL,
        drill,
        Language.JAPANESE,
        "shop.example ほか 4,990 件が 03:11:07 から全地域で停止しています。"
            + "DNS プロバイダー dyn が応答しません（確実、12 プローブ中 12）",
        List.of(
            new Fact("範囲", "全地域（6 地域の 12 プローブ中 12）"),
            new Fact("最初の異常", "DNS：すべてのネームサーバーから応答なし"),
            new Fact("経由", "dns:dyn（ns1.p16.dynect.example ほか 3 件）"),
            new Fact("確度", "99 %、4 つのネットワークが一致")),
        List.of("03:12:36 tokyo (AS2516)：DNS が 5 秒以内に応答しない", "03:12:35 frankfurt：同上"),
        List.of("同じプローブから他の 212 件の対象には問題なく届いています"),
        List.of("shop.example", "www.example", "api.example"),
        4_988,
        List.of(
            new Link("インシデントを開く", URI.create("https://parallax.example/incidents/b1946a")),
            new Link("手順書：DNS プロバイダー停止", URI.create("https://wiki.example/dns"))),
        new TreeMap<>(),
        new Letter.Times(ONSET, Optional.empty(), WRITTEN));
  }

  /** Every text of it is {@code text}. */
  static Letter saying(String text, Language language) {
    return new Letter(
        text,
        text,
        2,
        Occasion.CHANGED,
        Grade.WARNING,
        true,
        language,
        text,
        List.of(new Fact(text, text)),
        List.of(text),
        List.of(text),
        List.of(text),
        3,
        List.of(
            new Link(text, URI.create("https://parallax.example/")),
            new Link(text, URI.create("https://wiki.example/%22%3E?a='b'&c")),
            new Link(text, URI.create("javascript:alert(1)"))),
        new TreeMap<>(),
        new Letter.Times(ONSET, Optional.empty(), WRITTEN));
  }
}
