package parallax.coordinator.cluster.search;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.cluster.discovery.Discovery;
import parallax.coordinator.cluster.discovery.HostPort;
import parallax.coordinator.cluster.discovery.MemberAddress;
import parallax.coordinator.cluster.discovery.PrivateAddresses;

/**
 * Where other members may be, asked anew each time. Who answers for a name decides whom a member
 * tells the cluster's name; so only private addresses count, of the family that it listens on, and
 * an answer with more of them than a cluster can have counts for nothing. While there is no answer
 * that counts, the last one does.
 */
final class MemberSearch {
  private static final Logger LOG = LoggerFactory.getLogger(MemberSearch.class);

  private final List<HostPort> places;
  private final InetAddress own;
  private final NameLookup names;
  private final Map<HostPort, List<MemberAddress>> last = new HashMap<>();
  private final Map<HostPort, String> told = new HashMap<>();

  /**
   * A search that begins without any answer.
   *
   * @param places addresses or names, at most {@link Discovery#MAX_MEMBERS}
   * @param own the address that this member listens on
   */
  MemberSearch(List<HostPort> places, InetAddress own, NameLookup names) {
    this.places = List.copyOf(places);
    this.own = own;
    this.names = names;
  }

  /** At most {@link Discovery#MAX_MEMBERS} addresses, this member's own among them or not. */
  synchronized List<MemberAddress> find() {
    SequencedSet<MemberAddress> found = new LinkedHashSet<>();
    for (HostPort place : places) {
      found.addAll(literal(place).map(List::of).orElseGet(() -> ask(place)));
    }
    return found.stream().limit(Discovery.MAX_MEMBERS).toList();
  }

  /** The address that a place is written as. */
  static Optional<MemberAddress> literal(HostPort place) {
    try {
      return Optional.of(new MemberAddress(InetAddress.ofLiteral(place.host()), place.port()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private List<MemberAddress> ask(HostPort place) {
    return switch (names.ask(place.host())) {
      case NameLookup.Answer.None(String why) -> without(place, why);
      case NameLookup.Answer.Addresses(List<InetAddress> addresses) -> {
        List<InetAddress> fit = addresses.stream().filter(this::isFit).distinct().toList();
        if (fit.size() > Discovery.MAX_MEMBERS) {
          String most = ", a cluster has at most " + Discovery.MAX_MEMBERS;
          yield without(place, "it has " + fit.size() + " addresses" + most);
        }
        if (fit.isEmpty()) {
          String family = own.getAddress().length == 4 ? "IPv4" : "IPv6";
          yield without(
              place,
              "none of its " + addresses.size() + " addresses is a private one of " + family);
        }
        yield take(place, fit);
      }
    };
  }

  private boolean isFit(InetAddress address) {
    return address.getAddress().length == own.getAddress().length
        && PrivateAddresses.objection(address).isEmpty();
  }

  private List<MemberAddress> take(HostPort place, List<InetAddress> addresses) {
    List<MemberAddress> members =
        addresses.stream()
            .sorted(Comparator.comparing(InetAddress::getHostAddress))
            .map(address -> new MemberAddress(address, place.port()))
            .toList();
    last.put(place, members);
    String what = members.toString();
    if (!what.equals(told.put(place, what))) {
      LOG.info("cluster=members_found name={} addresses={}", place, members);
    }
    return members;
  }

  private List<MemberAddress> without(HostPort place, String why) {
    List<MemberAddress> before = last.getOrDefault(place, List.of());
    if (!why.equals(told.put(place, why))) {
      LOG.warn("cluster=members_not_found name={} error=\"{}\" kept={}", place, why, before);
    }
    return before;
  }
}
