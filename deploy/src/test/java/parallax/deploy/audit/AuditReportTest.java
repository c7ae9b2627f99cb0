package parallax.deploy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.deploy.command.ExitCode;
import parallax.deploy.terminal.Style;
import parallax.probe.audit.facts.HostFacts;
import parallax.probe.audit.facts.Subject;
import parallax.probe.audit.facts.World;
import parallax.probe.audit.facts.World.Untold;
import parallax.probe.audit.judge.AuditJudge.Judgement;
import parallax.probe.audit.judge.Concern;
import parallax.probe.audit.judge.Ending;
import parallax.probe.audit.judge.Severity;

final class AuditReportTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final String HOSTILE = "Evil\u001b[2J\nCRITICAL  \u202e";

  private static World world(List<Untold> untold) {
    TreeMap<String, HostFacts> hosts = new TreeMap<>();
    hosts.put("a.test", new HostFacts("a.test", Optional.empty(), List.of(), List.of()));
    return new World(
        List.of(new Subject("a", Optional.of("a.test"), Optional.empty(), false)),
        List.of(),
        hosts,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        untold);
  }

  private static Concern concern(Severity severity) {
    return new Concern(
        severity,
        Concern.Kind.TARGETS_ONE_AUTHORITY,
        "stand on " + HOSTILE,
        new TreeSet<>(List.of("a")),
        List.of(HOSTILE),
        "mend it");
  }

  @Test
  void whatComesFromTheNetworkCannotWriteOnTheTerminal() {
    Ending ending =
        new Ending(
            NOW.plus(Duration.ofDays(3)),
            Ending.Kind.SIGNATURE,
            HOSTILE,
            new TreeSet<>(List.of("a")));
    AuditReport report =
        new AuditReport(
            world(List.of(new Untold(HOSTILE, HOSTILE))),
            new Judgement(List.of(concern(Severity.NOTICE)), List.of(ending)),
            NOW);
    assertThat(report.lines(Style.PLAIN))
        .allSatisfy(line -> assertThat(line).doesNotContain("\u001b", "\n", "\u202e"));
    assertThat(report.json())
        .allSatisfy(
            object -> assertThat(object.encode()).doesNotContain("\u001b", "\\u001b", "\u202e"));
  }

  @Test
  void theExitStatusFollowsTheBound() {
    AuditReport report =
        new AuditReport(
            world(List.of()), new Judgement(List.of(concern(Severity.WARNING)), List.of()), NOW);
    assertThat(report.exitCode(Severity.CRITICAL)).isEqualTo(ExitCode.COULD_NOT_RUN);
    assertThat(report.exitCode(Severity.WARNING)).isEqualTo(ExitCode.NO);
    assertThat(report.exitCode(Severity.NOTICE)).isEqualTo(ExitCode.NO);
  }

  @Test
  void nothingSeenIsNoGoodNews() {
    AuditReport report =
        new AuditReport(
            world(List.of(new Untold("addresses of a.test", "timeout"))),
            new Judgement(List.of(), List.of()),
            NOW);
    assertThat(report.exitCode(Severity.WARNING)).isEqualTo(ExitCode.COULD_NOT_RUN);
    assertThat(report.lines(Style.PLAIN).getLast())
        .isEqualTo("nothing found, 1 target, 1 not told");
  }
}
