package parallax.probe.bgp.watch.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.routes.Document;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.watch.Wanted;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;

class StoredTablesTest {
  private static final Path TABLE =
      Path.of("src/test/resources/parallax/probe/bgp/mrt/lab.gobgp-table.mrt");

  private static final Fetch FETCH =
      new Fetch("test", NetworkPolicy.forOperator(List.of(), List.of()));

  @ParameterizedTest
  @CsvSource({
    "https://data.ris.ripe.net/rrc21/2026.01/bview.20260115.0800.gz, rrc21",
    "facebook-20211004.rrc00.bview.mrt.gz, rrc00",
    "https://archive.example/route-views.sydney/bgpdata/2026.01/RIBS/rib.bz2, route-views.sydney",
    "tables/router-one.mrt, router-one.mrt",
  })
  void aCollectorHasTheNameThatALiveStreamGivesIt(String place, String collector) {
    assertThat(StoredTables.collector(place)).isEqualTo(collector);
  }

  @Test
  void aSmallTableIsTakenWhole() throws InterruptedException {
    List<RouteEvent> events = new ArrayList<>();
    StoredTables.read(new Document.InFile(TABLE), Wanted.NOTHING, FETCH, events::addAll);
    assertThat(events).hasSize(3).allMatch(event -> event instanceof RouteEvent.Listed);
  }

  @Test
  void whatIsWantedLaterIsReadWithoutWhatWasHeardOfSince() throws InterruptedException {
    List<RouteEvent> all = new ArrayList<>();
    StoredTables.read(new Document.InFile(TABLE), Wanted.NOTHING, FETCH, all::addAll);
    Cidr old = ((RouteEvent.Listed) all.get(0)).prefix();
    Cidr late = ((RouteEvent.Listed) all.get(1)).prefix();
    assertThat(late).isNotEqualTo(old);
    Wanted before = Wanted.of(List.of(old));
    Wanted now = Wanted.of(List.of(old, late));
    assertThat(now.hasMoreThan(before)).isTrue();
    assertThat(before.hasMoreThan(now)).isFalse();
    List<RouteEvent> more = new ArrayList<>();
    StoredTables.readMore(new Document.InFile(TABLE), before, now, FETCH, more::addAll);
    assertThat(more)
        .isNotEmpty()
        .allSatisfy(event -> assertThat(((RouteEvent.Listed) event).prefix()).isEqualTo(late));
  }

  @Test
  void whatIsNotThereIsPassedOver() throws InterruptedException {
    List<RouteEvent> events = new ArrayList<>();
    StoredTables.read(new Document.InFile(Path.of("none")), Wanted.NOTHING, FETCH, events::addAll);
    assertThat(events).isEmpty();
  }
}
