package parallax.coordinator.page.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Vantage;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** What looks found, in words. */
final class LooksPartTest {
  private static final Instant NOON = Examples.NOON;

  private static TargetView view() {
    return new TargetView(
        Examples.target("shop"),
        Examples.verdict("shop", TargetState.UP, NOON),
        List.of(),
        UptimeHistory.EMPTY,
        Optional.empty());
  }

  private static TargetView seeing(
      TargetView view, String probe, CheckKind check, Outcome outcome, Facts facts) {
    Vantage from = new Vantage(new ProbeName(probe), new Region("tokyo"), Optional.empty());
    return view.seeing(
        Examples.with(facts, Examples.observation(from, "shop", check, outcome, NOON), NOON));
  }

  private static TargetView seeing(Facts facts) {
    return seeing(view(), "one", CheckKind.SERVICE, Outcome.up(), facts);
  }

  private static String html(TargetView view, Language language) {
    StringBuilder html = new StringBuilder();
    LooksPart.write(html, view, Say.in(language));
    return html.toString();
  }

  private static ReachSeen.EchoesSeen echoes(int received, OptionalInt millis) {
    return new ReachSeen.EchoesSeen(
        5,
        received,
        millis.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new ReachSeen.RoundTrips(
                    Duration.ofMillis(2),
                    Duration.ofMillis(millis.getAsInt()),
                    Duration.ofMillis(31),
                    Duration.ofNanos(400_000))));
  }

  @Test
  void echoesAreToldWithTheirTimesAndLoss() {
    Facts facts = Facts.NONE.withReach(ReachSeen.of(echoes(4, OptionalInt.of(12))));
    assertThat(html(seeing(facts), Language.EN))
        .contains("4 of 5 echoes came back, 20 % lost")
        .contains("round trip 12 ms (2.0 ms to 31 ms), jitter 0.4 ms");
    assertThat(html(seeing(facts), Language.JA)).contains("エコー 5回中4回応答、損失 20%");
    Facts lost = Facts.NONE.withReach(ReachSeen.of(echoes(0, OptionalInt.empty())));
    assertThat(html(seeing(lost), Language.EN))
        .contains("0 of 5 echoes came back, 100 % lost")
        .doesNotContain("round trip");
  }

  @Test
  void aClockIsToldAheadOrBehind() {
    ReachSeen.ClockSeen clock =
        new ReachSeen.ClockSeen(
            Duration.ofMillis(-250),
            2,
            "<gps>",
            Duration.ofMillis(7),
            Duration.ofMillis(40),
            Optional.of("a leap second is announced"));
    Facts facts = Facts.NONE.withReach(ReachSeen.of(clock));
    assertThat(html(seeing(facts), Language.EN))
        .contains("its clock is 250 ms behind, asked in 7.0 ms")
        .contains("stratum 2 by &lt;gps&gt;, at most 40 ms off the reference")
        .contains("a leap second is announced");
    assertThat(html(seeing(facts), Language.JA)).contains("うるう秒の挿入が予告されています");
  }

  @Test
  void aBannerAndOtherFactsAreTold() {
    Facts facts =
        Facts.NONE
            .withAddress("192.0.2.25")
            .withAnswers(List.of("220 mx.example <ESMTP>"))
            .withTls("TLSv1.3", Optional.of(Examples.EXPIRY));
    assertThat(html(seeing(facts), Language.EN))
        .contains("took 42 ms", "address 192.0.2.25", "answers 220 mx.example &lt;ESMTP&gt;")
        .contains("TLS TLSv1.3")
        .doesNotContain("2027-01-01", "<details>");
  }

  @Test
  void whatHasManyPartsOpensAndIsBounded() {
    List<String> answers = IntStream.range(0, 50).mapToObj(each -> "answer " + each).toList();
    assertThat(html(seeing(Facts.NONE.withAnswers(answers)), Language.EN))
        .contains("<details><summary>answers (50)</summary>", "<li>answer 0</li>", "and 10 more");
  }

  @Test
  void whatIsNotKnownHereIsToldByTheNameThatTheApiGivesIt() {
    JsonObject told =
        new JsonObject()
            .put("id", "one/1/2")
            .put("novelty", "x")
            .put(
                "facts",
                new JsonObject()
                    .put("issuer", "told elsewhere")
                    .put("colour", "blue")
                    .put("pair", new JsonObject().put("tookMs", 3.25).put("none", null))
                    .put("huge", "y".repeat(1_000))
                    .put("few", new JsonArray(List.of("a", "b")))
                    .putNull("absent"));
    Found found = Found.of(told, List.of("said"), Say.in(Language.EN));
    assertThat(found.facts())
        .containsExactly(
            "said",
            "novelty x",
            "colour blue",
            "pair tookMs 3.3 ms",
            "huge " + "y".repeat(Found.MAX_TEXT) + "…",
            "few a, b");
    assertThat(found.lists()).isEmpty();
  }

  @Test
  void theWayToWhatCouldNotBeReachedIsNumberedHopByHop() {
    JsonArray hops =
        new JsonArray()
            .add(new JsonObject().put("by", "192.0.2.1").put("afterMs", 1.5))
            .add(new JsonObject().putNull("by"))
            .add(new JsonObject().put("by", "198.51.100.7").put("afterMs", 20));
    JsonObject trace =
        new JsonObject().put("to", "203.0.113.9").put("hops", hops).put("end", "SILENT");
    JsonObject told =
        new JsonObject()
            .put("facts", new JsonObject().put("reach", new JsonObject().put("trace", trace)));
    Found found = Found.of(told, List.of(), Say.in(Language.EN));
    assertThat(found.facts()).isEmpty();
    assertThat(found.lists())
        .containsExactly(
            new Found.Lines(
                "way there to 203.0.113.9, ends SILENT",
                List.of("by 192.0.2.1, after 1.5 ms", "no answer", "by 198.51.100.7, after 20 ms"),
                true));
  }

  @Test
  void whatFailsComesFirstWithItsReasonAndTheRestIsCounted() {
    TargetView view = view();
    for (int probe = 0; probe < LooksPart.MAX_LOOKS; probe++) {
      view = seeing(view, "p" + probe, CheckKind.HTTP, Outcome.up(), Facts.NONE);
    }
    view = seeing(view, "z", CheckKind.ICMP, Outcome.down(Reason.HTTP_STATUS, "<503>"), Facts.NONE);
    assertThat(html(view, Language.EN))
        .containsSubsequence("z, tokyo", "down: unexpected status: &lt;503&gt;", "p0, tokyo")
        .contains("and 1 more");
    assertThat(html(view(), Language.EN)).isEmpty();
  }
}
