package parallax.coordinator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.secret.Secret;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.cluster.bundle.Bundle;
import parallax.coordinator.cluster.bundle.BundleFollower;
import parallax.coordinator.cluster.discovery.Discovery;
import parallax.coordinator.cluster.discovery.HostPort;
import parallax.coordinator.cluster.discovery.MemberAddress;
import parallax.coordinator.cluster.discovery.MemberCard;
import parallax.coordinator.cluster.exchange.LookAgain;
import parallax.coordinator.cluster.feed.Delivery;
import parallax.coordinator.cluster.feed.FeedReader;
import parallax.coordinator.cluster.grid.MemberSettings;
import parallax.coordinator.cluster.lead.LeadershipListener;
import parallax.coordinator.cluster.lead.Term;
import parallax.coordinator.cluster.replica.Feed;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.intake.Receipt;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.ProbeConnection.State;

/** Three members in one process; cuts and kills are for {@code parallax.deploy.cluster}. */
final class ClusterMemberTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Vantage TOKYO =
      new Vantage(new ProbeName("tokyo-1"), new Region("tokyo"), Optional.of(64_500L));

  private final List<Heard> heard = new ArrayList<>();
  private final List<ClusterMember> members = new ArrayList<>();

  /** What a member was told. */
  private static final class Heard implements LeadershipListener, BundleFollower {
    private final List<LookAgain> lookAgain = new CopyOnWriteArrayList<>();
    private final List<ProbeConnection> probes = new CopyOnWriteArrayList<>();
    private final List<Long> applied = new CopyOnWriteArrayList<>();
    private final List<Long> prepared = new CopyOnWriteArrayList<>();
    private volatile Optional<MemberCard> leader = Optional.empty();

    @Override
    public void lead(Term term) {}

    @Override
    public void follow(Optional<MemberCard> found) {
      leader = found;
    }

    @Override
    public boolean prepare(Bundle bundle) {
      prepared.add(bundle.revision());
      return true;
    }

    @Override
    public void apply(Bundle bundle) {
      applied.add(bundle.revision());
    }
  }

  /** What a leader read. */
  private static final class Read implements FeedReader {
    private final List<ObservationId> journal = new CopyOnWriteArrayList<>();
    private final List<ObservationId> held = new CopyOnWriteArrayList<>();
    private final List<Evidence> evidence = new CopyOnWriteArrayList<>();
    private final List<Beat> beats = new CopyOnWriteArrayList<>();
    private volatile boolean caughtUp;
    private volatile boolean superseded;

    @Override
    public void read(Delivery delivery) {
      List<ObservationId> ids = delivery.kind() == Delivery.Kind.HELD ? held : journal;
      delivery.evidence().forEach(one -> ids.add(one.observation().id()));
      evidence.addAll(delivery.evidence());
      delivery.stored().run();
    }

    @Override
    public void alive(List<Beat> newest) {
      beats.addAll(newest);
    }

    @Override
    public void caughtUp() {
      caughtUp = true;
    }

    @Override
    public void superseded() {
      superseded = true;
    }
  }

  @AfterEach
  void close() {
    members.reversed().forEach(ClusterMember::close);
  }

  @Test
  void threeMembersHoldTellAndFollowAsOne() throws IOException {
    List<HostPort> places = freePlaces();
    start(0, places);
    assertThat(take(0, 0)).isEqualTo(new Receipt.KeepThem(Receipt.Why.NO_QUORUM));
    start(1, places);
    start(2, places);
    Waiting.until("the oldest leads", () -> members.getFirst().leads());
    Waiting.until("all follow", () -> heard.get(2).leader.isPresent());
    assertThat(heard.get(2).leader.orElseThrow().name()).isEqualTo("m0");

    assertThat(take(1, 1, 2, 3)).isInstanceOf(Receipt.Safe.class);
    assertThat(take(2, 3, 4)).isInstanceOf(Receipt.Safe.class);
    Read first = new Read();
    try (Feed _ = members.getFirst().feed(1, first)) {
      Waiting.until("all was read", () -> first.journal.size() == 4);
      assertThat(first.journal).containsExactly(id(1), id(2), id(3), id(4));
      assertThat(first.evidence).contains(look(4));
      Waiting.until("and confirmed", () -> first.caughtUp);
      Beat beat = new Beat(TOKYO, Optional.of("JP"), Optional.empty(), NOON, NOON, true);
      members.get(2).intake().alive(beat);
      Waiting.until("a beat came", () -> first.beats.contains(beat));
      Read second = new Read();
      try (Feed _ = members.get(1).feed(2, second)) {
        Waiting.until("another reads", () -> second.caughtUp && first.superseded);
        assertThat(second.held.size() + second.journal.size()).isEqualTo(4);
      }
    }
    tellEachOther();
    showEachOther();
    members.removeFirst().close();
    Waiting.until("the next leads", () -> members.getFirst().leads());
    Waiting.until("its streams are gone", () -> shown(0, "tokyo-1").equals(List.of(State.GONE)));
    assertThat(take(1, 5)).isInstanceOf(Receipt.Safe.class);
  }

  private void tellEachOther() {
    assertThat(members.get(1).streams().opened("tokyo-1", 7).toCompletableFuture().join())
        .isEmpty();
    assertThat(members.get(2).streams().opened("tokyo-1", 8).toCompletableFuture().join())
        .hasValueSatisfying(stream -> assertThat(stream.member()).isEqualTo("m1"));
    members
        .getFirst()
        .askAgain()
        .checkNow(new TargetName("shop"), CheckKind.HTTP, TOKYO.probe(), Duration.ofSeconds(1));
    Waiting.until("all heard it", () -> heard.stream().allMatch(h -> h.lookAgain.size() == 1));
    TreeMap<String, String> files = new TreeMap<>(Map.of("targets.yaml", "version: 1\n"));
    Bundle bundle = new Bundle(3, "3f9c2b7", files);
    assertThat(members.getFirst().configuration().publish(bundle).toCompletableFuture().join())
        .isTrue();
    Waiting.until("all applied it", () -> heard.stream().allMatch(h -> h.applied.contains(3L)));
    assertThat(heard).allSatisfy(h -> assertThat(h.prepared).containsExactly(3L));
    assertThat(members.get(2).configuration().active()).contains(bundle);
    Bundle older = new Bundle(2, "0000000", files);
    assertThat(members.getFirst().configuration().publish(older).toCompletableFuture().join())
        .isFalse();
  }

  /** A probe is connected to the first member; to the second it was before, and asks again. */
  private void showEachOther() {
    heard.get(0).probes.add(Examples.connection("tokyo-1", State.OPEN));
    heard.get(1).probes.add(Examples.connection("tokyo-1", State.GONE));
    heard.get(1).probes.add(Examples.connection("tokyo-2", State.OPEN));
    for (int member : List.of(1, 2)) {
      Waiting.until("shown", () -> shown(member, "tokyo-1").equals(List.of(State.OPEN)));
    }
    Waiting.until("shown", () -> shown(0, "tokyo-2").equals(List.of(State.OPEN)));
    assertThat(shown(1, "tokyo-2")).isEmpty();
    ProbeConnection seen =
        ProbeConnection.byProbe(members.get(2).probesElsewhere()).get(new ProbeName("tokyo-1"));
    assertThat(seen).isEqualTo(heard.get(0).probes.getFirst());
    heard.get(1).probes.clear();
    heard.get(1).probes.add(Examples.connection("tokyo-2", State.GONE));
    Waiting.until("ended", () -> shown(0, "tokyo-2").equals(List.of(State.GONE)));
    heard.get(2).probes.add(Examples.connection("tokyo-2", State.WAITING));
    heard.get(2).probes.add(Examples.connection("tokyo-2", State.HELD_BACK));
    Waiting.until("back", () -> shown(0, "tokyo-2").equals(List.of(State.HELD_BACK)));
  }

  /** How a probe is shown by one member, as others told it. */
  private List<State> shown(int member, String probe) {
    return members.get(member).probesElsewhere().stream()
        .filter(each -> each.vantage().probe().value().equals(probe))
        .map(ProbeConnection::state)
        .toList();
  }

  @Test
  void aPublicAddressIsRefusedBeforeAnythingStarts() {
    MemberSettings open =
        new MemberSettings(
            MemberAddress.parse("0.0.0.0:5701"),
            Secret.of("3f9c2b71d05e48a6b1c7e2f4908d6a53"),
            new Discovery.Listed(List.of(HostPort.parse("10.0.0.1:5701"))),
            3,
            new MemberCard("m", "http://127.0.0.1", "test"));
    Heard nobody = new Heard();
    assertThatThrownBy(
            () ->
                ClusterMember.start(
                    open,
                    new Listeners(nobody, _ -> {}, nobody),
                    new Clocks(InstantSource.fixed(NOON), () -> 0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not listen on all addresses");
  }

  private void start(int index, List<HostPort> places) {
    Heard listener = new Heard();
    heard.add(listener);
    members.add(
        ClusterMember.start(
            new MemberSettings(
                MemberAddress.parse(places.get(index).toString()),
                Secret.of("3f9c2b71d05e48a6b1c7e2f4908d6a53"),
                new Discovery.Listed(places),
                places.size(),
                new MemberCard("m" + index, "http://127.0.0.1:808" + index, "test")),
            new Listeners(
                listener, listener.lookAgain::add, listener, () -> List.copyOf(listener.probes)),
            new Clocks(InstantSource.system(), System::nanoTime, 100 + index)));
  }

  private static List<HostPort> freePlaces() throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<HostPort> places = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      places.add(new HostPort("127.0.0.1", socket.getLocalPort()));
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return places;
  }

  private Receipt take(int member, long... sequences) {
    List<Evidence> evidence = new ArrayList<>();
    for (long sequence : sequences) {
      evidence.add(look(sequence));
    }
    return members.get(member).intake().take(evidence).toCompletableFuture().join();
  }

  private static ObservationId id(long sequence) {
    return new ObservationId(TOKYO.probe(), 7, sequence);
  }

  private static Evidence look(long sequence) {
    Instant at = NOON.plusSeconds(sequence);
    Observation observation =
        new Observation(
            id(sequence),
            TOKYO,
            new TargetName("shop"),
            CheckKind.HTTP,
            Layer.CONTENT,
            at,
            at,
            Duration.ofMillis(69),
            Outcome.up(),
            Timings.NONE,
            Facts.NONE.withAddress("192.0.2.80"));
    return new Evidence(observation, at.plusNanos(123_456_789));
  }
}
