package parallax.coordinator.cluster;

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import parallax.coordinator.cluster.bundle.SharedConfiguration;
import parallax.coordinator.cluster.exchange.Streams;
import parallax.coordinator.cluster.grid.MemberSettings;
import parallax.coordinator.cluster.lead.LeadershipView;
import parallax.coordinator.cluster.replica.Feed;
import parallax.coordinator.cluster.replica.FeedReader;
import parallax.coordinator.ingest.AskAgain;
import parallax.coordinator.intake.Intake;

/**
 * This process as one member of a cluster of coordinators. {@link #start} joins and returns when
 * the member is running, alone or not; {@link Listeners#leadership} is told what it is to do.
 */
public final class ClusterMember implements AutoCloseable {
  private ClusterMember() {}

  /**
   * Starts a member.
   *
   * @throws IllegalArgumentException with words for people, when it would be unsafe
   * @throws IllegalStateException when it cannot run, such as when the port is taken
   */
  public static ClusterMember start(MemberSettings settings, Listeners listeners, Clocks clocks) {
    throw new IllegalStateException("not yet: " + settings + listeners + clocks);
  }

  /** Where what probes hand over goes, on any member. */
  public Intake intake() {
    throw new IllegalStateException("not yet");
  }

  /**
   * Reads, as the leader, what all members took in.
   *
   * @param epoch of the record: who reads with a greater one is listened to alone from then on
   */
  public Feed feed(long epoch, FeedReader reader) {
    throw new IllegalStateException("not yet" + epoch + reader);
  }

  /** Asks whichever member holds a probe's stream; its {@link Listeners#lookAgain} hears it. */
  public AskAgain askAgain() {
    throw new IllegalStateException("not yet");
  }

  /** Which probe is connected where. */
  public Streams streams() {
    throw new IllegalStateException("not yet");
  }

  /** The configuration that all members apply together. */
  public SharedConfiguration configuration() {
    throw new IllegalStateException("not yet");
  }

  /** How the cluster looks from here; cheap. */
  public LeadershipView view() {
    throw new IllegalStateException("not yet");
  }

  /** Whether this member leads, and a majority said so lately; cheap, for every thread. */
  public boolean leads() {
    throw new IllegalStateException("not yet");
  }

  /** Forgets what is held of targets that are not watched any more. */
  public CompletionStage<Boolean> forget(Collection<String> targets) {
    throw new IllegalStateException("not yet" + targets);
  }

  /** Stops leading, hands over to the others, and leaves. */
  @Override
  public void close() {}
}
