package parallax.probe.dns.authority;

import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.SOARecord;
import parallax.probe.dns.delegation.Delegation;

/**
 * All that the servers of a zone said in one round.
 *
 * @param delegation what the parent says about the zone
 */
public record ZoneEvidence(Delegation delegation, List<ServerEvidence> servers) {
  public ZoneEvidence {
    servers = List.copyOf(servers);
  }

  public Name zone() {
    return delegation.zone();
  }

  /** The serials that the servers have, one for each server that told. */
  public List<Long> serials() {
    return servers.stream()
        .flatMap(server -> server.version().stream())
        .map(SOARecord::getSerial)
        .toList();
  }
}
