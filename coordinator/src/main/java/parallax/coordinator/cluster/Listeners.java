package parallax.coordinator.cluster;

import java.util.function.Consumer;
import parallax.coordinator.cluster.bundle.BundleFollower;
import parallax.coordinator.cluster.exchange.LookAgain;
import parallax.coordinator.cluster.lead.LeadershipListener;

/**
 * What a member calls.
 *
 * @param lookAgain is told of every probe that is to look again, connected here or not; must not
 *     block
 */
public record Listeners(
    LeadershipListener leadership, Consumer<LookAgain> lookAgain, BundleFollower configuration) {}
