package parallax.coordinator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Outcome;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;

/** How soon readers are shown what a verdict rests on. */
final class BoardTest {
  private static final TargetName SHOP = new TargetName("shop");
  private static final Duration SOON = Duration.ofMillis(100);

  private Instant now = Examples.NOON;
  private int asked;
  private int looks;
  private int votes = 1;

  /** Says how often it was asked, in its confidence. */
  private final Decider decider =
      new Decider() {
        @Override
        public List<Effect> decide(Input input, Instant at) {
          return List.of();
        }

        @Override
        public Optional<Instant> due() {
          return Optional.empty();
        }

        @Override
        public Optional<Verdict> verdict(TargetName target) {
          asked++;
          List<Evidence> rests = Collections.nCopies(votes, Examples.evidence("shop", up(), now));
          return Optional.of(
              Judged.verdict(
                  target,
                  TargetState.UP,
                  Optional.empty(),
                  Optional.empty(),
                  Examples.NOON,
                  asked / 1000.0,
                  rests,
                  "one look decides"));
        }

        @Override
        public List<Incident> openIncidents() {
          return List.of();
        }
      };

  private final Board board = new Board(now);

  private static Outcome up() {
    return Outcome.up();
  }

  private void configured(int voters) {
    votes = voters;
    board.configure(Examples.configuration("r1", Examples.target("shop")), decider, Examples.NOON);
    board.publish(decider, now);
    asked = 0;
  }

  private double seenAfter(Duration time) {
    now = now.plus(time);
    looks++;
    board.saw(Examples.evidence("shop", up(), Examples.NOON.plusSeconds(looks)));
    board.publish(decider, now);
    return board.snapshot().target(SHOP).orElseThrow().verdict().confidence();
  }

  @Test
  void aFewVotesAreShownWithEachLook() {
    configured(Verdict.MAX_VOTES - 1);

    assertThat(seenAfter(SOON)).isEqualTo(0.001);
    assertThat(seenAfter(SOON)).isEqualTo(0.002);
    assertThat(seenAfter(SOON)).isEqualTo(0.003);
  }

  @Test
  void manyVotesAreShownOnceASecondAndNoneIsForgotten() {
    configured(Verdict.MAX_VOTES);

    double before = seenAfter(SOON);
    assertThat(seenAfter(SOON)).isEqualTo(before);
    assertThat(asked).isZero();
    assertThat(seenAfter(Board.MANY_EVERY)).isEqualTo(0.001);
    assertThat(seenAfter(SOON)).isEqualTo(0.001);

    now = now.plus(Board.MANY_EVERY);
    board.publish(decider, now);

    assertThat(board.snapshot().target(SHOP).orElseThrow().verdict().confidence()).isEqualTo(0.002);
  }

  @Test
  void aClockThatIsSetBackHoldsNothingUp() {
    configured(Verdict.MAX_VOTES);
    seenAfter(Board.MANY_EVERY);

    assertThat(seenAfter(Duration.ofMinutes(-10))).isEqualTo(0.002);
  }
}
