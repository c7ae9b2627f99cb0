package parallax.coordinator.cluster;

import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import parallax.coordinator.cluster.bundle.SharedBundles;
import parallax.coordinator.cluster.bundle.SharedConfiguration;
import parallax.coordinator.cluster.exchange.Beats;
import parallax.coordinator.cluster.exchange.LookAgainTopic;
import parallax.coordinator.cluster.exchange.SharedProbes;
import parallax.coordinator.cluster.exchange.SharedStreams;
import parallax.coordinator.cluster.exchange.Streams;
import parallax.coordinator.cluster.feed.FeedReader;
import parallax.coordinator.cluster.grid.Grid;
import parallax.coordinator.cluster.grid.GridNames;
import parallax.coordinator.cluster.grid.Majority;
import parallax.coordinator.cluster.grid.MemberSettings;
import parallax.coordinator.cluster.grid.Witnesses;
import parallax.coordinator.cluster.lead.Leadership;
import parallax.coordinator.cluster.lead.LeadershipView;
import parallax.coordinator.cluster.pack.Wire;
import parallax.coordinator.cluster.replica.Books;
import parallax.coordinator.cluster.replica.Feed;
import parallax.coordinator.cluster.replica.ReplicatedIntake;
import parallax.coordinator.cluster.replica.Shards;
import parallax.coordinator.cluster.shard.BookLimits;
import parallax.coordinator.cluster.time.OtherClocks;
import parallax.coordinator.ingest.AskAgain;
import parallax.coordinator.intake.Intake;
import parallax.coordinator.view.ProbeConnection;

/**
 * This process as one member of a cluster of coordinators. {@link #start} joins and returns when
 * the member is running, alone or not; {@link Listeners#leadership} is told what it is to do.
 */
public final class ClusterMember implements AutoCloseable {
  private static final Duration REFRESH = Duration.ofSeconds(2);

  private final HazelcastInstance hazelcast;
  private final Books books;
  private final Beats beats;
  private final Intake intake;
  private final LookAgainTopic lookAgain;
  private final SharedStreams streams;
  private final SharedProbes probes;
  private final Leadership leadership;
  private final SharedBundles bundles;
  private final OtherClocks clocks;
  private final ScheduledExecutorService refresh =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("parallax-cluster").daemon().factory());

  private ClusterMember(
      HazelcastInstance hazelcast,
      BookLimits limits,
      int quorum,
      Listeners listeners,
      Clocks clocks) {
    this.hazelcast = hazelcast;
    Majority majority = new Majority(hazelcast, quorum);
    this.books = new Books(hazelcast, majority, limits, clocks.randomId());
    this.beats = new Beats(hazelcast);
    Witnesses witnesses = new Witnesses(hazelcast, majority, GridNames.BOOKS, Shards.COUNT);
    this.intake = new ReplicatedIntake(books, witnesses, beats::tell);
    this.clocks =
        new OtherClocks(hazelcast, witnesses, GridNames.BOOKS, clocks.own(), clocks.nanos());
    this.lookAgain = new LookAgainTopic(hazelcast, listeners.lookAgain());
    this.streams = new SharedStreams(hazelcast, clocks.wall());
    this.probes = new SharedProbes(hazelcast, listeners.probes());
    this.leadership =
        new Leadership(
            hazelcast,
            new Leadership.Electorate(majority, books::touch),
            clocks.randomId(),
            clocks.nanos(),
            listeners.leadership());
    this.bundles =
        new SharedBundles(hazelcast, listeners.configuration(), clocks.nanos(), leadership::leads);
    leadership.start();
    ScheduledFuture<?> _ =
        refresh.scheduleWithFixedDelay(
            streams::refresh, REFRESH.toMillis(), REFRESH.toMillis(), TimeUnit.MILLISECONDS);
    ScheduledFuture<?> _ =
        refresh.scheduleWithFixedDelay(
            probes::refresh, 0, SharedProbes.PACE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Starts a member.
   *
   * @throws IllegalArgumentException with words for people, when it would be unsafe
   * @throws IllegalStateException when it cannot run, such as when the port is taken
   */
  public static ClusterMember start(MemberSettings settings, Listeners listeners, Clocks clocks) {
    return start(settings, BookLimits.USUAL, listeners, clocks);
  }

  /** Starts a member with books of another size; all members must have the same. */
  public static ClusterMember start(
      MemberSettings settings, BookLimits limits, Listeners listeners, Clocks clocks) {
    List<Wire<?>> wires = new ArrayList<>(Books.wires(limits, clocks.randomId()));
    wires.addAll(Witnesses.wires());
    wires.addAll(OtherClocks.wires());
    wires.addAll(Beats.wires());
    wires.addAll(LookAgainTopic.wires());
    wires.addAll(SharedStreams.wires());
    wires.addAll(SharedProbes.wires());
    wires.addAll(Leadership.wires());
    wires.addAll(SharedBundles.wires());
    HazelcastInstance hazelcast = Grid.start(settings, clocks.randomId(), wires);
    return new ClusterMember(hazelcast, limits, settings.quorum(), listeners, clocks);
  }

  /** Where what probes hand over goes, on any member. */
  public Intake intake() {
    return intake;
  }

  /**
   * Reads, as the leader, what all members took in; the caller closes it.
   *
   * @param epoch of the record: who reads with a greater one is listened to alone from then on
   */
  public Feed feed(long epoch, FeedReader reader) {
    return new Feed(books, epoch, reader, beats.reader());
  }

  /** Asks whichever member holds a probe's stream; its {@link Listeners#lookAgain} hears it. */
  public AskAgain askAgain() {
    return lookAgain;
  }

  /** Which probe is connected where. */
  public Streams streams() {
    return streams;
  }

  /** How the streams of probes to the other members do, as they told lately; cheap. */
  public List<ProbeConnection> probesElsewhere() {
    return probes.elsewhere();
  }

  /** The configuration that all members apply together. */
  public SharedConfiguration configuration() {
    return bundles;
  }

  /** How far the other members' wall clocks are ahead of {@code clock}. */
  public CompletionStage<List<Duration>> clocksAhead(InstantSource clock) {
    return clocks.ahead(clock);
  }

  /** How the cluster looks from here; cheap. */
  public LeadershipView view() {
    return leadership.view();
  }

  /** Whether this member leads, and a majority said so lately; cheap, for every thread. */
  public boolean leads() {
    return leadership.leads();
  }

  /** Forgets what is held of targets that are not watched any more; false when it may not be so. */
  public CompletionStage<Boolean> forget(Collection<String> targets) {
    return books.forget(targets).handle((_, failure) -> failure == null);
  }

  /** Stops leading, hands over to the others, and leaves. */
  @Override
  public void close() {
    leadership.close();
    bundles.close();
    refresh.shutdownNow();
    hazelcast.shutdown();
  }
}
