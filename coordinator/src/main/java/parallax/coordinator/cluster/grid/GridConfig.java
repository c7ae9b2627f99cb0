package parallax.coordinator.cluster.grid;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.DiscoveryStrategyConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.config.TopicConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.coordinator.cluster.discovery.HostPort;
import parallax.coordinator.cluster.pack.Wire;
import parallax.coordinator.cluster.search.MemberSearchFactory;

/**
 * Hazelcast as it is run here. What is not needed is off; what is needed refuses a minority, says
 * when it does not know, and gives up soon.
 *
 * <p>After a split the majority's entries win: the minority refused every write for as long as it
 * was one, and what it had not replicated it never said was safe. So its entries are discarded
 * unread.
 */
public final class GridConfig {
  /** Copies beside the owner's, each written before anything is called safe. */
  public static final int BACKUPS = 2;

  /**
   * Fewer than the usual 271: there are some dozens of books and a few small maps, and each
   * partition costs operations at every change of members.
   */
  static final int PARTITIONS = 64;

  /** A member that is not heard for so long is taken for gone, in seconds. */
  public static final int HEARTBEAT_LIMIT_SECONDS = 10;

  private static final int HEARTBEAT_SECONDS = 1;
  private static final int BACKUP_TIMEOUT_MILLIS = 4_000;
  private static final int CALL_TIMEOUT_MILLIS = 10_000;
  private static final int MERGE_FIRST_SECONDS = 5;
  private static final int MERGE_NEXT_SECONDS = 5;
  private static final int JOIN_WAIT_SECONDS = 1;
  private static final int MAX_JOIN_SECONDS = 20;
  private static final int CONNECT_TIMEOUT_SECONDS = 3;
  private static final int INVOCATION_RETRIES = 50;

  private GridConfig() {}

  /**
   * The configuration of a member.
   *
   * @param id random for each start of the member
   * @param wires of all types that members tell one another
   */
  public static Config of(MemberSettings settings, long id, List<Wire<?>> wires) {
    Config config = new Config();
    config.setClusterName(settings.name().reveal());
    config.setInstanceName("parallax-" + settings.card().name() + "-" + settings.address().port());
    config.setClassLoader(GridConfig.class.getClassLoader());
    properties().forEach(config::setProperty);
    config.setAdvancedNetworkConfig(network(settings));
    config.getSerializationConfig().setJavaSerializationFilterConfig(filter());
    config.getSerializationConfig().setCheckClassDefErrors(true);
    wires.forEach(
        wire ->
            config
                .getSerializationConfig()
                .getCompactSerializationConfig()
                .addSerializer(new WireSerializer<>(wire)));
    config.addSplitBrainProtectionConfig(
        new SplitBrainProtectionConfig(GridNames.MAJORITY, true)
            .setMinimumClusterSize(settings.quorum())
            .setProtectOn(SplitBrainProtectionOn.READ_WRITE));
    config.addMapConfig(map(GridNames.ALL_MAPS, InMemoryFormat.BINARY));
    config.addMapConfig(map(GridNames.BOOKS, InMemoryFormat.OBJECT));
    config.addTopicConfig(new TopicConfig(GridNames.LOOK_AGAIN).setStatisticsEnabled(false));
    switchOff(config);
    MemberAttributes.of(settings.card(), id)
        .forEach((key, value) -> config.getMemberAttributeConfig().setAttribute(key, value));
    return config;
  }

  private static MapConfig map(String name, InMemoryFormat format) {
    MergePolicyConfig majorityWins =
        new MergePolicyConfig().setPolicy(DiscardMergePolicy.class.getName());
    return new MapConfig(name)
        .setInMemoryFormat(format)
        .setBackupCount(BACKUPS)
        .setAsyncBackupCount(0)
        .setReadBackupData(false)
        .setStatisticsEnabled(false)
        .setPerEntryStatsEnabled(false)
        .setMergePolicyConfig(majorityWins)
        .setSplitBrainProtectionName(GridNames.MAJORITY);
  }

