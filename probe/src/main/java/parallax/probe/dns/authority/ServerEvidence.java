package parallax.probe.dns.authority;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.SOARecord;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.delegation.Said;
import parallax.probe.dns.delegation.Visit;

/**
 * All that one address of one server of a zone said. What was not asked is absent.
 *
 * @param soa asked for the zone's SOA over UDP
 * @param tcp the same over TCP
 * @param ns asked for the zone's own NS set
 * @param host asked for the server's own address in the zone, of the family it was reached over;
 *     present where the name lies in the zone
 * @param targets in the order of the spec
 */
public record ServerEvidence(
    Visit soa, Optional<Visit> tcp, Optional<Visit> ns, Optional<Visit> host, List<Visit> targets) {
  public ServerEvidence {
    targets = List.copyOf(targets);
  }

  /** Of a server that was not asked. */
  static ServerEvidence untested(Visit why) {
    return new ServerEvidence(why, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  public NameServer server() {
    return soa.server();
  }

  /** The version and the timers of the zone that this server has. */
  public Optional<SOARecord> version() {
    return version(soa).or(() -> tcp.flatMap(ServerEvidence::version));
  }

  private static Optional<SOARecord> version(Visit visit) {
    return visit.said() instanceof Said.Answered answered
        ? answered.records().stream()
            .filter(SOARecord.class::isInstance)
            .map(SOARecord.class::cast)
            .findFirst()
        : Optional.empty();
  }
}
