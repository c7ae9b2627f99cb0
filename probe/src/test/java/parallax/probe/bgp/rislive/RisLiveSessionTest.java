package parallax.probe.bgp.rislive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.bgp.rislive.message.RisLiveMessage;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Heard;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Malformed;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Pong;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Subscribed;
import parallax.probe.bgp.rislive.message.RisLiveRequests;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.Cidr;

final class RisLiveSessionTest {
  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  private static final Cidr ONE = Cidr.parse("192.0.2.0/24");
  private static final Cidr OTHER = Cidr.parse("2001:db8::/32");
  private static final Peer PEER = new Peer("rrc21", "192.0.2.1", 64500);

  private final RisLiveSession session = session("wss://ris.example/", new Random(1));

  private static RisLiveSession session(String address, RandomGenerator random) {
    return new RisLiveSession(RisLiveSettings.of(URI.create(address)), random);
  }

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  private static Effect subscribe(Cidr prefix) {
    return new Effect.Send(RisLiveRequests.subscribe(RisLiveRequests.updates(List.of(prefix))));
  }

  private static Effect unsubscribe(Cidr prefix) {
    return new Effect.Send(RisLiveRequests.unsubscribe(RisLiveRequests.updates(List.of(prefix))));
  }

  private static List<Cidr> prefixes(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> Cidr.masked(false, (long) n << 40, 0, 24))
        .toList();
  }

  /** Everything is acknowledged, so that only what a test is about happens. */
  private void acknowledgeAll() {
    session.received(new Subscribed(List.of()), START);
    session.received(new Subscribed(List.of(ONE, OTHER)), START);
  }

  @Test
  void withoutAWishThereIsNoConnection() {
    assertThat(session.connectAt()).isEmpty();
    session.want(List.of(ONE));
    assertThat(session.connectAt())
        .isPresent()
        .get()
        .satisfies(at -> assertThat(at).isBefore(START));
    session.want(List.of());
    assertThat(session.connectAt()).isEmpty();
  }

  @Test
  void asksForCollectorsSessionsAndEachPrefix() {
    session.want(List.of(ONE, OTHER));
    assertThat(session.opened(List.of(), START))
        .containsExactly(
            new Effect.Send(RisLiveRequests.COLLECTORS),
            new Effect.Send(RisLiveRequests.subscribe(RisLiveRequests.SESSIONS)),
            subscribe(ONE),
            subscribe(OTHER));
    assertThat(subscribe(ONE).toString())
        .contains(
            "\"prefix\":[\"192.0.2.0/24\"],\"moreSpecific\":true,\"lessSpecific\":true,"
                + "\"socketOptions\":{\"includeRaw\":true,\"acknowledge\":true}");
    assertThat(session.connectAt()).isEmpty();
  }

  @Test
  void whatIsWantedLaterIsAskedForAndWhatIsNotIsTakenBack() {
    session.want(List.of(ONE));
    session.opened(List.of(), START);
    session.want(List.of(OTHER));
    assertThat(session.tick(at(10))).containsExactly(unsubscribe(ONE), subscribe(OTHER));
    assertThat(session.tick(at(20))).isEmpty();
    session.want(List.of(OTHER));
    assertThat(session.tick(at(30))).isEmpty();
  }

  @Test
  void requestsArePacedAfterABurst() {
    session.want(prefixes(60));
    assertThat(session.opened(List.of(), START)).hasSize(2 + 50);
    assertThat(session.due()).isEqualTo(at(200));
    assertThat(session.tick(at(199))).isEmpty();
    assertThat(session.tick(at(200))).hasSize(1);
    assertThat(session.tick(at(399))).isEmpty();
    assertThat(session.tick(at(1000))).hasSize(4);
    assertThat(session.tick(at(1999))).hasSize(4);
    assertThat(session.tick(at(2000))).hasSize(1);
    assertThat(session.tick(at(20_000))).isEmpty();
    session.want(prefixes(200));
    assertThat(session.tick(at(20_000))).hasSize(50);
  }

  @Test
  void noMoreThanTheBoundIsAskedFor() {
    assertThat(session.want(prefixes(Subscriptions.MAX_PREFIXES + 7)))
        .isEqualTo(Subscriptions.MAX_PREFIXES);
  }

  @Test
  void pingsEveryThirtySecondsAndEndsWhatIsSilentForSixty() {
    session.want(List.of(ONE));
    session.opened(List.of(), START);
    acknowledgeAll();
    assertThat(session.due()).isEqualTo(at(30_000));
    assertThat(session.tick(at(29_999))).isEmpty();
    assertThat(session.tick(at(30_000))).containsExactly(new Effect.Send(RisLiveRequests.PING));
    session.received(new Pong(), at(30_100));
    assertThat(session.tick(at(60_000))).containsExactly(new Effect.Send(RisLiveRequests.PING));
    assertThat(session.tick(at(90_000))).containsExactly(new Effect.Send(RisLiveRequests.PING));
    assertThat(session.due()).isEqualTo(at(90_100));
    assertThat(session.tick(at(90_100))).containsExactly(new Effect.Close("nothing came for 60 s"));
    assertThat(session.tick(at(90_200))).isEmpty();
  }

  @Test
  void aSubscriptionThatIsNotAcknowledgedEndsTheConnection() {
    session.want(List.of(ONE, OTHER));
    session.opened(List.of(), START);
    session.received(new Subscribed(List.of()), at(100));
    session.received(new Subscribed(List.of(ONE)), at(100));
    session.received(new Pong(), at(29_000));
    assertThat(session.tick(at(29_999))).isEmpty();
    assertThat(session.tick(at(30_000)))
        .containsExactly(new Effect.Close("no subscription within 30 s of the request"));
  }

  @Test
  void anErrorOfTheServiceEndsTheConnection() {
    session.want(List.of(ONE));
    session.opened(List.of(), START);
    assertThat(session.received(new RisLiveMessage.Refused("too slow"), at(1)))
        .containsExactly(new Effect.Close("the service says: too slow"));
  }

  @Test
  void onlyGarbageEndsTheConnection() {
    session.want(List.of(ONE));
    session.opened(List.of(), START);
    for (int frame = 1; frame < RisLiveSession.MAX_MALFORMED; frame++) {
      assertThat(session.received(new Malformed("x"), at(frame))).isEmpty();
    }
    session.received(new RisLiveMessage.Ignored(), at(100));
    for (int frame = 1; frame < RisLiveSession.MAX_MALFORMED; frame++) {
      assertThat(session.received(new Malformed("x"), at(frame))).isEmpty();
    }
    assertThat(session.received(new Malformed("x"), at(200)))
        .containsExactly(new Effect.Close("100 frames in a row could not be read"));
  }

  @Test
  void aMessageShowsItsCollectorAliveAndAPongAllOfThem() {
    session.want(List.of(ONE));
    session.opened(List.of(), START);
    RouteEvent event = new RouteEvent.Withdrawn(START, PEER, ONE, 0);
    assertThat(session.received(new Heard(PEER, START, List.of(event), 0), START))
        .containsExactly(new Effect.Hear(List.of(event)));
    assertThat(session.received(new Heard(PEER, START, List.of(), 0), START))
        .containsExactly(new Effect.Alive("rrc21"));
    session.received(new RisLiveMessage.Collectors(List.of("rrc00", "rrc21")), START);
    assertThat(session.received(new Pong(), START))
        .containsExactly(new Effect.Alive("rrc21"), new Effect.Alive("rrc00"));
  }

  @Test
  void aConnectionThatNobodyNeedsAnyMoreIsEndedAndTheNextOneComesAtOnce() {
    session.want(List.of(ONE));
    session.opened(List.of(), START);
    session.want(List.of());
    assertThat(session.tick(at(10)))
        .containsExactly(new Effect.Close("nothing is wanted any more"));
    session.closed(at(20));
    assertThat(session.connectAt()).isEmpty();
    session.want(List.of(OTHER));
    assertThat(session.connectAt()).contains(at(20));
    assertThat(session.opened(List.of(), at(30))).contains(subscribe(OTHER));
  }

  @Test
  void everythingIsAskedForAgainOnTheNextConnection() {
    session.want(List.of(ONE, OTHER));
    session.opened(List.of(), START);
    session.closed(at(10));
    assertThat(session.opened(List.of(), at(20))).contains(subscribe(ONE), subscribe(OTHER));
  }

  @Test
  void pausesDoubleAtRandomUpToTheirBoundAndStartAnewAfterAConnectionThatLasted() {
    Backoff backoff = new Backoff(RisLiveSettings.Pause.DEFAULT, new Random(5));
    Duration bound = Duration.ofSeconds(1);
    Duration most = Duration.ofMinutes(2);
    List<Duration> pauses = new ArrayList<>();
    for (int failure = 0; failure < 100; failure++) {
      Duration pause = backoff.next();
      assertThat(pause).isBetween(Duration.ZERO, bound);
      pauses.add(pause);
      bound = bound.multipliedBy(2).compareTo(most) < 0 ? bound.multipliedBy(2) : most;
    }
    assertThat(pauses.subList(10, 100).stream().filter(p -> p.toSeconds() > 60).count())
        .isBetween(30L, 60L);
    session.want(List.of(ONE));
    for (int failure = 0; failure < 50; failure++) {
      session.closed(START);
    }
    session.opened(List.of(), START);
    session.closed(at(60_000));
    assertThat(session.connectAt().orElseThrow()).isBetween(at(60_000), at(61_000));
  }

  @Test
  void twoClientsThatWereCutOffTogetherDoNotComeBackTogether() {
    RisLiveSession one = session("wss://ris.example/", new Random(1));
    RisLiveSession two = session("wss://ris.example/", new Random(2));
    for (RisLiveSession client : List.of(one, two)) {
      client.want(List.of(ONE));
      client.opened(List.of(), START);
      client.closed(at(10));
    }
    assertThat(one.connectAt()).isNotEqualTo(two.connectAt());
  }

  @Test
  void theStreamIsConnectedAnewWhenSomethingElseIsWanted() {
    RisLiveSession stream = session("https://ris.example/", new Random(1));
    stream.want(List.of(ONE));
    assertThat(stream.opened(List.of(ONE), START)).isEmpty();
    assertThat(stream.tick(at(59_000))).isEmpty();
    stream.want(List.of(OTHER));
    assertThat(stream.tick(at(59_100)))
        .containsExactly(new Effect.Close("something else is wanted"));
    stream.closed(at(59_200));
    assertThat(stream.connectAt()).contains(at(59_200));
    stream.opened(List.of(OTHER), at(59_300));
    assertThat(stream.due()).isEqualTo(at(119_300));
    assertThat(stream.tick(at(119_300))).containsExactly(new Effect.Close("nothing came for 60 s"));
  }

  @Test
  void streamsHoldWhatFitsIntoTheirHeaders() {
    StreamFilters some = StreamFilters.of(List.of(ONE, OTHER));
    assertThat(some.filters()).hasSize(3);
    assertThat(some.filters().getLast()).contains("[\"192.0.2.0/24\",\"2001:db8::/32\"]");
    assertThat(some.prefixes()).containsExactly(ONE, OTHER);
    StreamFilters many = StreamFilters.of(prefixes(10_000));
    assertThat(many.filters()).hasSize(2 + StreamFilters.MAX_UPDATE_STREAMS);
    assertThat(many.filters()).allMatch(filter -> filter.length() < 8_000);
    assertThat(many.prefixes()).hasSizeBetween(1_500, 3_000);
  }

  @ParameterizedTest
  @CsvSource({
    "wss://ris.example, wss://ris.example/v1/ws/?client=parallax",
    "ws://127.0.0.1:80/x?client=me, ws://127.0.0.1:80/x?client=me",
    "http://ris.example/, http://ris.example/v1/stream/?format=json&client=parallax",
    "https://ris.example/v1/stream/?client=a, https://ris.example/v1/stream/?client=a&format=json"
  })
  void addressesAreCompleted(String given, String completed) {
    assertThat(RisLiveSettings.of(URI.create(given)).address()).hasToString(completed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://ris.example/", "ris.example", "wss:x", "/v1/ws/"})
  void otherAddressesAreRefused(String address) {
    assertThatThrownBy(() -> RisLiveSettings.of(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
