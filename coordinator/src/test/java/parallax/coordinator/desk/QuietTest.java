package parallax.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.config.target.Target;
import parallax.coordinator.core.verdict.Scope;

/** When nothing begins to be told: quiet hours, maintenance, silences. */
class QuietTest {
  private static final String TARGETS =
      """
      receivers:
        - {name: day, webhook: {url: https://hooks.example.com/1}}
        - {name: always, webhook: {url: https://hooks.example.com/2}}
      targets:
        - {name: shop, url: "https://shop.example.com/", labels: {team: web}}
        - {name: db, url: "https://db.example.com/", labels: {team: data}}
      """;
  private static final String NIGHTS =
      TARGETS
          + """
          routes:
            - {to: always, continue: true}
            - {to: day, quiet: {from: "22:00", to: "07:00", zone: Asia/Tokyo, except: critical}}
          """;
  private static final String UTTERLY = NIGHTS.replace(", except: critical", "");
  private static final Trouble SHOP = Trouble.of("shop", "shop").in(Scope.REGIONAL);

  // In Tokyo the night is from 13:00 to 22:00 UTC.
  private static Office inTheNight(String yaml) {
    return new Office(yaml, Instant.parse("2026-03-02T15:00:00Z"));
  }

  @Test
  void whatIsStillSoInTheMorningIsToldThen() {
    Office office = inTheNight(NIGHTS).opens(SHOP).passesUntil("2026-03-02T22:00:05Z");
    assertThat(office.letters())
        .containsExactly("15:00:00 OPENED shop > always", "22:00:00 OPENED shop > day");
  }

  @Test
  void whatIsOverByThenIsToldToThoseWhoKnowOfIt() {
    Office office = inTheNight(NIGHTS).opens(SHOP).passes(Duration.ofHours(1)).ends(SHOP);
    office.passesUntil("2026-03-02T23:00:00Z");
    assertThat(office.letters())
        .containsExactly("15:00:00 OPENED shop > always", "16:00:00 RESOLVED shop > always");
  }

  @Test
  void whatWasToldByDayIsOverAtNightAtOnce() {
    Office office = new Office(NIGHTS).opens(SHOP).passesUntil("2026-03-02T18:00:00Z").ends(SHOP);
    assertThat(office.letters())
        .containsExactly(
            "12:00:00 OPENED shop > always",
            "12:00:00 OPENED shop > day",
            "18:00:00 RESOLVED shop > always",
            "18:00:00 RESOLVED shop > day");
  }

  @Test
  void whatIsCriticalIsToldWhereThatIsExcepted() {
    Trouble down = SHOP.in(Scope.GLOBAL);
    assertThat(inTheNight(NIGHTS).opens(down).told("shop")).containsExactly("always", "day");
    assertThat(inTheNight(UTTERLY).opens(down).told("shop")).containsExactly("always");
  }

  @Test
  void whatBecomesCriticalIsToldThen() {
    Office office = inTheNight(NIGHTS).opens(SHOP).passes(Duration.ofMinutes(1));
    office.changes(SHOP.in(Scope.GLOBAL)).passes(Duration.ofSeconds(2));
    assertThat(office.letters()).contains("15:01:01 OPENED shop > day");
  }

  @Test
  void whatReturnsAtNightIsToldInTheMorningAndOnlyIfItLasts() {
    Office office = new Office(NIGHTS).opens(SHOP).passesUntil("2026-03-02T12:30:00Z").ends(SHOP);
    office.passesUntil("2026-03-02T13:00:00Z").reopens(SHOP.again());
    office.passesUntil("2026-03-02T14:00:00Z").ends(SHOP.again());
    office.passesUntil("2026-03-02T14:05:00Z").reopens(SHOP.again().again());
    office.passesUntil("2026-03-02T22:30:00Z").ends(SHOP.again().again());
    assertThat(office.letters().stream().filter(letter -> letter.endsWith("day")))
        .containsExactly(
            "12:00:00 OPENED shop > day",
            "12:30:00 RESOLVED shop > day",
            "22:00:00 REOPENED shop > day",
            "22:30:00 RESOLVED shop > day");
  }

  @Test
  void maintenanceThatCoversAllTargetsKeepsEverythingButTheEnd() {
    String window =
        "maintenance: [{name: m, match: {team: web}, cron: \"30 12 * * *\", duration: 1h}]\n";
    String yaml = TARGETS + window + "routes: [{to: day, remind: 10m}]\n";
    Office office = new Office(yaml).opens(SHOP).passesUntil("2026-03-02T13:35:00Z").ends(SHOP);
    assertThat(office.letters())
        .containsExactly(
            "12:00:00 OPENED shop > day",
            "12:10:00 REMINDER 1 shop > day",
            "12:20:00 REMINDER 2 shop > day",
            "13:30:00 REMINDER 3 shop > day",
            "13:35:00 RESOLVED shop > day");
  }

  private record OfTeam(String team, Instant until) implements DeskInput.Silence {
    @Override
    public boolean covers(Target target, Instant now) {
      return now.isBefore(until) && team.equals(target.labels().get("team"));
    }
  }

  @Test
  void aSilenceOfOneTargetLeavesTheOthers() {
    String yaml = TARGETS + "routes: [{match: {team: web}, to: day}, {to: always}]\n";
    Trouble both = SHOP.with("db");
    Instant end = Office.START.plus(Duration.ofMinutes(10));
    Office office = new Office(yaml).step(silenced(end)).opens(both);
    assertThat(office.told("shop")).containsExactly("always");
    office.passes(Duration.ofMinutes(11));
    assertThat(office.letters())
        .containsExactly("12:00:00 OPENED shop > always", "12:10:01 OPENED shop > day");
  }

  @Test
  void theEndOfAnIncidentIsToldInASilence() {
    String yaml = TARGETS + "routes: [{to: day, remind: 1m}]\n";
    Office office = new Office(yaml).opens(SHOP).step(silenced(Instant.MAX));
    office.passes(Duration.ofMinutes(5)).ends(SHOP);
    assertThat(office.letters())
        .containsExactly("12:00:00 OPENED shop > day", "12:05:00 RESOLVED shop > day");
  }

  private static DeskInput silenced(Instant until) {
    return new DeskInput.Silenced(List.of(new OfTeam("web", until)));
  }
}
