package parallax.coordinator.sight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.observation.Facts;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.TraceSeen;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Told;

/** Of an incident of {@code shop} that lasts, read from a real record. */
final class WaysTest {
  @TempDir Path folder;

  private Store store;
  private final Incident incident = Told.blocked();
  private final String target = incident.targets().getFirst().value();

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Facts by(String router) {
    return Facts.NONE.withReach(
        ReachSeen.of(
            new TraceSeen(
                "192.0.2.80:443",
                List.of(new TraceSeen.Hop(Optional.of(router), Optional.of(Duration.ofMillis(3)))),
                TraceSeen.End.SILENT)));
  }

  private Evidence look(Duration afterOnset, Facts facts) {
    return Examples.evidence(target, Examples.REFUSED, incident.onset().plus(afterOnset), facts);
  }

  private List<String> routers(Instant now) {
    return Ways.of(store, incident, now).stream()
        .map(way -> way.trace().hops().getFirst().by().orElseThrow())
        .toList();
  }

  @Test
  void theLastWayOfEachProbeIsTold() {
    store.append(
        List.of(
            look(Duration.ofSeconds(30), by("192.0.2.1")),
            look(Duration.ofSeconds(330), by("192.0.2.2")),
            look(Duration.ofSeconds(345), Facts.NONE)));
    Instant now = incident.onset().plusSeconds(400);
    assertThat(routers(now)).containsExactly("192.0.2.2");
    Ways.Way way = Ways.of(store, incident, now).getFirst();
    assertThat(way.target().value()).isEqualTo(target);
    assertThat(way.at()).isEqualTo(incident.onset().plusSeconds(330));
    assertThat(way.probe()).isEqualTo(Examples.EMBEDDED.probe());
  }

  @Test
  void thoseOfTheBeginningAreToldWhereNoneWasFollowedSince() {
    store.append(List.of(look(Duration.ofSeconds(30), by("192.0.2.1"))));
    assertThat(routers(incident.onset().plus(Duration.ofDays(2)))).containsExactly("192.0.2.1");
  }

  @Test
  void whatWasSeenLongBeforeIsOfNoInterest() {
    store.append(List.of(look(Duration.ofHours(-1), by("192.0.2.1"))));
    assertThat(routers(incident.onset().plusSeconds(60))).isEmpty();
  }

  @Test
  void ofManyLooksTheNewestAreReadAndNoMore() {
    List<Evidence> looks = new ArrayList<>();
    looks.add(look(Duration.ofSeconds(1), by("192.0.2.1")));
    for (int at = 0; at < 400; at++) {
      looks.add(look(Duration.ofMillis(2_000 + at), Facts.NONE));
    }
    store.append(looks);
    assertThat(routers(incident.onset().plusSeconds(60))).isEmpty();
    store.append(List.of(look(Duration.ofSeconds(3), by("192.0.2.2"))));
    assertThat(routers(incident.onset().plusSeconds(60))).containsExactly("192.0.2.2");
  }
}
