package parallax.probe.dns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.dns.delegation.Walk;

/** Who goes along with whom, and where to. */
final class ZoneWalksTest {
  private static final String HOST = "www.example.test";
  private static final Duration LONG = Duration.ofSeconds(8);

  @Test
  void whoWantsToTheSameZoneAtTheSameTimeGoesAlong() {
    try (Loopback names = new Loopback()) {
      ZoneWalks walks = names.walks();
      List<Walk> both = together(names, walks, "other.example.test", LONG);
      assertThat(both.getFirst()).isSameAs(both.getLast());
      assertThat(both.getFirst().delegation()).isPresent();
      assertThat(names.asked("3.")).hasSize(2);
    }
  }

  @Test
  void whoComesLaterSeesTheTruthOfThen() {
    try (Loopback names = new Loopback()) {
      ZoneWalks walks = names.walks();
      Walk first = names.on(_ -> walks.walkTo(HOST, Loopback.usual()));
      Walk second = names.on(_ -> walks.walkTo(HOST, Loopback.usual()));
      assertThat(first).isNotSameAs(second);
      assertThat(names.asked("3.")).hasSize(4);
    }
  }

  @ParameterizedTest(name = "{0} beside one of 8 s: together {1}")
  @CsvSource({"PT3S, false", "PT7S, false", "PT9S, true", "PT30S, false"})
  void whoHasLessTimeOrMuchMoreGoesAlone(Duration time, boolean along) {
    try (Loopback names = new Loopback()) {
      ZoneWalks walks = names.walks();
      List<Walk> both = together(names, walks, HOST, time);
      if (along) {
        assertThat(both.getLast()).isSameAs(both.getFirst());
      } else {
        assertThat(both.getLast()).isNotSameAs(both.getFirst());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.test, example.test.",
    "a.b.c.example.test, example.test.",
    "example.test, example.test.",
    "test, test.",
    "shop.example.co.uk, example.co.uk.",
    "co.uk, co.uk.",
  })
  void theWayLeadsToTheZoneThatWasRegistered(String host, String zone) {
    try (Loopback names = new Loopback()) {
      ZoneWalks walks = names.walks();
      assertThat(names.on(_ -> walks.walkTo(host, Loopback.usual())).zone()).hasToString(zone);
    }
  }

  /** A walk to the usual host and another that begins while it is under way. */
  private static List<Walk> together(Loopback names, ZoneWalks walks, String other, Duration time) {
    // The suffixes are read beforehand, so that both begin at once.
    names.on(_ -> walks.walkTo(HOST, Loopback.usual()));
    names.forget();
    return names.on(
        _ -> {
          Future<Walk> one = walks.walkTo(HOST, Loopback.within(LONG));
          Future<Walk> two = walks.walkTo(other, Loopback.within(time));
          return Future.join(one, two).map(_ -> List.of(one.result(), two.result()));
        });
  }
}
