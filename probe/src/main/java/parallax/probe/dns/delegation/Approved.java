package parallax.probe.dns.delegation;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.xbill.DNS.Name;

/**
 * What the parent zone should say, as far as somebody approved it.
 *
 * @param servers the NS set; empty when any will do
 * @param ds the DS set in presentation form; present and without elements when the zone should be
 *     unsigned; empty when any will do
 */
public record Approved(Optional<SortedSet<Name>> servers, Optional<SortedSet<String>> ds) {
  public static final Approved ANY = new Approved(Optional.empty(), Optional.empty());

  public Approved {
    servers = servers.map(set -> Collections.unmodifiableSortedSet(new TreeSet<>(set)));
    ds = ds.map(set -> Collections.unmodifiableSortedSet(new TreeSet<>(set)));
  }

  /** What was seen, approved. */
  public static Approved as(Delegation seen) {
    return new Approved(Optional.of(seen.servers()), Optional.of(seen.ds()));
  }
}
