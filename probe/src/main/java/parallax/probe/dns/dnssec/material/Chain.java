package parallax.probe.dns.dnssec.material;

import java.util.List;
import org.xbill.DNS.Name;

/**
 * All that is needed to judge one question: every zone from the trust anchor's down to the one that
 * holds the name, and what each server of the last one replied.
 *
 * @param zones from the top; each below the one before it, without a gap; never empty
 * @param name what was asked for
 * @param type as in {@link org.xbill.DNS.Type}
 * @param answers replies of the last zone's servers, one each
 */
public record Chain(List<ZoneMaterial> zones, Name name, int type, List<Reply> answers) {
  /** Zones from the anchor down, at most; delegations in the wild are not half as deep. */
  public static final int MAX_ZONES = 16;

  public Chain {
    zones = List.copyOf(zones);
    answers = answers.stream().limit(ZoneMaterial.MAX_REPLIES).toList();
    if (zones.isEmpty() || zones.size() > MAX_ZONES) {
      throw new IllegalArgumentException("1 to " + MAX_ZONES + " zones, not " + zones.size());
    }
    for (int below = 1; below < zones.size(); below++) {
      requireBelow(zones.get(below).zone(), zones.get(below - 1).zone());
    }
    if (!name.subdomain(zones.getLast().zone())) {
      throw new IllegalArgumentException(name + " is not in " + zones.getLast().zone());
    }
  }

  private static void requireBelow(Name zone, Name above) {
    if (zone.equals(above) || !zone.subdomain(above)) {
      throw new IllegalArgumentException(zone + " is not below " + above);
    }
  }
}
