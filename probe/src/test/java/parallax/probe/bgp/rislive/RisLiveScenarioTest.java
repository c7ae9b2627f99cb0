package parallax.probe.bgp.rislive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.bgp.mrt.MrtFile;
import parallax.probe.bgp.mrt.MrtReader;
import parallax.probe.bgp.rislive.message.Frames;
import parallax.probe.bgp.rislive.server.LocalRisLive;
import parallax.probe.bgp.rislive.wire.Dialer;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.rpki.Vrp;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.net.Cidr;
import parallax.probe.net.HostGate;
import parallax.probe.net.NetworkPolicy;

/** Three incidents with known truth, as RIS Live would have told them. */
@Timeout(120)
final class RisLiveScenarioTest {
  private static final String FACEBOOK = "facebook-20211004";
  private static final String YOUTUBE = "youtube-20080224";
  private static final String RESET = "collector-reset";
  private static final Path BESIDE = Path.of("../../shared/data/bgp/scenarios");
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Of peers that go on talking while others are silent. */
  private static final Cidr OTHERS = Cidr.parse("203.0.113.0/24");

  @ParameterizedTest
  @ValueSource(strings = {FACEBOOK, YOUTUBE, RESET})
  void theFramesTellWhatTheListOfEventsTells(String name) {
    List<RouteEvent> events = Frames.events(Frames.scenario(name));
    assertThat(events.stream().map(Replay::told).toList())
        .containsExactlyInAnyOrderElementsOf(Replay.told(name));
    assertThat(byPeer(events.stream().map(Replay::told).toList()))
        .isEqualTo(byPeer(Replay.told(name)));
  }

  /** Peers are independent; the order of what one of them says counts. */
  private static Map<String, List<String>> byPeer(List<String> told) {
    return told.stream()
        .collect(
            Collectors.groupingBy(
                line -> line.substring(0, line.indexOf(' ', line.indexOf(' ') + 1)),
                TreeMap::new,
                Collectors.toList()));
  }

  /** Next hops, communities and all else included. */
  @ParameterizedTest
  @ValueSource(strings = {FACEBOOK, YOUTUBE, RESET})
  void theFramesTellWhatTheStoredMessagesTell(String name) throws IOException {
    assumeThat(BESIDE).isDirectory();
    List<RouteEvent> stored = new ArrayList<>();
    for (String collector : List.of("rrc00", "rrc24")) {
      Path file = BESIDE.resolve(name + "." + collector + ".updates.mrt.gz");
      assumeThat(Files.exists(file)).isTrue();
      try (InputStream in = MrtFile.open(file)) {
        MrtReader.read(in, collector, stored::add);
      }
    }
    stored.removeIf(
        event -> event instanceof RouteEvent.PeerDown down && down.transition().before() != 6);
    assertThat(timeless(Frames.events(Frames.scenario(name)))).isEqualTo(timeless(stored));
  }

  /** By peer, each with the time and the states left out: the frames have hundredths of seconds. */
  private static Map<String, List<RouteEvent>> timeless(List<RouteEvent> events) {
    return events.stream()
        .map(RisLiveScenarioTest::timeless)
        .collect(
            Collectors.groupingBy(
                event -> event.peer().toString(), TreeMap::new, Collectors.toList()));
  }

  private static RouteEvent timeless(RouteEvent event) {
    Instant at = Instant.EPOCH;
    Peer peer = event.peer();
    return switch (event) {
      case RouteEvent.Announced a ->
          new RouteEvent.Announced(at, peer, a.prefix(), a.pathId(), a.attributes());
      case RouteEvent.Withdrawn w -> new RouteEvent.Withdrawn(at, peer, w.prefix(), w.pathId());
      case RouteEvent.PeerUp _ -> new RouteEvent.PeerUp(at, peer);
      case RouteEvent.PeerDown _ -> new RouteEvent.PeerDown(at, peer);
      case RouteEvent.Listed _, RouteEvent.EndOfTable _ -> event;
    };
  }

  @ParameterizedTest
  @CsvSource({
    FACEBOOK + ", true", YOUTUBE + ", true", RESET + ", true",
    FACEBOOK + ", false", YOUTUBE + ", false", RESET + ", false"
  })
  void everyMinuteShowsWhatTheTruthShowsAndTheVerdictsAreAsWritten(String name, boolean webSocket) {
    List<RouteEvent> heard = throughTheService(name, webSocket);
    Replay replay = Replay.of(name, heard, payloads());
    assertThat(replay.wrong()).isEmpty();
    switch (name) {
      case FACEBOOK -> facebook(replay.verdicts());
      case YOUTUBE -> youtube(replay.verdicts());
      default -> reset(replay.verdicts());
    }
  }

