package parallax.coordinator.replay.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws, against the vectors that scenarios are specified with. */
final class DrawsTest {
  @Test
  void hashesAndMixesAsSpecified() {
    assertThat(Draws.text(Draws.EMPTY, "a")).isEqualTo(0xaf63dc4c8601ec8cL);
    assertThat(Draws.mix(0)).isEqualTo(0xe220a8397b1dcdafL);
  }

  @Test
  void drawsAsSpecified() {
    // The specification leaves out the first part of this key; it is the one of noise.
    assertThat(new Draws(42).draw(Draws.text(Draws.EMPTY, "noise|p01|shop|web|60000")))
        .isEqualTo(0.2461029100688169);
    assertThat(new Draws(7).draw(Draws.text(Draws.EMPTY, "3|p05|notion")))
        .isEqualTo(0.05229203807500504);
  }

  @Test
  void aKeyMadePartAfterPartIsTheSameKey() {
    long parts = Draws.number(Draws.EMPTY, 3);
    parts = Draws.barText(Draws.barText(parts, "p05"), "notion");
    parts = Draws.barNumber(parts, 60_000);
    assertThat(parts).isEqualTo(Draws.text(Draws.EMPTY, "3|p05|notion|60000"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 10, 99, 100, 1_000_000, Long.MAX_VALUE})
  void numbersAreHashedInDecimal(long number) {
    assertThat(Draws.number(Draws.EMPTY, number))
        .isEqualTo(Draws.text(Draws.EMPTY, Long.toString(number)));
  }
}
