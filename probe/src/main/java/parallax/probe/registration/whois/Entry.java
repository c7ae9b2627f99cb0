package parallax.probe.registration.whois;

import parallax.probe.registration.whois.table.Role;
import parallax.probe.registration.whois.table.Section;

/**
 * A value that an answer gives.
 *
 * @param role what its key tells
 * @param key as the tables spell it
 * @param section whose data it stands among
 */
record Entry(Role role, String key, Section section, String value) {
  /** Whether it is the domain's by where it stands, or because its key says so. */
  boolean isAboutDomain() {
    boolean named = key.contains("domain") || key.contains("commencement");
    return section.isAboutDomain() || (named && section == Section.CONTACT);
  }
}
