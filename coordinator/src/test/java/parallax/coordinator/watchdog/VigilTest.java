package parallax.coordinator.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** When a coordinator may be said to work. */
final class VigilTest {
  private static final Signs WELL =
      new Signs(Optional.empty(), Optional.empty(), Optional.empty(), true, 0);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static Signs waiting(int effects) {
    return new Signs(Optional.empty(), Optional.empty(), Optional.empty(), true, effects);
  }

  private static Duration at(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  /** One that works since the start. */
  private static Vigil proven() {
    return Vigil.since(at(0)).answered(at(0), true).looked(WELL, at(1));
  }

  @Test
  void worksWhileEverythingIsDecidedAndRecorded() {
    Vigil vigil = proven();
    for (int second = 1; second < 1000; second++) {
      vigil = vigil.answered(at(second), true).looked(WELL, at(second).plus(SECOND));
      assertThat(vigil.trouble(WELL, at(second).plus(SECOND))).isEmpty();
    }
  }

  @Test
  void saysNothingBeforeAnythingIsKnown() {
    Vigil vigil = Vigil.since(at(0)).looked(WELL, at(1));
    assertThat(vigil.trouble(WELL, at(1))).hasValue("nothing is known to be recorded yet");
  }

  @Test
  void whatIsWrongAtOnceIsNamed() {
    Signs stuck =
        new Signs(Optional.of("stuck"), Optional.of("full"), Optional.of("few"), false, 0);
    Signs full = new Signs(Optional.empty(), Optional.of("full"), Optional.of("few"), false, 0);
    Signs few = new Signs(Optional.empty(), Optional.empty(), Optional.of("too few"), false, 0);
    Signs old = new Signs(Optional.empty(), Optional.empty(), Optional.empty(), false, 0);
    assertThat(proven().trouble(stuck, at(2))).hasValue("stuck");
    assertThat(proven().trouble(full, at(2))).hasValue("full");
    assertThat(proven().trouble(few, at(2))).hasValue("too few");
    assertThat(proven().trouble(old, at(2))).hasValue("the configuration is not in force yet");
    assertThat(proven().trouble(WELL, at(2))).isEmpty();
  }

  @Test
  void aQuestionThatIsNotAnsweredEndsItAfterTheBoundAndNotBefore() {
    Vigil vigil = proven().looked(WELL, at(61));
    assertThat(vigil.trouble(WELL, Vigil.MAX_BEHIND)).isEmpty();
    assertThat(vigil.trouble(WELL, Vigil.MAX_BEHIND.plus(SECOND)))
        .hasValue("observations wait for too long to be recorded");
    assertThat(vigil.answered(at(50), true).trouble(WELL, at(61))).isEmpty();
  }

  @Test
  void whatGotLostSilencesUntilSomethingLaterIsKept() {
    Vigil vigil = proven().answered(at(5), false);
    assertThat(vigil.trouble(WELL, at(6)))
        .hasValue("observations got lost on their way to the store");
    assertThat(vigil.answered(at(4), true).trouble(WELL, at(6))).isPresent();
    assertThat(vigil.answered(at(6), true).trouble(WELL, at(7))).isEmpty();
  }

  @Test
  void answersMayComeInAnyOrder() {
    Vigil vigil = proven().answered(at(9), true).answered(at(8), true);
    assertThat(vigil.proven()).hasValue(at(9));
  }

  @Test
  void decisionsThatNobodyTakesEndIt() {
    Vigil vigil = proven();
    for (int second = 1; second <= 61; second++) {
      vigil = vigil.answered(at(second), true).looked(waiting(7), at(second));
      assertThat(vigil.trouble(waiting(7), at(second))).isEmpty();
    }
    vigil = vigil.answered(at(62), true).looked(waiting(8), at(62));
    assertThat(vigil.trouble(waiting(8), at(62)))
        .hasValue("decisions wait for too long to be recorded");
    vigil = vigil.looked(waiting(3), at(63));
    assertThat(vigil.trouble(waiting(3), at(63))).isEmpty();
  }

  @Test
  void aQueueThatIsNeverEmptyButMovesIsFine() {
    SplittableRandom random = new SplittableRandom(7);
    Vigil vigil = proven();
    for (int second = 1; second < 10_000; second++) {
      Signs busy = waiting(1 + random.nextInt(1000));
      vigil = vigil.answered(at(second), true).looked(busy, at(second));
      assertThat(vigil.trouble(busy, at(second))).isEmpty();
    }
  }
}
