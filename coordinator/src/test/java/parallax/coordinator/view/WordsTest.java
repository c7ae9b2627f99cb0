package parallax.coordinator.view;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.testing.Examples.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Told;

final class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT59.9S, 59s",
    "PT1M, 1m",
    "PT2M5S, 2m 5s",
    "PT3H, 3h",
    "PT25H, 1d 1h",
    "-PT5S, 0s"
  })
  void aLengthOfTimeIsToldInItsLargestUnits(Duration time, String words) {
    assertThat(Words.of(time)).isEqualTo(words);
  }

  @Test
  void anIncidentIsToldInOneSentence() {
    assertThat(Words.of(incident(Optional.empty(), "a", "b", "c")))
        .isEqualTo(
            "a and 2 more are not working: TCP: connection refused: 127.0.0.1:8080"
                + " <b>&\"quoted\"</b>; for everybody; since 2026-03-01T12:00:00Z");
    assertThat(Words.of(incident(Optional.of(NOON.plusSeconds(125)), "a")))
        .startsWith("a works again after 2m 5s; it was TCP: connection refused");
  }

  @Test
  void regionsAndASharedCulpritAreNamed() {
    Incident plain = incident(Optional.empty(), "a", "b");
    Cause cause = new Cause(plain.cause().layer(), plain.cause().finding(), "cdn:fastly");
    Incident regional = labelled(plain, Scope.REGIONAL, List.of(new Region("tokyo")), cause);
    assertThat(Words.of(regional))
        .contains("through cdn:fastly; from tokyo only; since 2026-03-01T12:00:00Z");
  }

  @Test
  void troubleOfOurOwnNamesTheProbe() {
    Finding finding = new Finding(Reason.PROBE_FAILS_EVERYWHERE, "5 of 6 checks fail there");
    Incident ours =
        new Incident(
            new IncidentId("v"),
            Incident.Subject.VANTAGE,
            List.of(),
            Scope.PROBE_LOCAL,
            List.of(),
            new Cause(Optional.empty(), finding, "probe:tokyo-1"),
            NOON,
            NOON,
            Optional.of(NOON),
            Optional.empty(),
            0,
            List.of(),
            List.of(),
            Why.rule("5 of 6 checks fail there"));
    assertThat(Words.of(ours))
        .isEqualTo(
            "our own side, probe:tokyo-1: fails where others succeed: 5 of 6 checks fail there");
  }

  @Test
  void aBlockIsToldAsOneWhileItLastsAndAfterwards() {
    assertThat(Words.of(Told.blocked()))
        .isEqualTo(
            "shop works, but is blocked in tokyo: HTTP 451, unavailable for legal reasons"
                + " (2 probes); since 2026-03-01T11:59:30Z");
    assertThat(Words.of(Told.over()))
        .isEqualTo(
            "shop works again after 5m 30s; it was blocked in tokyo:"
                + " HTTP 451, unavailable for legal reasons (2 probes)");
    assertThat(Words.of(Told.shared())).startsWith("shop and 1 more are not working: TCP");
  }

  @Test
  void aVerdictIsToldInOneSentence() {
    assertThat(Words.of(Told.blocked("shop")))
        .startsWith("works, but is blocked in tokyo: HTTP 451")
        .endsWith("; since 2026-03-01T11:57:55Z");
    assertThat(Words.of(Told.slow("shop")))
        .isEqualTo(
            "up, but HTTP: slower than allowed, in tokyo only (2 of 6 probes);"
                + " since 2026-03-01T11:57:55Z");
    assertThat(Words.of(Examples.verdict("shop", TargetState.DOWN, NOON)))
        .isEqualTo(
            "down: TCP: connection refused: 127.0.0.1:8080 <b>&\"quoted\"</b>;"
                + " unconfirmed: seen from one place only; since 2026-03-01T12:00:00Z");
    assertThat(Words.of(Examples.verdict("shop", TargetState.UNKNOWN, NOON)))
        .startsWith("unknown: one look decides; since ");
  }

  private static Incident labelled(Incident was, Scope scope, List<Region> regions, Cause cause) {
    return new Incident(
        was.id(),
        was.subject(),
        was.targets(),
        scope,
        regions,
        cause,
        was.onset(),
        was.opened(),
        was.published(),
        was.resolved(),
        was.reopened(),
        was.votes(),
        was.well(),
        was.why());
  }

  private static Incident incident(Optional<Instant> resolved, String... targets) {
    Incident open =
        Judged.incident(
            "i",
            List.of(targets).stream().map(TargetName::new).toList(),
            Scope.GLOBAL,
            Examples.cause(),
            NOON,
            NOON,
            List.of());
    return resolved.map(at -> Judged.resolved(open, at)).orElse(open);
  }
}
