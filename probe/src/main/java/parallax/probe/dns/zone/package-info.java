/**
 * The checks of the zone that a name lies in ({@code DelegationCheck}, {@code NameServersCheck}):
 * they bring walk, round and chain of signatures together and report what is theirs. Imports walk,
 * authority, dnssec, wire, net, keep, suffix and check.
 */
@NullMarked
package parallax.probe.dns.zone;

import org.jspecify.annotations.NullMarked;
