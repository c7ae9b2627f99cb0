package parallax.coordinator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.Configuration;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Webhook;
import parallax.config.secret.Secret;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.desk.Desk;
import parallax.coordinator.desk.DeskInput;
import parallax.coordinator.desk.DeskStep;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.world.World;

/** What a receiver that hears of everything is told of outages that were. */
class ToldOutagesTest {
  private static final String RECEIVER = "all";

  /** A desk behind the core of a replay, ticked every second. */
  private static final class Told implements Trace {
    private final Instant start;
    private final List<Notice> letters = new ArrayList<>();
    private Desk desk = Desk.EMPTY;
    private long ticked;

    Told(Scenario scenario) {
      start = new World(scenario, scenario.seed()).start();
      step(new DeskInput.Configured(configuration(scenario)), 0);
    }

    @Override
    public void effect(long atMs, Effect effect) {
      passes(atMs);
      step(new DeskInput.Decided(List.of(effect)), atMs);
    }

    void passes(long untilMs) {
      for (; ticked + 1000 <= untilMs; ticked += 1000) {
        step(new DeskInput.Tick(), ticked + 1000);
      }
    }

    private void step(DeskInput input, long atMs) {
      DeskStep step = desk.step(input, start.plusMillis(atMs));
      desk = step.desk();
      for (Effect effect : step.effects()) {
        if (effect instanceof Effect.Tell(Notice notice) && !notice.receivers().isEmpty()) {
          letters.add(notice);
        }
      }
    }

    List<String> letters() {
      return letters.stream()
          .map(letter -> letter.kind() + " " + letter.incident().cause().culprit())
          .toList();
    }
  }

  private static Configuration configuration(Scenario scenario) {
    List<Target> targets =
        scenario.targets().stream()
            .map(
                target ->
                    new Target(
                        new TargetName(target.id()),
                        Optional.empty(),
                        new TreeMap<>(),
                        Duration.ofMinutes(1),
                        List.of(),
                        List.of()))
            .toList();
    Receiver all = new Webhook(RECEIVER, Secret.of("https://hooks.example.com/"));
    return new Configuration(
        targets,
        List.of(),
        List.of(),
        List.of(all),
        List.of(),
        DecisionRules.USUAL,
        Optional.empty(),
        "r1");
  }

  static List<String> told(Path file) throws IOException {
    Scenario scenario = ScenarioFiles.load(file).scenario().orElseThrow();
    Told told = new Told(scenario);
    Replay.run(scenario, scenario.seed(), told);
    told.passes(scenario.durationMs());
    return told.letters();
  }

  @ParameterizedTest
  @CsvSource({"facebook-2021-10-04", "fastly-2021-06-08", "finalsite-2022-01-04"})
  void oneLetterBeginsAnOutageAndOneEndsIt(String name) throws IOException, URISyntaxException {
    URL file = Objects.requireNonNull(ToldOutagesTest.class.getResource("scenarios"));
    List<String> letters = told(Path.of(file.toURI()).resolve(name + ".yaml"));
    assertThat(letters).first().asString().startsWith("OPENED");
    assertThat(letters).last().asString().startsWith("RESOLVED");
    assertThat(letters.subList(1, letters.size() - 1))
        .allSatisfy(letter -> assertThat(letter).startsWith("CHANGED"))
        .hasSizeLessThanOrEqualTo(2);
  }
}
