package parallax.coordinator.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** When a sign of life is due. */
final class RhythmTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void theFirstComesSoonAfterTheStart() {
    Rhythm rhythm = Rhythm.from(MINUTE);
    assertThat(rhythm.turn(Optional.empty(), MINUTE)).isInstanceOf(Turn.Rest.class);
    assertThat(rhythm.turn(Optional.empty(), MINUTE.plus(Rhythm.FIRST)))
        .isInstanceOf(Turn.Send.class);
  }

  @Test
  void whatIsHeldBackStaysDue() {
    Rhythm rhythm = Rhythm.from(Duration.ZERO);
    assertThat(rhythm.turn(Optional.of("ill"), MINUTE)).isEqualTo(new Turn.Silent("ill"));
    assertThat(rhythm.turn(Optional.empty(), MINUTE.plusSeconds(1))).isEqualTo(new Turn.Send());
  }

  @Test
  void troubleBeforeItsTimeIsNobodysBusiness() {
    assertThat(Rhythm.from(MINUTE).turn(Optional.of("ill"), MINUTE)).isEqualTo(new Turn.Rest());
  }

  @Test
  void neverComesLaterThanPromisedAndNeverMuchEarlier() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 1000; i++) {
      Duration due = Rhythm.after(MINUTE, MINUTE, false, random.nextDouble()).due();
      assertThat(due).isBetween(Duration.ofSeconds(114), Duration.ofSeconds(120));
    }
  }

  @Test
  void whatDidNotArriveIsSentAgainBeforeTheNextIsDue() {
    assertThat(Rhythm.after(MINUTE, MINUTE, true, 0).due()).isEqualTo(MINUTE.plus(Rhythm.RETRY));
    Duration often = Duration.ofSeconds(10);
    assertThat(Rhythm.after(MINUTE, often, true, 0).due()).isEqualTo(MINUTE.plus(often));
  }
}
