package parallax.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Reason;
import parallax.coordinator.core.verdict.Scope;

/** Desks that go on from the record, and a storm. */
class TakeoverAndStormTest {
  private static final String YAML =
      """
      receivers:
        - {name: team, webhook: {url: https://hooks.example.com/1}}
        - {name: lead, webhook: {url: https://hooks.example.com/2}}
        - {name: notes, webhook: {url: https://hooks.example.com/3}}
      targets:
        - {name: shop, url: "https://shop.example.com/"}
      routes:
        - {severity: note, to: notes, digest: 20m}
        - to: team
          remind: 10m
          escalate: [{after: 4m, to: lead}, {after: 13m, to: lead}]
          quiet: {from: "12:20", to: "12:30"}
      """;
  private static final Trouble SHOP = Trouble.of("shop", "shop");
  private static final Trouble LATE = Trouble.of("late", "shop");
  private static final Trouble NOTE = Trouble.due("note", "shop");

  /** What happens, by the second. */
  private static final Map<Integer, Consumer<Office>> STORY =
      Map.of(
          0, office -> office.opens(SHOP),
          30, office -> office.opens(NOTE),
          400, office -> office.changes(SHOP.by(Reason.NXDOMAIN)),
          900, office -> office.opens(LATE),
          960, office -> office.acknowledges("late", "mia"),
          1_000, office -> office.ends(SHOP),
          1_150, office -> office.reopens(SHOP.again()),
          2_500, office -> office.ends(SHOP.again()).ends(LATE).ends(NOTE));

  private static List<String> told(int takenOverAt, boolean losing) {
    Office office = new Office(YAML);
    for (int second = 0; second < 2_600; second++) {
      if (losing && second == takenOverAt) {
        office.losesTheNewest().isTakenOver();
      }
      STORY.getOrDefault(second, _ -> {}).accept(office);
      if (!losing && second == takenOverAt) {
        office.isTakenOver();
      }
      office.passes(Duration.ofSeconds(1));
    }
    assertThat(office.doubled()).isEmpty();
    return office.sent().stream().map(Office.Sent::key).sorted().toList();
  }

  @Test
  void whoeverTakesOverTellsWhatIsLeftAndNothingTwice() {
    List<String> whole = told(-1, false);
    assertThat(whole).hasSizeGreaterThan(15);
    // While it is over nothing is remembered of it, as in the core.
    for (int second = 0; second < 2_600; second += 7) {
      if (second < 1_000 || second >= 1_150) {
        assertThat(told(second, false)).as("taken over at %s", second).isEqualTo(whole);
      }
    }
  }

  @Test
  void whatADeadOneDecidedAndDidNotRecordIsToldByTheNext() {
    List<String> whole = told(-1, false);
    // While it is over nothing is remembered of it, as in the core.
    for (int second = 10; second < 2_500; second += 10) {
      if (second < 1_000 || second > 1_150) {
        assertThat(told(second, true)).as("taken over at %s", second).isEqualTo(whole);
      }
    }
  }

  @Test
  void aStormIsOneLetterACauseAndReceiver() {
    Office office = new Office(YAML);
    Random random = new Random(7);
    Map<Integer, Trouble> causes = new HashMap<>();
    List<Scope> scopes = List.of(Scope.GLOBAL, Scope.PARTIAL, Scope.REGIONAL, Scope.NETWORK);
    for (int change = 0; change < 10_000; change++) {
      int cause = random.nextInt(20);
      Trouble known = causes.get(cause);
      Trouble now =
          (known == null ? Trouble.of("c" + cause, "shop") : known)
              .in(scopes.get(random.nextInt(scopes.size())))
              .with("t" + change);
      causes.put(cause, now);
      if (known == null) {
        office.opens(now);
      } else {
        office.changes(now);
      }
      if (change % 170 == 0) {
        office.passes(Duration.ofSeconds(1));
      }
    }
    List<String> receivers = new ArrayList<>();
    office
        .sent()
        .forEach(sent -> receivers.add(sent.letter().incident().id() + sent.letter().receiver()));
    assertThat(receivers).hasSize(20).doesNotHaveDuplicates();
  }
}
