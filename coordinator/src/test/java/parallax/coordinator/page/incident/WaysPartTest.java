package parallax.coordinator.page.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.observation.ProbeName;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.sight.Ways;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

final class WaysPartTest {
  private static Ways.Way way(String by, TraceSeen.End end) {
    return new Ways.Way(
        new TargetName("shop"),
        new ProbeName("oslo-1"),
        new Region("oslo"),
        Examples.NOON,
        new TraceSeen(
            "192.0.2.80:443",
            List.of(
                TraceSeen.Hop.SILENT,
                new TraceSeen.Hop(Optional.of(by), Optional.of(Duration.ofNanos(12_240_000)))),
            end));
  }

  private static String written(Ways.Way way, Language language) {
    StringBuilder html = new StringBuilder();
    WaysPart.write(html, List.of(way), Say.in(language));
    return html.toString();
  }

  @Test
  void eachHopIsNamedWithItsTimeAndHowTheWayEnds() {
    String html = written(way("203.0.113.9", TraceSeen.End.SILENT), Language.EN);
    assertThat(html)
        .contains("<h2 id=\"ways\">The way to servers that were not reached</h2>")
        .contains("<summary>shop: to 192.0.2.80:443, from oslo-1, oslo, <time ")
        .contains("<ol><li>nobody answers</li><li>203.0.113.9, 12.2 ms</li></ol>")
        .contains("<p>Nobody says anything after that.</p>");
    assertThat(written(way("203.0.113.9", TraceSeen.End.ARRIVED), Language.EN))
        .contains("The address itself answers");
    assertThat(written(way("203.0.113.9", TraceSeen.End.UNREACHABLE), Language.EN))
        .contains("The last one says that there is no way on.");
  }

  @Test
  void itIsSaidInJapaneseAsWell() {
    assertThat(written(way("203.0.113.9", TraceSeen.End.SILENT), Language.JA))
        .contains("到達できなかったサーバーまでの経路", "応答なし", "その先からは応答がありません。");
  }

  @Test
  void whatRoutersSayIsEscaped() {
    assertThat(written(way("<b>&\"'", TraceSeen.End.SILENT), Language.EN))
        .contains("&lt;b&gt;&amp;")
        .doesNotContain("<b>");
  }

  @Test
  void whereNoWayWasFollowedNothingIsShown() {
    StringBuilder html = new StringBuilder();
    WaysPart.write(html, List.of(), Say.in(Language.EN));
    assertThat(html).isEmpty();
  }
}
