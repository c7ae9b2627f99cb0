package parallax.probe.bgp.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.rpki.Validity;
import parallax.probe.bgp.rpki.Vrp;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.net.Cidr;

/** Three incidents with known truth. Files: see the manifest of the sample data. */
final class ScenarioTest {
  private static final String FACEBOOK = "facebook-20211004";
  private static final String YOUTUBE = "youtube-20080224";
  private static final String RESET = "collector-reset";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @ParameterizedTest
  @ValueSource(strings = {FACEBOOK, YOUTUBE, RESET})
  void everyMinuteShowsWhatTheTruthShows(String name) {
    Map<Cidr, String> current = new LinkedHashMap<>();
    List<String[]> rows = new ArrayList<>(Scenario.rows(name + ".visibility.tsv"));
    List<Cidr> prefixes = rows.stream().map(row -> Cidr.parse(row[1])).distinct().toList();
    List<String> wrong = new ArrayList<>();
    Scenario.read(name)
        .run(
            prefixes,
            (minute, table) -> {
              while (!rows.isEmpty() && !Scenario.minute(rows.getFirst()[0]).isAfter(minute)) {
                String[] row = rows.removeFirst();
                current.put(Cidr.parse(row[1]), row[2] + " " + row[3] + " " + row[4]);
              }
              for (Cidr prefix : prefixes) {
                String seen = seen(table, prefix);
                if (!seen.equals(current.get(prefix))) {
                  wrong.add(minute + " " + prefix + ": " + seen + ", not " + current.get(prefix));
                }
              }
            });
    assertThat(rows).isEmpty();
    assertThat(wrong).isEmpty();
  }

  private static String seen(RouteTable table, Cidr prefix) {
    long up =
        table.peers().stream()
            .filter(peer -> peer.up() && peer.prefixes(prefix.ipv6()) > 0)
            .count();
    SortedMap<Long, Integer> origins = new TreeMap<>();
    List<RouteTable.Route> routes = table.routes(prefix);
    routes.forEach(route -> origins.merge(route.path().origin().orElse(0L), 1, Integer::sum));
    String text = origins.toString().replaceAll("[{} ]", "").replace('=', ':');
    return up + " " + routes.size() + " " + text;
  }

  @Test
  void facebookIsWithdrawnFallsBackAndComesBack() {
    List<String[]> expected =
        Scenario.rows("expected.tsv").stream().filter(row -> row[0].equals(FACEBOOK)).toList();
    List<Cidr> prefixes = expected.stream().map(row -> Cidr.parse(row[1])).toList();
    Scenario.Run run = Scenario.read(FACEBOOK).run(prefixes, (_, _) -> {});
    for (String[] row : expected) {
      List<RouteVerdict.Reached> story = chapters(run.reached(Cidr.parse(row[1])));
      if (row[4].isEmpty()) {
        assertThat(story.stream().map(RouteVerdict.Reached::reach))
            .as(row[1])
            .containsExactly(Reach.VISIBLE);
        continue;
      }
      boolean covered = row[1].startsWith("129.") || row[1].startsWith("2a03:");
      assertThat(story.stream().map(RouteVerdict.Reached::reach))
          .as(row[1])
          .containsExactly(
              Reach.VISIBLE,
              Reach.PARTIAL,
              covered ? Reach.FALLBACK : Reach.WITHDRAWN,
              Reach.RECOVERING,
              Reach.VISIBLE);
      withinTheMinuteBefore(story.get(1).since(), row[4]);
      withinTheMinuteBefore(story.get(2).since(), row[6]);
      withinTheMinuteBefore(story.get(3).since(), row[7]);
      withinTheMinuteBefore(story.get(4).since(), row[8]);
      assertThat(story.get(2).coveredBy().map(Cidr::prefixLength))
          .isEqualTo(covered ? Optional.of(row[1].contains(":") ? 32 : 17) : Optional.empty());
      assertThat(story.get(2).origins().keySet()).isSubsetOf(32934L);
      assertThat(story.get(2).tally().byCollector()).containsOnlyKeys("rrc00", "rrc24");
      assertThat(story.get(2).firstLoss().orElseThrow())
          .isBetween("2021-10-04T15:39:00Z", "2021-10-04T15:42:00Z");
      assertThat(story.get(4).lastLoss().orElseThrow()).isAfter("2021-10-04T15:46:00Z");
    }
    assertThat(run.verdicts()).allMatch(verdict -> verdict instanceof RouteVerdict.Reached);
  }

