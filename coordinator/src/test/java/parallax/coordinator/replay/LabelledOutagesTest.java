package parallax.coordinator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.coordinator.core.incident.Incident.Subject;
import parallax.coordinator.replay.record.RecordedIncident;
import parallax.coordinator.replay.scenario.Scenario;

/** The core understands the labelled outages, and none of them by luck. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LabelledOutagesTest {
  /** Other draws of the same worlds. */
  private static final long[] OTHER_SEEDS = {11, 12, 13};

  /** A cause may be told so often on average. */
  private static final double PAGES_A_CAUSE = 1.1;

  private final List<Path> files = ScenarioFiles.list(folder());

  LabelledOutagesTest() throws IOException, URISyntaxException {}

  private static Path folder() throws URISyntaxException {
    URL scenarios = LabelledOutagesTest.class.getResource("scenarios");
    assertThat(scenarios).isNotNull();
    return Path.of(scenarios.toURI());
  }

  Stream<Path> files() {
    return files.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void everyOutageIsUnderstoodWithItsOwnSeedAndOthers(Path file) throws IOException {
    Scenario scenario = scenario(file);
    LongStream.concat(LongStream.of(scenario.seed()), LongStream.of(OTHER_SEEDS))
        .mapToObj(seed -> Replayed.of(scenario, seed, Trace.NONE))
        .forEach(replayed -> assertThat(replayed.judgement().failures()).isEmpty());
  }

  @Test
  void causesAreToldHardlyMoreThanOnce() throws IOException {
    assertThat(files).hasSize(54);
    List<Replayed> replays = new ArrayList<>();
    long causes = 0;
    for (Path file : files) {
      Scenario scenario = scenario(file);
      replays.add(Replayed.of(scenario, scenario.seed(), Trace.NONE));
      causes +=
          scenario.expect().incidents().stream()
              .filter(expected -> expected.subject() == Subject.SERVICE)
              .count();
    }
    long pages = Summary.of(replays, 0).pages();
    assertThat((double) pages / causes).isLessThanOrEqualTo(PAGES_A_CAUSE);
  }

  @Test
  void theSameReplayTwiceIsTheSame() throws IOException {
    Scenario scenario = scenario(files.getFirst());
    List<RecordedIncident> once = Replay.run(scenario, 7, Trace.NONE).incidents();
    assertThat(Replay.run(scenario, 7, Trace.NONE).incidents()).isEqualTo(once);
  }

  private static Scenario scenario(Path file) throws IOException {
    return ScenarioFiles.load(file).scenario().orElseThrow();
  }
}
