package parallax.deploy.coordinator;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import parallax.config.Configuration;
import parallax.config.problem.Problem;
import parallax.config.target.Target;
import parallax.coordinator.CoordinatorNode;
import parallax.coordinator.cluster.ClusterMember;
import parallax.coordinator.configuration.ConfigurationSource;
import parallax.coordinator.configuration.ConfigurationWatcher;
import parallax.coordinator.configuration.change.Change;
import parallax.coordinator.uplink.UplinkServer;
import parallax.coordinator.view.SourceRevision;

/** Tells everybody in this process what is watched from now on. */
final class InForce implements ConfigurationWatcher.Listener {
  private static final int HEXADECIMAL = 16;

  private final CoordinatorNode node;
  private final Supplier<Optional<UplinkServer>> uplink;
  private final Supplier<Optional<ClusterMember>> member;
  private Set<String> targets = Set.of();
  private Optional<Configuration> current = Optional.empty();

  InForce(
      CoordinatorNode node,
      Supplier<Optional<UplinkServer>> uplink,
      Supplier<Optional<ClusterMember>> member) {
    this.node = node;
    this.uplink = uplink;
    this.member = member;
  }

  /** What a coordinator that is alone begins with. */
  void begin(ConfigurationSource.Start.Ready first) {
    first.source().ifPresent(commit -> node.configure(first.configuration(), commit));
    assign(first.configuration());
  }

  /** The port for probes is open: what came into force before is theirs, too. */
  synchronized void opened() {
    current.ifPresent(this::assign);
  }

  @Override
  public void configure(Configuration configuration) {
    node.configure(configuration);
    assign(configuration);
  }

  @Override
  public void configure(Configuration configuration, SourceRevision commit) {
    node.configure(configuration, commit);
    assign(configuration);
  }

  @Override
  public void configurationRejected(List<Problem> problems) {
    node.configurationRejected(problems);
  }

  @Override
  public void configurationHeld(List<Problem> problems, Optional<Change> change) {
    node.configurationHeld(problems, change);
  }

  private synchronized void assign(Configuration configuration) {
    current = Optional.of(configuration);
    // Of what the files hold: it stands for the same targets on every member.
    long revision = Long.parseUnsignedLong(configuration.revision(), HEXADECIMAL);
    uplink
        .get()
        .ifPresent(
            server -> server.assign(revision, configuration.targets(), configuration.routing()));
    Set<String> now = new HashSet<>();
    for (Target target : configuration.targets()) {
      now.add(target.name().value());
    }
    Set<String> gone = new HashSet<>(targets);
    gone.removeAll(now);
    targets = now;
    if (!gone.isEmpty()) {
      member.get().filter(ClusterMember::leads).ifPresent(one -> one.forget(gone));
    }
  }
}