  /** The first of each reach: what covers a prefix may change while it is withdrawn. */
  private static List<RouteVerdict.Reached> chapters(List<RouteVerdict.Reached> told) {
    List<RouteVerdict.Reached> chapters = new ArrayList<>();
    for (RouteVerdict.Reached one : told) {
      Reach last = chapters.isEmpty() ? Reach.LEARNING : chapters.getLast().reach();
      boolean gone = last == Reach.WITHDRAWN || last == Reach.FALLBACK;
      boolean same = gone && (one.reach() == Reach.WITHDRAWN || one.reach() == Reach.FALLBACK);
      if (one.reach() != last && !same) {
        chapters.add(one);
      }
    }
    return chapters;
  }

  private static void withinTheMinuteBefore(Instant since, String row) {
    Instant minute = Scenario.minute(row);
    assertThat(since).isBetween(minute.minus(MINUTE), minute);
  }

  @Test
  void youtubeIsHijackedByAPartAndItsOwnPartsAreNone() {
    Cidr block = Cidr.parse("208.65.152.0/22");
    Cidr part = Cidr.parse("208.65.153.0/24");
    VrpTable payloads = new VrpTable();
    payloads.add(Vrp.of(block, 24, 36561));
    Scenario.Run run =
        Scenario.read(YOUTUBE)
            .run(
                List.of(block, Cidr.parse("208.117.224.0/19")),
                (_, _) -> {},
                watch -> watch.payloads(Optional.of(payloads)));
    List<RouteVerdict.ForeignOrigin> foreign = run.of(RouteVerdict.ForeignOrigin.class);
    assertThat(foreign)
        .allSatisfy(
            verdict -> {
              assertThat(verdict.prefix()).isEqualTo(block);
              assertThat(verdict.announced()).isEqualTo(part);
              assertThat(verdict.origin()).isEqualTo(17557);
              assertThat(verdict.normal()).containsExactly(36561L);
              assertThat(verdict.validity()).contains(Validity.INVALID);
            });
    assertThat(foreign.stream().map(RouteVerdict.ForeignOrigin::weight))
        .containsExactly(
            RouteVerdict.Weight.NOTICE, RouteVerdict.Weight.ALARM, RouteVerdict.Weight.OVER);
    withinTheMinuteBefore(foreign.get(1).since(), "2008-02-24T18:48Z");
    withinTheMinuteBefore(foreign.get(2).since(), "2008-02-24T21:02Z");
    assertThat(run.of(RouteVerdict.NewNeighbour.class)).isEmpty();
    assertThat(run.of(RouteVerdict.ValidityTurned.class)).isEmpty();
    assertThat(run.reached(block).stream().map(RouteVerdict.Reached::reach))
        .containsExactly(Reach.VISIBLE);
  }

  @Test
  void aCollectorThatLosesItsSessionsIsNoOutage() {
    Cidr prefix = Cidr.parse("198.18.0.0/24");
    Cidr ipv6 = Cidr.parse("2001:db8:100::/48");
    Scenario.Run run = Scenario.read(RESET).run(List.of(prefix, ipv6), (_, _) -> {});
    for (Cidr one : List.of(prefix, ipv6)) {
      List<RouteVerdict.Reached> story = run.reached(one);
      assertThat(story.stream().map(RouteVerdict.Reached::reach))
          .containsExactly(Reach.VISIBLE, Reach.LOCAL_COLLECTOR, Reach.VISIBLE);
      assertThat(story.get(1).collectors()).containsExactly("rrc24");
      assertThat(story.get(1).tally().known()).isEqualTo(12);
      assertThat(story.get(1).tally().visible()).isEqualTo(1);
      withinTheMinuteBefore(story.get(1).since(), "2026-01-15T10:06Z");
    }
  }