  private static List<RouteEvent> throughTheService(String name, boolean webSocket) {
    List<String> frames = Frames.scenario(name);
    int expected = Frames.events(frames).size();
    Told told = new Told();
    try (LocalRisLive service = LocalRisLive.start(0);
        RisLiveSource source = source(webSocket ? service.webSocket() : service.stream())) {
      SortedSet<Cidr> wanted = RisLiveSourceTest.prefixes(OTHERS);
      wanted.addAll(Replay.prefixes(name));
      source.start(told);
      source.want(wanted);
      int subscriptions = webSocket ? 1 + wanted.size() : 3;
      await().atMost(LONG).until(() -> service.subscriptions() == subscriptions);
      service.publish(frames);
      await().atMost(LONG).until(() -> told.events().size() >= expected);
      assertThat(source.figures().malformed()).isZero();
    }
    assertThat(told.connection()).containsExactly("connected");
    List<RouteEvent> events = new ArrayList<>(told.events());
    if (!webSocket) {
      // Sessions come on a stream of their own.
      events.sort(Comparator.comparing(RouteEvent::at));
    }
    assertThat(events).hasSize(expected);
    return events;
  }

  private static RisLiveSource source(URI address) {
    return new RisLiveSource(
        RisLiveSettings.of(address),
        InstantSource.system(),
        new Random(1),
        Dialer.real(new HostGate(NetworkPolicy.forOperator(List.of(), List.of()))));
  }

  private static Optional<VrpTable> payloads() {
    VrpTable payloads = new VrpTable();
    payloads.add(Vrp.of(Cidr.parse("208.65.152.0/22"), 24, 36561));
    return Optional.of(payloads);
  }

  private static List<RouteVerdict.Reached> reached(List<RouteVerdict> verdicts, String prefix) {
    return verdicts.stream()
        .filter(RouteVerdict.Reached.class::isInstance)
        .map(RouteVerdict.Reached.class::cast)
        .filter(verdict -> verdict.prefix().equals(Cidr.parse(prefix)))
        .toList();
  }

  private static String chapters(List<RouteVerdict> verdicts, String prefix) {
    return reached(verdicts, prefix).stream()
        .map(verdict -> verdict.reach().name())
        .collect(Collectors.joining(" "));
  }

  private static void facebook(List<RouteVerdict> verdicts) {
    assertThat(chapters(verdicts, "129.134.30.0/23"))
        .isEqualTo("VISIBLE PARTIAL FALLBACK RECOVERING VISIBLE");
    assertThat(chapters(verdicts, "185.89.218.0/23"))
        .isEqualTo("VISIBLE PARTIAL WITHDRAWN RECOVERING VISIBLE");
    assertThat(chapters(verdicts, "129.134.0.0/17")).isEqualTo("VISIBLE");
    List<Instant> since =
        reached(verdicts, "185.89.218.0/23").stream().map(RouteVerdict.Reached::since).toList();
    withinTheMinuteBefore(since.get(1), "2021-10-04T15:41:00Z");
    withinTheMinuteBefore(since.get(2), "2021-10-04T15:47:00Z");
    withinTheMinuteBefore(since.get(3), "2021-10-04T20:57:00Z");
    withinTheMinuteBefore(since.get(4), "2021-10-04T21:02:00Z");
  }

  private static void youtube(List<RouteVerdict> verdicts) {
    List<RouteVerdict.ForeignOrigin> foreign =
        verdicts.stream()
            .filter(RouteVerdict.ForeignOrigin.class::isInstance)
            .map(RouteVerdict.ForeignOrigin.class::cast)
            .filter(verdict -> verdict.prefix().equals(Cidr.parse("208.65.152.0/22")))
            .toList();
    assertThat(foreign).extracting(RouteVerdict.ForeignOrigin::origin).containsOnly(17557L);
    assertThat(foreign)
        .extracting(RouteVerdict.ForeignOrigin::weight)
        .containsExactly(
            RouteVerdict.Weight.NOTICE, RouteVerdict.Weight.ALARM, RouteVerdict.Weight.OVER);
    withinTheMinuteBefore(foreign.get(1).since(), "2008-02-24T18:48:00Z");
    withinTheMinuteBefore(foreign.get(2).since(), "2008-02-24T21:02:00Z");
  }

  private static void reset(List<RouteVerdict> verdicts) {
    for (String prefix : List.of("198.18.0.0/24", "2001:db8:100::/48")) {
      assertThat(chapters(verdicts, prefix)).isEqualTo("VISIBLE LOCAL_COLLECTOR VISIBLE");
      withinTheMinuteBefore(reached(verdicts, prefix).get(1).since(), "2026-01-15T10:06:00Z");
    }
  }

  private static void withinTheMinuteBefore(Instant since, String minute) {
    Instant end = Instant.parse(minute);
    assertThat(since).isBetween(end.minus(Duration.ofMinutes(1)), end);
  }
}
