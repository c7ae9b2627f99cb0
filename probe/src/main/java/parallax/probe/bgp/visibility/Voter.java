package parallax.probe.bgp.visibility;

import java.util.Comparator;
import parallax.probe.bgp.route.Peer;

/**
 * Who has one voice about a prefix: an autonomous system counts once at each collector, however
 * many sessions it has there.
 *
 * @param collector the source
 * @param name {@code AS3303}, or the address where the number is not known
 */
public record Voter(String collector, String name) implements Comparable<Voter> {
  private static final Comparator<Voter> ORDER =
      Comparator.comparing(Voter::collector).thenComparing(Voter::name);

  /** The voice of this peer. */
  public static Voter of(Peer peer) {
    return new Voter(peer.source(), peer.asn() == 0 ? peer.address() : "AS" + peer.asn());
  }

  @Override
  public int compareTo(Voter other) {
    return ORDER.compare(this, other);
  }
}
