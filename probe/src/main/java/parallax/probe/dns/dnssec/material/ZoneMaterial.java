package parallax.probe.dns.dnssec.material;

import java.util.List;
import org.xbill.DNS.Name;

/**
 * What ties one zone to the one above it. Several servers may have been asked, and may disagree.
 *
 * @param zone the apex
 * @param delegation what servers of the zone above reply to {@code zone DS}, or their referrals:
 *     both carry the DS set or the proof of its absence (RFC 4035 section 3.1.4). Not looked at for
 *     the zone of the trust anchor
 * @param keys what the zone's own servers reply to {@code zone DNSKEY}
 */
public record ZoneMaterial(Name zone, List<Reply> delegation, List<Reply> keys) {
  /** Replies to one question that are looked at; further ones are left out. */
  public static final int MAX_REPLIES = 32;

  public ZoneMaterial {
    delegation = delegation.stream().limit(MAX_REPLIES).toList();
    keys = keys.stream().limit(MAX_REPLIES).toList();
  }
}
