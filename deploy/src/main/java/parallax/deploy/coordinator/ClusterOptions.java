package parallax.deploy.coordinator;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.cluster.discovery.ClusterName;
import parallax.coordinator.cluster.discovery.Discovery;
import parallax.coordinator.cluster.discovery.HostPort;
import parallax.coordinator.cluster.discovery.MemberAddress;
import parallax.coordinator.cluster.discovery.MemberCard;
import parallax.coordinator.cluster.grid.MemberSettings;
import parallax.deploy.command.Version;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a coordinator finds the others, and is found. */
final class ClusterOptions {
  /** Where members listen when nothing else is said. */
  private static final int DEFAULT_PORT = 5701;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--member",
      paramLabel = "HOST:PORT",
      description = {
        "Makes it one member of a cluster: the private address on which the others reach it.",
        "Whoever reaches that port can read what the cluster holds: guard it by a firewall."
      })
  private @Nullable String member;

  @Option(
      names = "--members",
      split = ",",
      paramLabel = "HOST:PORT",
      description = "All members of the cluster by address or name, this one among them or not.")
  private List<String> members = new ArrayList<>();

  @Option(
      names = "--members-dns",
      paramLabel = "NAME[:PORT]",
      description = {
        "A name whose addresses (A and AAAA) are the members. It is asked again until all are"
            + " there;",
        "only private addresses count, and no answer of more than 32."
      })
  private @Nullable String membersName;

  @Option(
      names = "--members-kubernetes",
      paramLabel = "SERVICE[:PORT]",
      description = {
        "A headless service of Kubernetes whose pods are the members: the same, by the service's",
        "name in DNS. It has to publish addresses that are not ready (publishNotReadyAddresses)."
      })
  private @Nullable String membersService;

  @Option(
      names = "--cluster-size",
      paramLabel = "N",
      description = {
        "How many members there are when all are: more than half of them are needed to work.",
        "Default: as many as --members names."
      })
  private @Nullable Integer size;

  @Option(
      names = "--cluster-name-file",
      paramLabel = "FILE",
      description = "Holds 128 random bits that all members have in common: openssl rand -hex 16.")
  private @Nullable Path nameFile;

  @Option(
      names = "--advertise",
      paramLabel = "URL",
      description = "Where the other members reach this one's page. Default: made of --listen.")
  private @Nullable URI advertised;

  boolean isMember() {
    boolean others = !members.isEmpty() || membersName != null || membersService != null;
    if (member == null && (others || size != null || nameFile != null)) {
      throw new ParameterException(
          spec.commandLine(), "a cluster needs --member: the address of this one");
    }
    return member != null;
  }

  /** What it is called when nobody says. */
  String defaultName() {
    return member == null ? "coordinator" : member;
  }

  /**
   * The settings of a member.
   *
   * @param name of this one, for people
   * @param http where it serves, as far as is known
   */
  MemberSettings settings(String name, URI http) {
    try {
      MemberAddress address = MemberAddress.parse(String.valueOf(member));
      if (nameFile == null) {
        throw new IllegalArgumentException("a cluster needs --cluster-name-file");
      }
      Discovery discovery = discovery();
      URI page = advertised == null ? reachable(http, address) : advertised;
      return new MemberSettings(
          address,
          ClusterName.read(nameFile),
          discovery,
          size(discovery),
          new MemberCard(name, page.toString(), Version.NUMBER));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static URI reachable(URI http, MemberAddress address) {
    boolean everywhere = http.getHost().equals("0.0.0.0") || http.getHost().equals("[::]");
    return everywhere ? URI.create("http://" + new HostPort(address.host(), http.getPort())) : http;
  }

  private int size(Discovery discovery) {
    if (size != null) {
      return size;
    }
    if (discovery instanceof Discovery.Listed(List<HostPort> listed)) {
      return listed.size();
    }
    throw new IllegalArgumentException(
        "say by --cluster-size how many members there are when all are");
  }

  private Discovery discovery() {
    long ways =
        (members.isEmpty() ? 0 : 1)
            + Optional.ofNullable(membersName).stream().count()
            + Optional.ofNullable(membersService).stream().count();
    if (ways != 1) {
      throw new IllegalArgumentException(
          "a member finds the others by one of --members, --members-dns, --members-kubernetes");
    }
    if (membersName != null) {
      return new Discovery.Name(withPort(membersName));
    }
    if (membersService != null) {
      return new Discovery.Name(withPort(membersService));
    }
    return new Discovery.Listed(members.stream().map(HostPort::parse).toList());
  }

  private static HostPort withPort(String written) {
    return written.indexOf(':') < 0 ? new HostPort(written, DEFAULT_PORT) : HostPort.parse(written);
  }
}
