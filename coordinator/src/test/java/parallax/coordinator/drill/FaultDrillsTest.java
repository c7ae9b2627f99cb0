package parallax.coordinator.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.Configuration;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.drill.stage.Fault;
import parallax.coordinator.drill.stage.FaultStage;
import parallax.coordinator.drill.stage.Stage;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Told;
import parallax.coordinator.view.Snapshot;

/** Faults laid over what is watched, and who is told of them. */
final class FaultDrillsTest {
  private static final Instant NOW = Examples.NOON;
  private static final Duration TEN = Duration.ofMinutes(10);

  private static final String YAML =
      """
      version: 1
      defaults: {interval: 30s}
      targets:
        - {name: shop, url: "https://shop.example.com/", labels: {team: web, tier: critical}}
        - {name: blog, url: "https://blog.example.com/", labels: {team: web}}
        - {name: mail, url: "https://mail.example.com/", labels: {team: post}}
      receivers:
        - {name: chat, webhook: {url: "https://hooks.example.com/chat"}}
        - {name: phone, webhook: {url: "https://hooks.example.com/phone"}}
        - {name: lead, webhook: {url: "https://hooks.example.com/lead"}}
      routes:
        - {match: {tier: critical}, scope: [global], to: [chat, phone], escalate: [{after: 5m, to: lead}]}
        - {match: {team: post}, to: phone, quiet: {from: "11:00", to: "13:00", zone: UTC}}
        - {to: chat}
      """;

  private final Configuration configuration = ConfigurationText.read(YAML);
  private final Snapshot snapshot =
      Fleets.snapshot(configuration, Optional.empty(), List.of(), NOW);

  private static List<String> told(Snapshot snapshot, Instant begin, String... faults)
      throws Exception {
    List<Fault> read = new ArrayList<>();
    for (String each : faults) {
      read.add(Fault.parse(each));
    }
    Stage stage = FaultStage.of(snapshot, read, TEN, begin);
    Play play = new Play(stage, snapshot.silences());
    List<String> told = new ArrayList<>();
    while (!play.isOver()) {
      for (Play.Told each : play.advance()) {
        Notice notice = each.notice();
        told.add(
            "%s %s %s %s %s"
                .formatted(
                    notice.kind(),
                    String.join("+", notice.receivers()),
                    notice.incident().scope(),
                    notice.incident().cause().culprit(),
                    notice.incident().targets()));
      }
    }
    return told;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A target that is down for everybody: who is named, later who is told late, the end.
        "target=shop|OPENED chat+phone GLOBAL target:shop [shop];"
            + "ESCALATED lead GLOBAL target:shop [shop];"
            + "RESOLVED chat+lead+phone GLOBAL target:shop [shop]",
        // Where it matters less nobody is woken.
        "target=blog,see=http:503|OPENED chat GLOBAL target:blog [blog];"
            + "RESOLVED chat GLOBAL target:blog [blog]",
        // A place that reaches nothing is our own trouble, and no target's.
        "region=tokyo|OPENED chat PROBE_LOCAL region:tokyo [];RESOLVED chat PROBE_LOCAL"
            + " region:tokyo []",
        // A probe that is not heard: one says nothing of the targets.
        "probe=p0,see=silence|OPENED chat PROBE_LOCAL probe:p0 [];RESOLVED chat PROBE_LOCAL"
            + " probe:p0 []",
        // Seen in one region only, of a target.
        "region=tokyo,target=shop|OPENED chat REGIONAL target:shop [shop];"
            + "RESOLVED chat REGIONAL target:shop [shop]",
        // Two that stand on one thing: whoever heard of the first hears that it is more.
        "label=team:web,see=tls:expired|OPENED chat GLOBAL target:blog [blog];"
            + "OPENED phone GLOBAL ca:Test CA [blog, shop];"
            + "ESCALATED lead GLOBAL ca:Test CA [blog, shop];"
            + "CHANGED chat GLOBAL ca:Test CA [blog, shop];"
            + "RESOLVED chat+lead+phone GLOBAL ca:Test CA [blog, shop]",
      })
  void whoIsToldOfWhat(String fault, String expected) throws Exception {
    assertThat(String.join(";", told(snapshot, NOW, fault))).isEqualTo(expected);
  }

  @Test
  void quietHoursOfTheMomentInQuestionCount() throws Exception {
    assertThat(told(snapshot, NOW, "target=mail")).noneMatch(each -> each.contains("phone"));
    assertThat(told(snapshot, NOW.plus(Duration.ofHours(3)), "target=mail"))
        .first()
        .isEqualTo("OPENED phone GLOBAL target:mail [mail]");
  }

  @Test
  void whatFailsInRealityIsNoPartOfADrill() throws Exception {
    Snapshot failing =
        Fleets.snapshot(configuration, Optional.of("mail"), List.of(Told.shared()), NOW);
    Instant late = NOW.plus(Duration.ofHours(3));
    assertThat(told(failing, late, "target=blog"))
        .isNotEmpty()
        .allMatch(each -> each.contains("[blog]"));
    assertThat(FaultStage.of(failing, List.of(Fault.parse("target=blog")), TEN, NOW).remarks())
        .containsExactly("1 incidents are open in reality; here what they hit is taken to be fine");
  }

  @Test
  void silencesHoldInADrillAsWell() throws Exception {
    Silence silence =
        Silence.made(
            new Silence.Wish(
                List.of(new LabelMatcher.OneOf("target", List.of("blog"))),
                NOW.minusSeconds(60),
                NOW.plus(Duration.ofHours(2)),
                "move"),
            "alice",
            NOW.minusSeconds(60));
    Snapshot hushed =
        new Snapshot(
            snapshot.at(),
            snapshot.configuration(),
            snapshot.targets(),
            snapshot.open(),
            snapshot.probes(),
            List.of(silence));
    assertThat(told(hushed, NOW, "target=blog")).noneMatch(each -> each.contains("chat"));
  }

  @ParameterizedTest
  @CsvSource({
    "target=nobody",
    "region=mars",
    "target=shop+see=registration:expired",
    "label=team:none"
  })
  void aFaultThatHitsNothingIsRefused(String fault) throws Exception {
    List<Fault> faults = List.of(Fault.parse(fault.replace('+', ',')));
    assertThatThrownBy(() -> FaultStage.of(snapshot, faults, TEN, NOW))
        .isInstanceOf(FaultStage.Pointless.class)
        .hasMessageContaining("hits nothing");
  }

  @Test
  void withoutProbesThereIsNothingToCopy() throws Exception {
    Snapshot lone = new Snapshot(NOW, configuration, snapshot.targets(), List.of(), List.of());
    List<Fault> faults = List.of(Fault.parse("target=shop"));
    assertThatThrownBy(() -> FaultStage.of(lone, faults, TEN, NOW))
        .isInstanceOf(FaultStage.Pointless.class)
        .hasMessageContaining("no probe has been heard");
  }

  @Test
  void theSameFaultsTellTheSame() throws Exception {
    String[] faults = {"target=shop,share=40%", "region=oregon,see=http:500,after=2m,for=3m"};
    assertThat(told(snapshot, NOW, faults)).isEqualTo(told(snapshot, NOW, faults));
  }
}