  @Test
  void anAnnouncementThatTurnsInvalidIsTold() {
    Cidr prefix = Cidr.parse("198.18.0.0/24");
    VrpTable others = new VrpTable();
    others.add(Vrp.of(prefix, 24, 64999));
    VrpTable own = new VrpTable();
    own.add(Vrp.of(prefix, 24, 64511));
    RouteTable table = new RouteTable(TableLimits.DEFAULT);
    RouteWatch watch = new RouteWatch(table, VisibilitySettings.DEFAULT);
    Scenario scenario = Scenario.read(RESET);
    Instant start = scenario.start();
    scenario.table().forEach(event -> watch.apply(event, start));
    watch.watch(prefix, List.of(), start);
    watch.payloads(Optional.of(own));
    assertThat(watch.tick(start)).hasSize(1);
    watch.payloads(Optional.of(others));
    assertThat(watch.tick(start.plusSeconds(1)))
        .containsExactly(
            new RouteVerdict.ValidityTurned(
                prefix,
                64511,
                Optional.of(Validity.VALID),
                Optional.of(Validity.INVALID),
                start.plusSeconds(1)));
  }

  @Test
  void aStreamThatFallsSilentIsBlindNotFine() {
    Cidr prefix = Cidr.parse("198.18.0.0/24");
    RouteTable table = new RouteTable(TableLimits.DEFAULT);
    RouteWatch watch = new RouteWatch(table, VisibilitySettings.DEFAULT);
    Scenario scenario = Scenario.read(RESET);
    Instant start = scenario.start();
    scenario.table().forEach(event -> watch.apply(event, start));
    watch.watch(prefix, List.of(), start);
    watch.tick(start);
    assertThat(watch.tick(start.plusSeconds(60))).isEmpty();
    assertThat(reaches(watch.tick(start.plusSeconds(61)))).containsExactly(Reach.BLIND);
    watch.alive("rrc00", start.plusSeconds(70));
    watch.alive("rrc24", start.plusSeconds(70));
    assertThat(reaches(watch.tick(start.plusSeconds(71)))).containsExactly(Reach.VISIBLE);
  }

  @Test
  void aBrokenFeedHasNoVoice() {
    Cidr prefix = Cidr.parse("198.18.0.0/24");
    RouteTable table = new RouteTable(TableLimits.DEFAULT);
    RouteWatch watch = new RouteWatch(table, VisibilitySettings.DEFAULT);
    Scenario scenario = Scenario.read(RESET);
    Instant start = scenario.start();
    scenario.table().forEach(event -> watch.apply(event, start));
    watch.watch(prefix, List.of(), start);
    watch.tick(start);
    for (RouteEvent listed : scenario.table()) {
      watch.apply(new RouteEvent.PeerUp(start, listed.peer()), start);
    }
    for (RouteEvent event : scenario.table()) {
      if (event instanceof RouteEvent.Listed listed) {
        for (int time = 0; time < 3; time++) {
          watch.apply(new RouteEvent.Withdrawn(start, listed.peer(), listed.prefix(), 0), start);
        }
      }
    }
    List<RouteVerdict> verdicts = new ArrayList<>();
    for (int second = 1; second < 600; second++) {
      watch.alive("rrc00", start.plusSeconds(second));
      watch.alive("rrc24", start.plusSeconds(second));
      verdicts.addAll(watch.tick(start.plusSeconds(second)));
    }
    assertThat(reaches(verdicts)).containsExactly(Reach.BLIND);
  }