  private static AdvancedNetworkConfig network(MemberSettings settings) {
    AdvancedNetworkConfig network = new AdvancedNetworkConfig().setEnabled(true);
    ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig();
    endpoint.setPort(settings.address().port()).setPortAutoIncrement(false).setPortCount(1);
    endpoint.setReuseAddress(true);
    endpoint.setPublicAddress(settings.address().toString());
    endpoint.getInterfaces().setEnabled(true).addInterface(settings.address().host());
    endpoint.setSocketConnectTimeoutSeconds(CONNECT_TIMEOUT_SECONDS);
    network.setMemberEndpointConfig(endpoint);
    network.setJoin(join(settings));
    return network;
  }

  private static JoinConfig join(MemberSettings settings) {
    List<HostPort> places = settings.discovery().places();
    JoinConfig join = new JoinConfig();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    if (MemberSearchFactory.isNeeded(places)) {
      join.getDiscoveryConfig()
          .addDiscoveryStrategyConfig(
              new DiscoveryStrategyConfig(new MemberSearchFactory(places, settings.address())));
    } else {
      join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(CONNECT_TIMEOUT_SECONDS);
      places.forEach(place -> join.getTcpIpConfig().addMember(place.toString()));
    }
    return join;
  }

  private static void switchOff(Config config) {
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    config.getMetricsConfig().getJmxConfig().setEnabled(false);
    config.getMetricsConfig().getManagementCenterConfig().setEnabled(false);
    config.getManagementCenterConfig().setScriptingEnabled(false);
    config.getManagementCenterConfig().setConsoleEnabled(false);
    config.getManagementCenterConfig().setDataAccessEnabled(false);
    config.getUserCodeDeploymentConfig().setEnabled(false);
    config.getIntegrityCheckerConfig().setEnabled(false);
  }

  /** Java's own serialization carries nothing but what went wrong. */
  private static JavaSerializationFilterConfig filter() {
    JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    JavaClasses.NEEDED.forEach(name -> filter.getWhitelist().addClasses(name));
    return filter;
  }

  private static Map<String, String> properties() {
    SortedMap<String, String> set = new TreeMap<>();
    set.put("hazelcast.logging.type", "slf4j");
    set.put("hazelcast.logging.details.enabled", "false");
    set.put("hazelcast.phone.home.enabled", "false");
    set.put("hazelcast.socket.bind.any", "false");
    set.put("hazelcast.socket.server.bind.any", "false");
    set.put("hazelcast.socket.client.bind.any", "false");
    set.put("hazelcast.shutdownhook.enabled", "false");
    set.put("hazelcast.diagnostics.enabled", "false");
    set.put("hazelcast.jmx", "false");
    // Whoever is named by an address is not searched for: joining by a list goes before.
    set.put("hazelcast.discovery.enabled", "true");
    set.put("hazelcast.operation.fail.on.indeterminate.state", "true");
    set.put("hazelcast.operation.backup.timeout.millis", number(BACKUP_TIMEOUT_MILLIS));
    set.put("hazelcast.operation.call.timeout.millis", number(CALL_TIMEOUT_MILLIS));
    set.put("hazelcast.invocation.max.retry.count", number(INVOCATION_RETRIES));
    set.put("hazelcast.heartbeat.interval.seconds", number(HEARTBEAT_SECONDS));
    set.put("hazelcast.max.no.heartbeat.seconds", number(HEARTBEAT_LIMIT_SECONDS));
    set.put("hazelcast.merge.first.run.delay.seconds", number(MERGE_FIRST_SECONDS));
    set.put("hazelcast.merge.next.run.delay.seconds", number(MERGE_NEXT_SECONDS));
    set.put("hazelcast.wait.seconds.before.join", number(JOIN_WAIT_SECONDS));
    set.put("hazelcast.max.wait.seconds.before.join", number(MAX_JOIN_SECONDS));
    set.put("hazelcast.partition.count", number(PARTITIONS));
    set.put("hazelcast.io.thread.count", "2");
    set.put("hazelcast.operation.generic.thread.count", "2");
    set.put("hazelcast.event.thread.count", "1");
    return set;
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%d", value);
  }
}
