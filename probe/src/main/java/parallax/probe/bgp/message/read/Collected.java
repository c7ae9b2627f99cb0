package parallax.probe.bgp.message.read;

import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.route.AsPath;
import parallax.probe.bgp.route.Communities;
import parallax.probe.bgp.route.PathAttributes;
import parallax.probe.bgp.route.PathAttributes.Aggregator;
import parallax.probe.bgp.route.PathAttributes.Origin;
import parallax.probe.bgp.route.PathAttributes.Preference;
import parallax.probe.net.IpAddress;

/** The attributes of one update as they are read, and what they make together. */
final class Collected {
  static final byte[] NO_BYTES = {};

  /** What stands for a number of four bytes in a path of two (RFC 6793 section 9). */
  private static final int AS_TRANS = 23_456;

  Optional<Origin> origin = Optional.empty();
  Optional<int[]> path = Optional.empty();
  Optional<int[]> as4Path = Optional.empty();
  Optional<IpAddress> nextHop = Optional.empty();
  Optional<Long> localPreference = Optional.empty();
  Optional<Long> discriminator = Optional.empty();
  Optional<Long> onlyToCustomer = Optional.empty();
  boolean atomicAggregate;
  byte[] plain = NO_BYTES;
  byte[] extended = NO_BYTES;
  byte[] extendedIpv6 = NO_BYTES;
  byte[] large = NO_BYTES;

  /** Whether there was any attribute but MP_UNREACH_NLRI. */
  boolean others;

  private Optional<Aggregator> aggregator = Optional.empty();
  private Optional<Aggregator> as4Aggregator = Optional.empty();

  void aggregator(long asn, IpAddress address) {
    aggregator = Optional.of(new Aggregator(asn, address));
  }

  void as4Aggregator(long asn, IpAddress address) {
    as4Aggregator = Optional.of(new Aggregator(asn, address));
  }

  /** The attributes with this next hop. */
  PathAttributes attributes(Optional<IpAddress> via) {
    // An aggregator of two bytes says that somebody who knows no four bytes changed the path after
    // the four were written down (RFC 6793 section 4.2.3).
    boolean stale = aggregator.isPresent() && aggregator.get().asn() != AS_TRANS;
    int[] words = path.orElse(new int[0]);
    if (as4Path.isPresent() && !(stale && as4Aggregator.isPresent())) {
      words = AsPathReader.merged(words, as4Path.get());
    }
    Optional<Aggregator> known = stale ? aggregator : as4Aggregator.or(() -> aggregator);
    return new PathAttributes(
        origin.orElse(Origin.INCOMPLETE),
        AsPath.of(words),
        via,
        communities(),
        onlyToCustomer,
        preference(aggregator.isPresent() ? known : aggregator));
  }

  private List<String> communities() {
    boolean none = plain.length + extended.length + extendedIpv6.length + large.length == 0;
    return none ? Communities.NONE : Communities.of(plain, extended, extendedIpv6, large);
  }

  private Preference preference(Optional<Aggregator> known) {
    boolean none =
        localPreference.isEmpty() && discriminator.isEmpty() && !atomicAggregate && known.isEmpty();
    return none
        ? Preference.NONE
        : new Preference(localPreference, discriminator, atomicAggregate, known);
  }
}