  private static List<Reach> reaches(List<RouteVerdict> verdicts) {
    return verdicts.stream().map(verdict -> ((RouteVerdict.Reached) verdict).reach()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {FACEBOOK, YOUTUBE, RESET})
  void theOrderOfPeersWithinASecondAndRepetitionsChangeNothing(String name) {
    Scenario scenario = Scenario.read(name);
    List<Cidr> prefixes =
        Scenario.rows(name + ".visibility.tsv").stream()
            .map(row -> Cidr.parse(row[1]))
            .distinct()
            .toList();
    List<RouteVerdict> expected = scenario.run(prefixes, (_, _) -> {}).verdicts();
    List<RouteEvent> mixed = new ArrayList<>();
    TreeMap<Long, List<RouteEvent>> seconds = new TreeMap<>();
    for (RouteEvent event : scenario.events()) {
      seconds.computeIfAbsent(lastInstant(event), _ -> new ArrayList<>()).add(event);
    }
    Random random = new Random(5);
    for (List<RouteEvent> second : seconds.values()) {
      Map<Peer, List<RouteEvent>> peers = new LinkedHashMap<>();
      second.forEach(one -> peers.computeIfAbsent(one.peer(), _ -> new ArrayList<>()).add(one));
      List<List<RouteEvent>> left = new ArrayList<>(peers.values());
      while (!left.isEmpty()) {
        List<RouteEvent> peer = left.get(random.nextInt(left.size()));
        RouteEvent event = peer.removeFirst();
        mixed.add(event);
        if (random.nextInt(3) == 0) {
          mixed.add(event);
        }
        left.removeIf(List::isEmpty);
      }
    }
    Scenario other = new Scenario(scenario.start(), scenario.table(), mixed);
    assertThat(other.run(prefixes, (_, _) -> {}).verdicts()).isEqualTo(expected);
  }

  /** Events of one second are taken in before the next one is told. */
  private static long lastInstant(RouteEvent event) {
    return event.at().getEpochSecond();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void withFewKnownNothingIsEverCalledWithdrawn(long seed) {
    Random random = new Random(seed);
    Cidr prefix = Cidr.parse("198.51.100.0/24");
    RouteTable table = new RouteTable(TableLimits.DEFAULT);
    RouteWatch watch = new RouteWatch(table, VisibilitySettings.DEFAULT);
    Instant start = Instant.parse("2026-01-15T10:00:00Z");
    watch.watch(prefix, List.of(64511L), start);
    boolean everWithdrawn = false;
    for (int step = 0; step < 20_000; step++) {
      Instant now = start.plusSeconds(step * 20L);
      int asn = 1 + random.nextInt(24);
      Peer peer = new Peer("rrc0" + asn % 3, "192.0.2." + asn, asn);
      boolean bad = step / 500 % 2 == 1;
      RouteEvent event =
          switch (random.nextInt(bad ? 8 : 6)) {
            case 0 -> new RouteEvent.PeerDown(now, peer);
            case 1, 6, 7 -> new RouteEvent.Withdrawn(now, peer, prefix, 0);
            default ->
                bad
                    ? new RouteEvent.Withdrawn(now, peer, prefix, 0)
                    : new RouteEvent.Announced(now, peer, prefix, 0, Scenario.by(asn + " 64511"));
          };
      watch.apply(event, now);
      List.of("rrc00", "rrc01", "rrc02").forEach(source -> watch.alive(source, now));
      for (RouteVerdict verdict : watch.tick(now)) {
        if (verdict instanceof RouteVerdict.Reached reached
            && (reached.reach() == Reach.WITHDRAWN || reached.reach() == Reach.FALLBACK)) {
          everWithdrawn = true;
          assertThat(reached.tally().known()).isGreaterThanOrEqualTo(10);
        }
      }
    }
    assertThat(everWithdrawn).isTrue();
  }
}
