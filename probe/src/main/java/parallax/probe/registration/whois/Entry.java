package parallax.probe.registration.whois;

import parallax.probe.registration.whois.table.Role;
import parallax.probe.registration.whois.table.Section;

/**
 * A value that an answer gives.
 *
 * @param role what its key tells
 * @param section whose data it stands among
 */
record Entry(Role role, Section section, String value) {}
