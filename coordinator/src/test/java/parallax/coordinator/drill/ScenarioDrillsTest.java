package parallax.coordinator.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.Configuration;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.Incident.Subject;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.drill.stage.ScenarioStage;
import parallax.coordinator.drill.stage.Stage;
import parallax.coordinator.replay.Replay;
import parallax.coordinator.replay.ScenarioFiles;
import parallax.coordinator.replay.Trace;
import parallax.coordinator.replay.judge.Judge;
import parallax.coordinator.replay.record.RecordedIncident;
import parallax.coordinator.replay.record.Recording;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.testing.Examples;

/** A drill of a scenario tells of what a replay of it must raise, and of nothing else. */
final class ScenarioDrillsTest {
  private static final Instant START = Examples.NOON;

  /** What was told of the beginnings and ends of one kind of incidents, in order of time. */
  private record Pages(List<String> begun, List<String> over) {}

  static Stream<Path> scenarios() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(Replay.class.getResource("scenarios"));
    return ScenarioFiles.list(Path.of(folder.toURI())).stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void aDrillOfEachScenarioTellsOfWhatItMustRaise(Path file) throws IOException {
    Scenario scenario = ScenarioFiles.load(file).scenario().orElseThrow();
    Recording replayed = Replay.run(scenario, scenario.seed(), Trace.NONE);
    assertThat(Judge.judge(scenario, replayed).failures()).isEmpty();
    List<Notice> told = drilled(scenario);
    for (Subject subject : Subject.values()) {
      assertThat(drilled(told, subject)).isEqualTo(replayed(replayed, subject));
    }
    assertThat(told)
        .allSatisfy(notice -> assertThat(notice.incident().id().value()).startsWith("drill-"));
  }

  private static List<Notice> drilled(Scenario scenario) {
    Configuration configuration = Examples.telling("r1", "http://127.0.0.1:1/");
    Stage stage = ScenarioStage.of(scenario, configuration, new TreeMap<>(), START);
    Play play = new Play(stage, List.of());
    List<Notice> told = new ArrayList<>();
    while (!play.isOver()) {
      play.advance().stream()
          .map(Play.Told::notice)
          .filter(notice -> notice.receivers().equals(List.of("hook")))
          .forEach(told::add);
    }
    return told;
  }

  private static Pages drilled(List<Notice> told, Subject subject) {
    List<String> begun = new ArrayList<>();
    List<String> over = new ArrayList<>();
    for (Notice notice : told) {
      Incident incident = notice.incident();
      if (incident.subject() == subject && notice.kind() == Notice.Kind.OPENED) {
        begun.add(second(incident.published().orElseThrow()) + " " + incident.targets());
      }
    }
    // What is over may begin again: only the last end of each stands in a recording.
    told.stream()
        .filter(notice -> notice.incident().subject() == subject)
        .filter(notice -> notice.kind() == Notice.Kind.RESOLVED)
        .filter(notice -> isLast(notice, told))
        .map(notice -> second(notice.incident().resolved().orElseThrow()))
        .sorted()
        .forEach(over::add);
    return new Pages(begun.stream().map(each -> each.replaceAll(" .*", "")).sorted().toList(), over);
  }

  private static boolean isLast(Notice notice, List<Notice> told) {
    List<Notice> same =
        told.stream().filter(each -> each.incident().id().equals(notice.incident().id())).toList();
    return same.getLast().equals(notice);
  }

  private static Pages replayed(Recording recording, Subject subject) {
    List<RecordedIncident> all =
        recording.incidents().stream().filter(each -> each.subject() == subject).toList();
    return new Pages(
        all.stream().map(each -> second(each.publishedMs())).sorted().toList(),
        all.stream()
            .flatMap(
                each ->
                    each.resolvedMs().isPresent()
                        ? Stream.of(each.resolvedMs().getAsLong())
                        : Stream.<Long>empty())
            .map(ScenarioDrillsTest::second)
            .sorted()
            .toList());
  }

  private static String second(Instant at) {
    return second(at.toEpochMilli() - START.toEpochMilli());
  }

  private static String second(long ms) {
    return String.valueOf(ms);
  }
}
