package parallax.probe.bgp.rislive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parallax.probe.bgp.rislive.message.Frames;
import parallax.probe.bgp.rislive.server.LocalRisLive;
import parallax.probe.bgp.rislive.wire.Dialer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.net.Cidr;
import parallax.probe.net.HostGate;
import parallax.probe.net.NetworkPolicy;

/** Against a service on loopback. */
@Timeout(60)
final class RisLiveSourceTest {
  private static final Cidr PREFIX = Cidr.parse("203.0.113.0/24");
  private static final Cidr OTHER = Cidr.parse("198.51.100.0/24");
  private static final Duration LONG = Duration.ofSeconds(20);

  private final LocalRisLive service = LocalRisLive.start(0);
  private final Told told = new Told();
  private final List<RisLiveSource> sources = new ArrayList<>();
  private final RisLiveSource source = source(service.webSocket(), LONG, LONG);

  private RisLiveSource source(URI address, Duration silence, Duration acknowledgeWithin) {
    RisLiveSettings settings =
        new RisLiveSettings(
            address,
            Duration.ofMillis(50),
            silence,
            acknowledgeWithin,
            RisLiveSettings.Pace.DEFAULT,
            new RisLiveSettings.Pause(Duration.ofMillis(10), Duration.ofMillis(50)));
    RisLiveSource made =
        new RisLiveSource(
            settings,
            InstantSource.system(),
            new Random(3),
            Dialer.real(new HostGate(NetworkPolicy.forOperator(List.of(), List.of()))));
    sources.add(made);
    return made;
  }

  static SortedSet<Cidr> prefixes(Cidr... prefixes) {
    SortedSet<Cidr> all = new TreeSet<>(Comparator.comparing(Cidr::toString));
    Collections.addAll(all, prefixes);
    return all;
  }

  @AfterEach
  void close() {
    sources.forEach(RisLiveSource::close);
    service.close();
  }

