package parallax.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Reason;
import parallax.coordinator.core.verdict.Scope;

/** What is told of an incident that lasts: reminders, escalation, changes, acknowledgements. */
class InsistenceTest {
  private static final String RECEIVERS =
      """
      receivers:
        - {name: team, webhook: {url: https://hooks.example.com/1}}
        - {name: lead, webhook: {url: https://hooks.example.com/2}}
        - {name: boss, webhook: {url: https://hooks.example.com/3}}
      targets:
        - {name: shop, url: "https://shop.example.com/"}
      """;
  private static final String INSISTING =
      RECEIVERS
          + """
          routes:
            - to: team
              remind: 20m
              escalate: [{after: 15m, to: [lead]}, {after: 1h, to: [lead, boss]}]
          """;
  private static final String PLAIN = RECEIVERS + "routes: [{to: team}]\n";
  private static final Trouble SHOP = Trouble.of("shop", "shop");

  private static Duration minutes(long count) {
    return Duration.ofMinutes(count);
  }

  @Test
  void whatNobodyAcknowledgesIsToldAgainAndToOthers() {
    Office office = new Office(INSISTING).opens(SHOP).passes(minutes(65)).ends(SHOP);
    assertThat(office.letters())
        .containsExactly(
            "12:00:00 OPENED shop > team",
            "12:15:00 ESCALATED 1 shop > lead",
            "12:20:00 REMINDER 1 shop > team",
            "12:35:00 REMINDER 1 shop > lead",
            "12:40:00 REMINDER 2 shop > team",
            "12:55:00 REMINDER 2 shop > lead",
            "13:00:00 ESCALATED 1 shop > boss",
            "13:00:00 ESCALATED 2 shop > lead",
            "13:00:00 REMINDER 3 shop > team",
            "13:05:00 RESOLVED shop > boss",
            "13:05:00 RESOLVED shop > lead",
            "13:05:00 RESOLVED shop > team");
  }

  @Test
  void whoeverTakesCareEndsThat() {
    Office office = new Office(INSISTING).opens(SHOP).passes(minutes(16));
    office.acknowledges("shop", "mia").passes(minutes(300)).ends(SHOP);
    assertThat(office.letters())
        .containsExactly(
            "12:00:00 OPENED shop > team",
            "12:15:00 ESCALATED 1 shop > lead",
            "12:16:01 ACKNOWLEDGED shop > lead",
            "12:16:01 ACKNOWLEDGED shop > team",
            "17:16:00 RESOLVED shop > lead",
            "17:16:00 RESOLVED shop > team");
    assertThat(office.sent().get(2).along().by()).contains("mia");
  }

  @Test
  void ofSeveralWhoTakeCareTheFirstCounts() {
    Office office = new Office(INSISTING).opens(SHOP).passes(minutes(1));
    office.acknowledges("shop", "mia").acknowledges("shop", "leo").passes(minutes(1));
    office.acknowledges("shop", "leo").passes(minutes(1));
    assertThat(office.letters()).hasSize(2);
    assertThat(office.sent().get(1).along().by()).contains("mia");
  }

  @Test
  void whatReturnsIsNotAcknowledgedAnyMore() {
    Office office = new Office(INSISTING).opens(SHOP).passes(minutes(1));
    office.acknowledges("shop", "mia").passes(minutes(9)).ends(SHOP);
    office.passes(minutes(5)).reopens(SHOP.again()).passes(minutes(20));
    assertThat(office.letters())
        .containsExactly(
            "12:00:00 OPENED shop > team",
            "12:01:01 ACKNOWLEDGED shop > team",
            "12:10:00 RESOLVED shop > team",
            "12:15:00 REOPENED shop > team",
            "12:30:00 ESCALATED 1 shop > lead",
            "12:35:00 REMINDER 1 shop > team");
  }

  @Test
  void aClockThatIsBehindTakesNothingFromADeed() {
    Office office = new Office(INSISTING).opens(SHOP);
    office.acknowledges("shop", "mia", Office.START.minusSeconds(60)).passes(minutes(30));
    assertThat(office.letters()).hasSize(2);
    office.ends(SHOP).passes(minutes(1)).reopens(SHOP.again());
    office.acknowledges("shop", "leo", office.now().minusSeconds(20)).passes(minutes(1));
    assertThat(office.letters()).last().isEqualTo("12:31:00 REOPENED shop > team");
    office.acknowledges("shop", "leo", office.now().minusSeconds(62)).passes(minutes(1));
    assertThat(office.letters()).last().isEqualTo("12:32:01 ACKNOWLEDGED shop > team");
  }

  @Test
  void nobodyAcknowledgesWhatIsOverOrUnknown() {
    Office office = new Office(INSISTING).opens(SHOP).passes(minutes(1)).ends(SHOP);
    office.acknowledges("shop", "mia").acknowledges("other", "mia").passes(minutes(60));
    assertThat(office.letters()).hasSize(2);
  }

  @Test
  void aChangeThatMattersIsToldWhenItHasSettled() {
    Office office = new Office(PLAIN).opens(SHOP.in(Scope.UNCONFIRMED)).passes(minutes(2));
    office.changes(SHOP.in(Scope.REGIONAL)).passes(minutes(1));
    office.changes(SHOP.in(Scope.GLOBAL)).passes(minutes(10));
    office.changes(SHOP.by(Reason.NXDOMAIN)).passes(minutes(10));
    office.changes(SHOP.by(Reason.NXDOMAIN).blaming("dns:example")).passes(minutes(15));
    assertThat(office.letters())
        .containsExactly(
            "12:00:00 OPENED shop > team",
            "12:05:00 CHANGED 1 shop > team",
            "12:15:00 CHANGED 2 shop > team",
            "12:35:00 CHANGED 3 shop > team");
    assertThat(office.sent().get(1).letter().incident().scope()).isEqualTo(Scope.GLOBAL);
  }

  @Test
  void whatGetsWorseIsToldSoonHoweverOftenItChanged() {
    Office office = new Office(PLAIN).opens(SHOP.in(Scope.PARTIAL)).passes(minutes(10));
    for (int round = 0; round < 3; round++) {
      office.changes(SHOP.in(Scope.PARTIAL).by(Reason.NXDOMAIN)).passes(minutes(60));
      office.changes(SHOP.in(Scope.PARTIAL)).passes(minutes(60));
    }
    int before = office.letters().size();
    office.changes(SHOP).passes(minutes(2));
    assertThat(office.letters()).hasSize(before + 1);
  }

  @Test
  void aChangeThatPassesIsToldToNobody() {
    Office office = new Office(PLAIN).opens(SHOP).passes(minutes(10));
    for (int round = 0; round < 20; round++) {
      office.changes(SHOP.in(Scope.PARTIAL)).passes(Duration.ofSeconds(50));
      office.changes(SHOP).passes(Duration.ofSeconds(50));
    }
    assertThat(office.letters()).hasSize(1);
  }

  @Test
  void aFewMoreTargetsAreNoNewsTwiceAsManyAre() {
    Trouble many = SHOP.with("a", "b");
    Office office = new Office(PLAIN).opens(many).passes(minutes(1));
    office.changes(many.with("c", "d")).passes(minutes(10));
    assertThat(office.letters()).hasSize(1);
    office.changes(many.with("c", "d", "e")).passes(minutes(10));
    assertThat(office.letters()).hasSize(2).last().asString().contains("CHANGED 1");
  }
}
