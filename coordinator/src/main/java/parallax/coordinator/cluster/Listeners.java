package parallax.coordinator.cluster;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import parallax.coordinator.cluster.bundle.BundleFollower;
import parallax.coordinator.cluster.exchange.LookAgain;
import parallax.coordinator.cluster.lead.LeadershipListener;
import parallax.coordinator.view.ProbeConnection;

/**
 * What a member calls.
 *
 * @param lookAgain is told of every probe that is to look again, connected here or not; must not
 *     block
 * @param probes the streams that end here, and those that did, to be told to the other members
 */
public record Listeners(
    LeadershipListener leadership,
    Consumer<LookAgain> lookAgain,
    BundleFollower configuration,
    Supplier<List<ProbeConnection>> probes) {
  /** Of a member to which no probe connects. */
  public Listeners(
      LeadershipListener leadership, Consumer<LookAgain> lookAgain, BundleFollower configuration) {
    this(leadership, lookAgain, configuration, List::of);
  }
}
