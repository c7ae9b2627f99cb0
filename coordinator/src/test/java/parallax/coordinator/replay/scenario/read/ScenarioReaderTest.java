package parallax.coordinator.replay.scenario.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.observation.Layer;
import parallax.config.problem.Problem;
import parallax.config.problem.Problems;
import parallax.coordinator.core.incident.Incident.Subject;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.replay.sample.Sample;
import parallax.coordinator.replay.scenario.Change;
import parallax.coordinator.replay.scenario.Expectations;
import parallax.coordinator.replay.scenario.ExpectedIncident;
import parallax.coordinator.replay.scenario.ExpectedIncident.End;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.Schedule;

/** Each file of the folder "broken" has a sibling that lists its problems, one a line. */
final class ScenarioReaderTest {
  private static final Path BROKEN =
      Path.of("src/test/resources/parallax/coordinator/replay/broken");

  static List<Path> broken() throws IOException {
    try (Stream<Path> files = Files.list(BROKEN)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("broken")
  void saysEveryProblemWithItsPlace(Path file) throws IOException {
    Problems problems = new Problems();
    assertThat(ScenarioReader.read(file, ByteBuffer.wrap(Files.readAllBytes(file)), problems))
        .isEmpty();
    assertThat(problems.errors().stream().map(Problem::toString))
        .containsExactlyElementsOf(
            Files.readAllLines(Path.of(file.toString().replace(".yaml", ".expected"))).stream()
                .map(line -> file + ":" + line)
                .toList());
  }

  @Test
  void thereAreAtLeastADozen() throws IOException {
    assertThat(broken()).hasSizeGreaterThanOrEqualTo(12);
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    Scenario scenario =
        Sample.of(Sample.HEAD.replaceFirst("schedule: .*\n", "") + "events: []\nexpect: {}\n");
    assertThat(scenario.noise()).isZero();
    assertThat(scenario.timeoutMs()).isEqualTo(10_000);
    assertThat(scenario.schedule()).isEqualTo(Schedule.DEFAULT);
    assertThat(scenario.origin()).isEmpty();
  }

  @Test
  void everyFieldIsRead() {
    Scenario scenario =
        Sample.of(
            Sample.HEAD.replace("seed: 42", "seed: 18446744073709551615")
                + """
                origin: 2021-10-04T15:30:00Z
                covers: [GLOBAL, bgp]
                noise: 0.002
                timeout_s: 2.5
                events: []
                expect: {}
                """);
    assertThat(scenario.seed()).isEqualTo(-1);
    assertThat(scenario.origin()).contains(Instant.parse("2021-10-04T15:30:00Z"));
    assertThat(scenario.covers()).containsExactly("GLOBAL", "bgp");
    assertThat(scenario.noise()).isEqualTo(0.002);
    assertThat(scenario.timeoutMs()).isEqualTo(2_500);
    assertThat(scenario.durationMs()).isEqualTo(600_000);
    assertThat(scenario.schedule())
        .isEqualTo(new Schedule(60_000, 60_000, 300_000, 300_000, 60_000));
    assertThat(scenario.targets().getFirst().accept()).containsExactly(200, 204);
    assertThat(scenario.targets().getFirst().web().region()).contains("us-east-1");
  }

  @Test
  void eventsAreNumberedInTheOrderOfTheFile() {
    Scenario scenario =
        Sample.withEvents(
            """
            - {note: first, at: [1.5, end], delivery: {delay_s: [1, 2.5], duplicate: 3}}
            - {at: [0, 9], see: {http: 503}, p: [0.5, 1], sticky: true}
            """);
    assertThat(scenario.events()).extracting("index").containsExactly(0, 1);
    assertThat(scenario.events().getFirst().startMs()).isEqualTo(1_500);
    assertThat(scenario.events().getFirst().endMs()).isEqualTo(600_000);
    assertThat(scenario.events().getFirst().change())
        .isEqualTo(new Change.Delivery(false, OptionalLong.empty(), 1_000, 2_500, 3));
    Change.See see = (Change.See) scenario.events().getLast().change();
    assertThat(see.probability(0)).isEqualTo(0.5);
    assertThat(see.probability(0.5)).isEqualTo(0.75);
    assertThat(see.sticky()).isTrue();
  }

  @Test
  void expectationsAreRead() {
    Expectations expect =
        Sample.expecting(
                """
                incidents:
                  - {name: a, subject: service, targets: [shop], may_include: [blog],
                     scope: [REGIONAL, PARTIAL], regions: [east],
                     cause: {layer: dns, culprit: ['dns:dyn', 'asn:64601']}, onset_s: 60,
                     until_s: 300, open_within_s: 75, cause_within_s: 240, pages: 2,
                     resolve_s: [400, 800]}
                  - {name: b, subject: service, targets: [shop], onset_s: 0, resolve_s: open}
                  - {name: c, subject: vantage, culprit: monitoring, onset_s: 60}
                allow:
                  - {subject: vantage, culprit: ['probe:p1']}
                  - {targets: [blog], scope: REGIONAL}
                forbid:
                  - {scope: [GLOBAL], targets: all}
                  - {scope: [PARTIAL], targets: [blog], at: [10, end]}
                states:
                  - {targets: [shop], state: UNKNOWN, throughout_s: [10, 20]}
                totals: {pages: 0, notices: 1}
                """)
            .expect();
    assertThat(expect.incidents().getFirst())
        .isEqualTo(
            new ExpectedIncident(
                "a",
                Subject.SERVICE,
                List.of("shop"),
                List.of("blog"),
                List.of(Scope.REGIONAL, Scope.PARTIAL),
                List.of("east"),
                List.of(Layer.DNS),
                List.of("dns:dyn", "asn:64601"),
                60_000,
                300_000,
                OptionalLong.of(75_000),
                OptionalLong.of(240_000),
                2,
                Optional.of(new End.Within(400_000, 800_000))));
    assertThat(expect.incidents().get(1).end()).contains(new End.StillOpen());
    assertThat(expect.incidents().get(1).untilMs()).isEqualTo(600_000);
    assertThat(expect.incidents().get(2).culprits()).containsExactly("monitoring");
    assertThat(expect.allow())
        .containsExactly(
            new Expectations.Allowed(Subject.VANTAGE, List.of(), List.of(), List.of("probe:p1")),
            new Expectations.Allowed(
                Subject.SERVICE, List.of("blog"), List.of(Scope.REGIONAL), List.of()));
    assertThat(expect.forbid())
        .containsExactly(
            new Expectations.Forbidden(List.of(Scope.GLOBAL), List.of(), 0, 600_000),
            new Expectations.Forbidden(List.of(Scope.PARTIAL), List.of("blog"), 10_000, 600_000));
    assertThat(expect.states())
        .containsExactly(
            new Expectations.ExpectedState(
                List.of("shop"), List.of(TargetState.UNKNOWN), 10_000, 20_000));
    assertThat(expect.pages()).isEqualTo(OptionalInt.of(0));
    assertThat(expect.notices()).isEqualTo(OptionalInt.of(1));
  }

  @Test
  void anotherFileNameIsWorthAWarning() {
    Problems problems = new Problems();
    String yaml = Sample.HEAD + "events: []\nexpect: {}\n";
    assertThat(
            ScenarioReader.read(
                Path.of("copy.yaml"),
                ByteBuffer.wrap(yaml.getBytes(StandardCharsets.UTF_8)),
                problems))
        .isPresent();
    assertThat(problems.warnings().getFirst())
        .hasToString("copy.yaml:2:1: the file should be named sample.yaml");
  }
}
