package parallax.probe.registration.lookup;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.check.ServerAddress;
import parallax.probe.registration.rdap.RdapBootstrap;

/**
 * What is known of where to ask. Learnt anew while running: the bootstrap file daily, what IANA
 * says of a TLD's WHOIS server weekly. An immutable value.
 *
 * @param readAt when the file was asked for last, whatever came of it
 * @param referrals by TLD; at most {@link #MAX_REFERRALS}
 */
record Servers(RdapBootstrap bootstrap, Instant readAt, SortedMap<String, Referral> referrals) {
  static final Duration BOOTSTRAP_LASTS = Duration.ofHours(24);
  static final Duration REFERRAL_LASTS = Duration.ofDays(7);
  static final int MAX_REFERRALS = 2_000;

  /**
   * What IANA said.
   *
   * @param server empty: there is none
   */
  record Referral(Optional<ServerAddress> server, Instant at) {}

  Servers {
    referrals = Collections.unmodifiableSortedMap(referrals);
  }

  static Servers shipped() {
    return new Servers(RdapBootstrap.shipped(), Instant.EPOCH, new TreeMap<>());
  }

  boolean isBootstrapDue(Instant now) {
    return !readAt.plus(BOOTSTRAP_LASTS).isAfter(now);
  }

  Servers asked(Instant now) {
    return new Servers(bootstrap, now, referrals);
  }

  Servers with(RdapBootstrap newer) {
    return new Servers(newer, readAt, referrals);
  }

  Servers with(String tld, Referral referral) {
    SortedMap<String, Referral> after = new TreeMap<>(referrals);
    if (after.size() >= MAX_REFERRALS) {
      after.clear();
    }
    after.put(tld, referral);
    return new Servers(bootstrap, readAt, after);
  }

  /** What IANA said of {@code tld}, while it counts. */
  Optional<Referral> referral(String tld, Instant now) {
    return Optional.ofNullable(referrals.get(tld))
        .filter(known -> known.at().plus(REFERRAL_LASTS).isAfter(now));
  }

  Optional<URI> rdap(String domain, String suffix) {
    return bootstrap.server(domain).or(() -> KnownServers.shipped().rdap(suffix));
  }
}
