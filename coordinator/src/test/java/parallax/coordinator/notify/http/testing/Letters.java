package parallax.coordinator.notify.http.testing;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Letter.Fact;
import parallax.coordinator.notify.letter.Letter.Grade;
import parallax.coordinator.notify.letter.Letter.Language;
import parallax.coordinator.notify.letter.Letter.Link;
import parallax.coordinator.notify.letter.Letter.Occasion;
import parallax.coordinator.notify.letter.Letter.Times;

/** Letters that tests send. */
public final class Letters {
  public static final Instant ONSET = Instant.parse("2026-11-21T11:59:55Z");
  public static final Instant WRITTEN = Instant.parse("2026-11-21T12:00:30Z");
  public static final Instant END = Instant.parse("2026-11-21T12:10:00Z");
  public static final String PAGE = "https://status.example/incidents/i1";
  public static final String RUNBOOK = "https://wiki.example/run(book)?a=1&b=2";
  public static final Map<String, String> LABELS =
      Map.of(
          "scope", "GLOBAL",
          "layer", "TCP",
          "reason", "CONNECTION_REFUSED",
          "culprit", "target:shop",
          "team", "web");

  private Letters() {}

  /** One about a shop. */
  public static Letter of(Occasion occasion) {
    return of(occasion, LABELS);
  }

  /** One about a shop, with other labels. */
  public static Letter of(Occasion occasion, Map<String, String> labels) {
    boolean over = occasion == Occasion.RESOLVED;
    return new Letter(
        "i1:" + occasion + ":one",
        "i1",
        occasion == Occasion.OPENED ? 1 : 2,
        occasion,
        over ? Grade.GOOD : Grade.CRITICAL,
        false,
        Language.ENGLISH,
        over ? "shop works again after 10m 5s" : "shop is down for everybody",
        List.of(new Fact("Scope", "for everybody"), new Fact("Cause", "TCP: refused")),
        List.of("tokyo-1: TCP: refused"),
        List.of("oslo-1 sees it work"),
        List.of("shop", "shop-eu"),
        3,
        List.of(new Link("Incident", URI.create(PAGE)), new Link("Runbook", URI.create(RUNBOOK))),
        new TreeMap<>(labels),
        new Times(ONSET, over ? Optional.of(END) : Optional.empty(), over ? END : WRITTEN));
  }

  /** One that says nothing but this, everywhere, and is a drill. */
  public static Letter saying(String text, Language language) {
    TreeMap<String, String> labels = new TreeMap<>(LABELS);
    labels.put("culprit", text);
    labels.put(text, text);
    labels.put("severity", text);
    labels.put("alertname", text);
    return new Letter(
        "i1:OPENED:one",
        "i1",
        1,
        Occasion.OPENED,
        Grade.WARNING,
        true,
        language,
        text,
        List.of(new Fact(text, text), new Fact("Cause", text)),
        List.of(text, text),
        List.of(text),
        List.of(text, "shop"),
        2,
        List.of(new Link(text, URI.create(PAGE)), new Link(text, URI.create(RUNBOOK))),
        labels,
        new Times(ONSET, Optional.empty(), WRITTEN));
  }

  /** One that is as long as can be. */
  public static Letter huge(String text) {
    List<String> many = java.util.Collections.nCopies(40, text.repeat(400));
    Letter some = saying(text.repeat(400), Language.JAPANESE);
    return new Letter(
        some.key(),
        some.incident(),
        some.number(),
        some.occasion(),
        some.grade(),
        true,
        some.language(),
        some.headline(),
        many.stream().map(each -> new Fact(each, each)).toList(),
        many,
        many,
        many,
        4960,
        java.util.Collections.nCopies(
            9, new Link(text.repeat(400), URI.create(PAGE + "/" + "x".repeat(1900)))),
        some.labels(),
        some.times());
  }
}
