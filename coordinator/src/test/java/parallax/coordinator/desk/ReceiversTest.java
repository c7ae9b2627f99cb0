package parallax.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Scope;

/** What receivers are spared, and who stands in for them: digests, caps, substitutes. */
class ReceiversTest {
  private static final String TARGETS =
      """
      targets:
        - {name: shop, url: "https://shop.example.com/"}
      """;
  private static final String ONE =
      TARGETS + "receivers: [{name: desk, webhook: {url: https://hooks.example.com/1}}]\n";
  private static final String DIGEST = ONE + "routes: [{to: desk, digest: 1h}]\n";
  private static final String CAPPED =
      ONE.replace("hooks.example.com/1}", "hooks.example.com/1}, at_most: {letters: 3, in: 10m}");
  private static final String CHAIN =
      TARGETS
          + """
          receivers:
            - {name: chat, webhook: {url: https://hooks.example.com/1}, otherwise: {to: mail}}
            - name: mail
              webhook: {url: https://hooks.example.com/2}
              otherwise: {to: phone, after: 2m}
            - {name: phone, webhook: {url: https://hooks.example.com/3}, otherwise: {to: chat}}
          routes: [{to: chat}]
          """;
  private static final Trouble SHOP = Trouble.of("shop", "shop");

  private static Trouble note(String id) {
    return Trouble.due(id, "shop");
  }

  @Test
  void whatIsNotCriticalComesTogetherOnTheHour() {
    Office office = new Office(DIGEST).passes(Duration.ofMinutes(5)).opens(note("a"));
    office.passes(Duration.ofMinutes(5)).opens(note("b")).opens(SHOP.in(Scope.PARTIAL));
    office.opens(note("gone")).passes(Duration.ofMinutes(1)).ends(note("gone"));
    office.passes(Duration.ofHours(1)).opens(note("late"));
    assertThat(office.letters())
        .containsExactly(
            "13:00:00 OPENED shop > desk", "13:00:00 OPENED a > desk", "13:00:00 OPENED b > desk");
    Notice.Along first = office.sent().getFirst().along();
    assertThat(first.others()).extracting(IncidentId::value).containsExactly("a", "b");
    assertThat(office.sent().subList(1, 3))
        .allSatisfy(sent -> assertThat(sent.along().within()).contains(new IncidentId("shop")));
  }

  @Test
  void whatIsCriticalComesAtOnce() {
    assertThat(new Office(DIGEST).opens(SHOP).letters()).hasSize(1);
  }

  @Test
  void whatWasToldTogetherEndsByItself() {
    Office office = new Office(DIGEST).opens(note("a")).opens(note("b"));
    office.passes(Duration.ofHours(1)).ends(note("b"));
    assertThat(office.letters()).last().isEqualTo("13:00:00 RESOLVED b > desk");
  }

  @Test
  void aReceiverGetsNoMoreThanItCanAndHearsOfTheRestWhenThereIsRoom() {
    Office office = new Office(CAPPED);
    for (int index = 0; index < 5; index++) {
      office.opens(Trouble.of("i" + index, "shop")).passes(Duration.ofMinutes(1));
    }
    office.ends(Trouble.of("i0", "shop"));
    assertThat(office.letters()).hasSize(4).last().isEqualTo("12:05:00 RESOLVED i0 > desk");
    assertThat(office.sent().getLast().along().held()).isEqualTo(2);
    office.passes(Duration.ofMinutes(15));
    assertThat(office.letters().subList(4, 6))
        .containsExactly("12:11:00 OPENED i3 > desk", "12:12:00 OPENED i4 > desk");
  }

  @Test
  void whatEndsWhileThereIsNoRoomIsCountedAndNotTold() {
    Office office = new Office(CAPPED);
    for (int index = 0; index < 5; index++) {
      office.opens(Trouble.of("i" + index, "shop"));
    }
    office.passes(Duration.ofMinutes(1));
    office.ends(Trouble.of("i3", "shop")).ends(Trouble.of("i4", "shop"));
    office.passes(Duration.ofMinutes(20)).opens(Trouble.of("next", "shop"));
    assertThat(office.told("i3")).isEmpty();
    assertThat(office.sent().getLast().along().held()).isEqualTo(2);
  }

  @Test
  void theSecondChannelIsToldWithinAMinute() {
    Office office = new Office(CHAIN).opens(SHOP).passes(Duration.ofSeconds(2));
    office.step(new DeskInput.ReceiverFails("chat", Office.START)).passes(Duration.ofMinutes(10));
    assertThat(office.letters())
        .containsExactly("12:00:00 OPENED shop > chat", "12:00:45 OPENED shop > mail");
    office.ends(SHOP);
    assertThat(office.letters())
        .contains("12:10:02 RESOLVED shop > chat", "12:10:02 RESOLVED shop > mail");
  }

  @Test
  void andTheThirdWhenThatFailsToo() {
    Office office = new Office(CHAIN).opens(SHOP);
    office.step(new DeskInput.ReceiverFails("chat", Office.START));
    office.passes(Duration.ofMinutes(1));
    Instant second = Office.START.plusSeconds(45);
    office.step(new DeskInput.ReceiverFails("mail", second)).passes(Duration.ofMinutes(30));
    office.step(new DeskInput.ReceiverFails("phone", second)).passes(Duration.ofMinutes(30));
    assertThat(office.letters())
        .containsExactly(
            "12:00:00 OPENED shop > chat",
            "12:00:45 OPENED shop > mail",
            "12:02:45 OPENED shop > phone");
  }

  @Test
  void whatArrivedIsNotToldElsewhere() {
    Office office = new Office(CHAIN).opens(Trouble.of("old", "shop"));
    office.passes(Duration.ofMinutes(10)).opens(SHOP).passes(Duration.ofSeconds(1));
    office.step(new DeskInput.ReceiverFails("chat", Office.START.plusSeconds(600)));
    office.passes(Duration.ofMinutes(10));
    assertThat(office.told("old")).containsExactly("chat");
    assertThat(office.told("shop")).containsExactly("chat", "mail");
  }

  @Test
  void whoeverWorksAgainInTimeNeedsNobody() {
    Office office = new Office(CHAIN).opens(SHOP);
    office.step(new DeskInput.ReceiverFails("chat", Office.START));
    office.passes(Duration.ofSeconds(30)).step(new DeskInput.ReceiverWorks("chat"));
    office.passes(Duration.ofMinutes(30));
    assertThat(office.letters()).isEqualTo(List.of("12:00:00 OPENED shop > chat"));
  }
}
