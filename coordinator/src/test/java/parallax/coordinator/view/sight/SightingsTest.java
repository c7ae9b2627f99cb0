package parallax.coordinator.view.sight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.target.Region;

final class SightingsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static Sightings.Seer seer(String probe, String region, int seconds) {
    return new Sightings.Seer(
        new ProbeName(probe), new Region(region), CheckKind.TLS, NOON.plusSeconds(seconds));
  }

  @Test
  void whatSeveralSeeIsKeptOnceAsItWasSeenLast() {
    Sightings<String> seen =
        Sightings.<String>none()
            .seeing("a 5 ms", "a", seer("one", "tokyo", 0))
            .seeing("a 7 ms", "a", seer("two", "lima", 1))
            .seeing("b 9 ms", "b", seer("three", "oslo", 2));
    assertThat(seen.all()).extracting(Sightings.Sighting::what).containsExactly("b 9 ms", "a 7 ms");
    assertThat(seen.all().getLast().regions())
        .containsExactly(new Region("lima"), new Region("tokyo"));
    assertThat(seen.all().getLast().at()).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void whoSeesAnotherThingDoesNotSeeTheOldOneAnyMore() {
    Sightings<String> seen =
        Sightings.<String>none()
            .seeing("a", "a", seer("one", "tokyo", 0))
            .seeing("b", "b", seer("one", "tokyo", 1));
    assertThat(seen.all()).extracting(Sightings.Sighting::what).containsExactly("b");
  }

  @Test
  void bothDifferentThingsAndThoseWhoSeeThemAreBounded() {
    Sightings<String> different = Sightings.none();
    Sightings<String> same = Sightings.none();
    for (int number = 0; number < 1000; number++) {
      Sightings.Seer seer = seer("p" + number, "tokyo", number);
      different = different.seeing("x" + number, "x" + number, seer);
      same = same.seeing("x", "x", seer);
    }
    assertThat(different.all())
        .hasSize(Sightings.MAX_KEPT)
        .first()
        .satisfies(newest -> assertThat(newest.what()).isEqualTo("x999"));
    assertThat(same.all())
        .singleElement()
        .satisfies(one -> assertThat(one.seers()).hasSize(Sightings.MAX_SEERS));
  }
}
