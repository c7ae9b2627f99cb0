package parallax.probe.audit.gather;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import parallax.config.check.Naming;
import parallax.config.check.RegistrationSpec.RegistrationPolicy;
import parallax.config.check.TlsSpec;
import parallax.config.check.ZoneSpec.Dnssec;
import parallax.probe.audit.facts.Subject;
import parallax.probe.audit.facts.Voice;
import parallax.probe.audit.facts.World.Untold;

/**
 * What is to be asked, each thing once.
 *
 * @param voices as far as they are known before their mail exchangers are
 * @param mail for receivers of mail, by name, the domains whose exchangers they need
 * @param hosts by name, and who is asked for their addresses
 * @param zones by registrable name
 * @param certificates by server
 * @param domains by registrable name
 */
record Plan(
    List<Subject> subjects,
    List<Voice> voices,
    SortedMap<String, SortedSet<String>> mail,
    SortedMap<String, Naming> hosts,
    SortedMap<String, Dnssec> zones,
    SortedMap<String, TlsSpec> certificates,
    SortedMap<String, RegistrationPolicy> domains,
    List<Untold> untold) {

  Plan {
    subjects = List.copyOf(subjects);
    voices = List.copyOf(voices);
    mail = copy(mail);
    hosts = copy(hosts);
    zones = copy(zones);
    certificates = copy(certificates);
    domains = copy(domains);
    untold = List.copyOf(untold);
  }

  private static <T> SortedMap<String, T> copy(Map<String, T> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
