package parallax.probe.registration.lookup;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.check.ServerAddress;

/**
 * What IANA says of a TLD's WHOIS server, learnt while running and anew weekly. An immutable value.
 *
 * @param referrals by TLD; at most {@link #MAX_REFERRALS}
 */
record Servers(SortedMap<String, Referral> referrals) {
  static final Duration REFERRAL_LASTS = Duration.ofDays(7);
  static final int MAX_REFERRALS = 2_000;

  /** Nothing learnt yet. */
  static final Servers NONE = new Servers(new TreeMap<>());

  /**
   * What IANA said.
   *
   * @param server empty: there is none
   */
  record Referral(Optional<ServerAddress> server, Instant at) {}

  Servers {
    referrals = Collections.unmodifiableSortedMap(referrals);
  }

  Servers with(String tld, Referral referral) {
    SortedMap<String, Referral> after = new TreeMap<>(referrals);
    if (after.size() >= MAX_REFERRALS) {
      after.clear();
    }
    after.put(tld, referral);
    return new Servers(after);
  }

  /** What IANA said of {@code tld}, while it counts. */
  Optional<Referral> referral(String tld, Instant now) {
    return Optional.ofNullable(referrals.get(tld))
        .filter(known -> known.at().plus(REFERRAL_LASTS).isAfter(now));
  }
}
