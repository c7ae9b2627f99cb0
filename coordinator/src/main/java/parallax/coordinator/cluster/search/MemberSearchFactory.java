package parallax.coordinator.cluster.search;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.logging.ILogger;
import com.hazelcast.spi.discovery.AbstractDiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.DiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import parallax.coordinator.cluster.discovery.HostPort;
import parallax.coordinator.cluster.discovery.MemberAddress;

/**
 * What Hazelcast asks for members that are known by name. Its own joining by a list takes, of a
 * name's addresses, only those that it listens on itself; its plugin for Kubernetes takes any
 * number of them, wherever they lead.
 */
public final class MemberSearchFactory implements DiscoveryStrategyFactory {
  private final MemberSearch search;

  /**
   * A search by the name system of this machine.
   *
   * @param places addresses or names
   * @param own where this member listens
   */
  public MemberSearchFactory(List<HostPort> places, MemberAddress own) {
    search = new MemberSearch(places, own.address(), new MachineNames());
  }

  /** Whether members are to be searched for: one of these places is a name. */
  public static boolean isNeeded(List<HostPort> places) {
    return places.stream().anyMatch(place -> MemberSearch.literal(place).isEmpty());
  }

  @Override
  public Class<? extends DiscoveryStrategy> getDiscoveryStrategyType() {
    return Strategy.class;
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface has it
  public DiscoveryStrategy newDiscoveryStrategy(
      DiscoveryNode node, ILogger log, Map<String, Comparable> properties) {
    return new Strategy(log, properties, search);
  }

  @Override
  public Collection<PropertyDefinition> getConfigurationProperties() {
    return List.of();
  }

  private static final class Strategy extends AbstractDiscoveryStrategy {
    private final MemberSearch search;

    @SuppressWarnings("rawtypes")
    Strategy(ILogger log, Map<String, Comparable> properties, MemberSearch search) {
      super(log, properties);
      this.search = search;
    }

    @Override
    public Iterable<DiscoveryNode> discoverNodes() {
      return search.find().stream().<DiscoveryNode>map(Strategy::node).toList();
    }

    private static SimpleDiscoveryNode node(MemberAddress member) {
      return new SimpleDiscoveryNode(new Address(member.address(), member.port()));
    }
  }
}
