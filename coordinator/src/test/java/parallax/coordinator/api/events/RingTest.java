package parallax.coordinator.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RingTest {
  private final Ring ring = new Ring("19af");

  private void add(int events) {
    for (int event = 0; event < events; event++) {
      ring.add(Event.change(event, 0));
    }
  }

  @Test
  void tellsWhatCameAfterAnEvent() {
    add(3);
    assertThat(ring.position()).isEqualTo("19af-3");
    assertThat(ring.after("19af-3").orElseThrow().length()).isZero();
    assertThat(ring.after("19af-1").orElseThrow().toString())
        .isEqualTo(
            """
            id: 19af-2
            event: change
            data: {"verdicts":1,"incidents":0}

            id: 19af-3
            event: change
            data: {"verdicts":2,"incidents":0}

            """);
    assertThat(ring.after("19af-0")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "19af-4",
        "19ae-1",
        "",
        "x",
        "19af-",
        "-1",
        "19af-1\n",
        "19af-9999999999999999999"
      })
  void whatItDidNotNumberItCannotTell(String id) {
    add(3);
    assertThat(ring.after(id)).isEmpty();
  }

  @Test
  void forgetsTheOldest() {
    add(Ring.MAX_EVENTS + 2);
    assertThat(ring.after("19af-1")).isEmpty();
    assertThat(ring.after("19af-2").orElseThrow().toString()).startsWith("id: 19af-3\n");
  }

  @Test
  void keepsNoMoreTextThanItMay() {
    String large = "\"" + "x".repeat(Ring.MAX_CHARACTERS / 4) + "\"";
    for (int event = 0; event < 8; event++) {
      ring.add(new Event("incident", large));
    }
    assertThat(ring.after("19af-4")).isEmpty();
    assertThat(ring.after("19af-5").orElseThrow().length()).isLessThan(Ring.MAX_CHARACTERS);
  }
}