  @Test
  void nobodyIsConnectedToWhereThisMachineDoesNotAllowIt() {
    Dialer strict = Dialer.real(new HostGate(NetworkPolicy.forProbe(List.of(), List.of())));
    for (URI address : List.of(service.webSocket(), URI.create("http://localhost:1/v1/stream/"))) {
      assertThatThrownBy(() -> strict.dial(address, List.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1 is a loopback address");
    }
  }

  private static String withdrawal(int second, Cidr prefix) {
    return ("{\"type\":\"ris_message\",\"data\":{\"timestamp\":%d.5,\"peer\":\"192.0.2.1\","
            + "\"peer_asn\":\"64500\",\"id\":\"x\",\"host\":\"rrc00.ripe.net\",\"type\":\"UPDATE\","
            + "\"path\":[],\"withdrawals\":[\"%s\"]}}")
        .formatted(second, prefix);
  }

  private void subscribed(int count) {
    await().atMost(LONG).until(() -> service.subscriptions() == count);
  }

  @Test
  void hearsWhatItAskedForAndNothingElse() {
    source.start(told);
    source.want(prefixes(PREFIX));
    subscribed(2);
    Cidr inside = Cidr.parse("203.0.113.128/25");
    Cidr around = Cidr.parse("203.0.0.0/16");
    service.publish(
        List.of(
            withdrawal(1, PREFIX),
            withdrawal(2, OTHER),
            withdrawal(3, inside),
            withdrawal(4, around)));
    await().atMost(LONG).until(() -> told.events().size() >= 3);
    assertThat(told.events())
        .extracting(event -> ((RouteEvent.Withdrawn) event).prefix())
        .containsExactly(PREFIX, inside, around);
    await().atMost(LONG).until(() -> told.alive().contains("rrc24"));
    assertThat(told.connection()).containsExactly("connected");
    assertThat(source.figures().connections()).isEqualTo(1);
    assertThat(source.figures().connected()).isEqualTo(1);
    assertThat(source.figures().messages()).isGreaterThanOrEqualTo(3);
    assertThat(source.figures().malformed()).isZero();
    assertThat(source.figures().lag().orElseThrow()).isPositive();
  }

  @Test
  void connectsOnlyWhileSomethingIsWanted() {
    source.start(told);
    source.want(prefixes());
    assertThat(service.connected()).isZero();
    source.want(prefixes(PREFIX));
    subscribed(2);
    source.want(prefixes());
    await().atMost(LONG).until(() -> service.clients() == 0);
    await()
        .atMost(LONG)
        .until(() -> told.connection().contains("lost: nothing is wanted any more"));
    assertThat(source.figures().connections()).isZero();
    assertThat(service.connected()).isEqualTo(1);
  }

  @Test
  void changesWhatItAskedForOnTheSameConnection() {
    source.start(told);
    source.want(prefixes(PREFIX));
    subscribed(2);
    source.want(prefixes(OTHER, Cidr.parse("2001:db8::/32")));
    subscribed(3);
    service.publish(List.of(withdrawal(1, PREFIX), withdrawal(2, OTHER)));
    await().atMost(LONG).until(() -> told.events().size() == 1);
    assertThat(((RouteEvent.Withdrawn) told.events().getFirst()).prefix()).isEqualTo(OTHER);
    assertThat(service.connected()).isEqualTo(1);
  }

  @Test
  void comesBackAfterACutAndAsksAgain() {
    source.start(told);
    source.want(prefixes(PREFIX));
    subscribed(2);
    service.refuse(true);
    service.cut();
    await().atMost(LONG).until(() -> told.connection().size() == 2);
    service.refuse(false);
    await().atMost(LONG).until(() -> service.connected() == 2);
    subscribed(2);
    service.publish(List.of(withdrawal(1, PREFIX)));
    await().atMost(LONG).until(() -> told.events().size() == 1);
    assertThat(told.connection().get(1)).startsWith("lost: ");
    assertThat(told.connection()).hasSize(3).endsWith("connected");
  }

  @Test
  void aServiceThatDoesNotAcknowledgeIsLeft() {
    service.acknowledge(false);
    RisLiveSource impatient = source(service.webSocket(), LONG, Duration.ofMillis(300));
    impatient.start(told);
    impatient.want(prefixes(PREFIX));
    await().atMost(LONG).until(() -> told.connection().size() >= 2);
    assertThat(told.connection().get(1)).startsWith("lost: no subscription within");
  }

  @Test
  void aSilentConnectionIsDead() {
    RisLiveSource impatient = source(service.webSocket(), Duration.ofMillis(400), LONG);
    service.stall(true);
    impatient.start(told);
    impatient.want(prefixes(PREFIX));
    await().atMost(LONG).until(() -> told.connection().size() >= 2);
    assertThat(told.connection().get(1)).startsWith("lost: nothing came for");
    service.stall(false);
    service.cut();
    subscribed(2);
  }

  @Test
  void errorsOfTheServiceAreTold() {
    source.start(told);
    source.want(prefixes(PREFIX));
    subscribed(2);
    service.error("you are not welcome");
    await().atMost(LONG).until(() -> told.connection().size() >= 3);
    assertThat(told.connection())
        .startsWith("connected", "lost: the service says: you are not welcome", "connected");
  }

  @Test
  void garbageIsCountedAndWhatFollowsIsHeard() {
    source.start(told);
    source.want(prefixes(PREFIX));
    subscribed(2);
    service.send("{\"type\":");
    service.send("[".repeat(50_000));
    service.send("\u0000\ufffe");
    service.publish(List.of(withdrawal(1, PREFIX)));
    await().atMost(LONG).until(() -> told.events().size() == 1);
    assertThat(source.figures().malformed()).isEqualTo(3);
    assertThat(told.connection()).containsExactly("connected");
  }

  @Test
  void aFrameBeyondTheBoundEndsTheConnection() {
    source.start(told);
    source.want(prefixes(PREFIX));
    subscribed(2);
    service.fragment(32 * 1024);
    service.send("x".repeat(2 << 20));
    await().atMost(LONG).until(() -> told.connection().size() >= 3);
    assertThat(told.connection().get(1)).contains("a frame of more than 1048576 characters");
  }

  @Test
  void framesInPiecesArePutTogether() {
    source.start(told);
    source.want(prefixes(PREFIX));
    subscribed(2);
    service.fragment(7);
    List<String> frames =
        IntStream.range(0, 200).mapToObj(second -> withdrawal(second, PREFIX)).toList();
    service.publish(frames);
    await().atMost(LONG).until(() -> told.events().size() == frames.size());
    assertThat(told.events()).isEqualTo(Frames.events(frames));
  }

  @Test
  void aSlowListenerSlowsTheServiceDownUntilThatEndsTheConnection() {
    CountDownLatch go = new CountDownLatch(1);
    Told slow =
        new Told(
            () -> {
              try {
                assertThat(go.await(1, TimeUnit.MINUTES)).isTrue();
              } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
              }
            });
    source.start(slow);
    source.want(prefixes(PREFIX));
    subscribed(2);
    List<String> frames = Collections.nCopies(4_000, withdrawal(1, PREFIX));
    int rounds = 0;
    while (service.slowReaders() == 0 && rounds < 20) {
      service.publish(frames);
      rounds++;
    }
    assertThat(service.slowReaders()).isEqualTo(1);
    go.countDown();
    await().atMost(LONG).until(() -> slow.connection().size() >= 3);
    assertThat(slow.connection().get(1)).isEqualTo("lost: the service says: client too slow");
    assertThat(slow.events().size()).isPositive();
  }

  @Test
  void aListenerThatFailsIsAskedAgainLater() {
    Told failing =
        new Told(
            () -> {
              throw new IllegalStateException("a bug");
            });
    source.start(failing);
    source.want(prefixes(PREFIX));
    subscribed(2);
    service.publish(List.of(withdrawal(1, PREFIX)));
    await().atMost(LONG).until(() -> failing.connection().size() >= 3);
    assertThat(failing.connection().get(1)).isEqualTo("lost: failed: IllegalStateException");
  }

  @Test
  void afterItIsClosedNothingIsTold() {
    source.start(told);
    source.want(prefixes(PREFIX));
    subscribed(2);
    source.close();
    List<String> before = told.connection();
    await().atMost(LONG).until(() -> service.clients() == 0);
    service.publish(List.of(withdrawal(1, PREFIX)));
    assertThat(told.connection()).isEqualTo(before);
    assertThat(told.events()).isEmpty();
  }

  @Test
  void theStreamTellsTheSameAndSkipsHalfALine() {
    service.firstLine("half\":\"a line\"}");
    RisLiveSource stream = source(service.stream(), LONG, LONG);
    stream.start(told);
    stream.want(prefixes(PREFIX));
    await().atMost(LONG).until(() -> service.clients() == 3);
    assertThat(service.commands().stream().collect(Collectors.joining("\n")))
        .contains("RIS_PEER_STATE", "KEEPALIVE", "[\"203.0.113.0/24\"]");
    service.publish(List.of(withdrawal(1, PREFIX), withdrawal(2, OTHER)));
    await().atMost(LONG).until(() -> told.events().size() == 1);
    assertThat(stream.figures().malformed()).isZero();
    stream.want(prefixes(OTHER));
    await().atMost(LONG).until(() -> service.connected() == 6 && service.clients() == 3);
    service.publish(List.of(withdrawal(1, PREFIX), withdrawal(2, OTHER)));
    await().atMost(LONG).until(() -> told.events().size() == 2);
    service.cut();
    await().atMost(LONG).until(() -> service.connected() == 9 && service.clients() == 3);
    stream.close();
    await().atMost(LONG).until(() -> service.clients() == 0);
    assertThat(told.connection())
        .hasSize(5)
        .startsWith("connected", "lost: something else is wanted", "connected");
  }

  @Test
  void aServiceThatRefusesIsTriedAgain() {
    service.refuse(true);
    RisLiveSource stream = source(service.stream(), LONG, LONG);
    for (RisLiveSource one : List.of(source, stream)) {
      one.start(told);
      one.want(prefixes(PREFIX));
    }
    assertThat(told.connection()).isEmpty();
    service.refuse(false);
    await().atMost(LONG).until(() -> told.connection().size() == 2);
    stream.close();
    assertThat(told.connection()).containsExactly("connected", "connected");
  }
}
