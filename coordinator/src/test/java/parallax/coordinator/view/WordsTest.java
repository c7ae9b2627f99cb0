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
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;

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
            "a and 2 more is not working: TCP: connection refused: 127.0.0.1:8080"
                + " <b>&\"quoted\"</b>; for everybody; since 2026-03-01T12:00:00Z");
    assertThat(Words.of(incident(Optional.of(NOON.plusSeconds(125)), "a")))
        .startsWith("a works again after 2m 5s; it was TCP: connection refused");
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
