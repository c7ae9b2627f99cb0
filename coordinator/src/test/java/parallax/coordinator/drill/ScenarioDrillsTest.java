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
import parallax.coordinator.replay.world.World;
import parallax.coordinator.testing.Examples;

/** A drill of a scenario tells of what a replay of it must raise, and of nothing else. */
final class ScenarioDrillsTest {
  /** Milliseconds at which incidents of one kind were told to begin and to be over, sorted. */
  private record Pages(List<Long> begun, List<Long> over) {}

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
    // Whom the core asks depends on the time of day, so both begin at the same.
    Instant start = new World(scenario, scenario.seed()).start();
    List<Notice> told = drilled(scenario, start);
    for (Subject subject : Subject.values()) {
      assertThat(drilled(told, subject, start)).isEqualTo(replayed(replayed, subject));
    }
    assertThat(told)
        .allSatisfy(notice -> assertThat(notice.incident().id().value()).startsWith("drill-"));
  }

  private static List<Notice> drilled(Scenario scenario, Instant start) {
    Configuration configuration = Examples.telling("r1", "http://127.0.0.1:1/");
    Stage stage = ScenarioStage.of(scenario, configuration, new TreeMap<>(), start);
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

  private static Pages drilled(List<Notice> told, Subject subject, Instant start) {
    List<Notice> meant =
        told.stream().filter(notice -> notice.incident().subject() == subject).toList();
    return new Pages(
        meant.stream()
            .filter(notice -> notice.kind() == Notice.Kind.OPENED)
            .map(notice -> since(start, notice.incident().published().orElseThrow()))
            .sorted()
            .toList(),
        // What is over may begin again: only the last end of each stands in a recording.
        meant.stream()
            .filter(notice -> notice.kind() == Notice.Kind.RESOLVED)
            .filter(notice -> isLast(notice, told))
            .map(notice -> since(start, notice.incident().resolved().orElseThrow()))
            .sorted()
            .toList());
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
        all.stream().map(RecordedIncident::publishedMs).sorted().toList(),
        all.stream().flatMapToLong(each -> each.resolvedMs().stream()).boxed().sorted().toList());
  }

  private static long since(Instant start, Instant at) {
    return at.toEpochMilli() - start.toEpochMilli();
  }
}
