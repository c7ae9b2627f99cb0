package parallax.probe.audit.facts;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that an audit judges.
 *
 * @param hosts by name
 * @param zones by registrable name
 * @param domains by registrable name
 * @param certificates by {@link CertificateFacts#server}
 * @param untold what could not be told, and why, in the order in which it was asked
 */
public record World(
    List<Subject> subjects,
    List<Voice> voices,
    SortedMap<String, HostFacts> hosts,
    SortedMap<String, ZoneFacts> zones,
    SortedMap<String, DomainFacts> domains,
    SortedMap<String, CertificateFacts> certificates,
    List<Untold> untold) {

  /** Something that could not be told. */
  public record Untold(String what, String why) {}

  public World {
    subjects = List.copyOf(subjects);
    voices = List.copyOf(voices);
    hosts = copy(hosts);
    zones = copy(zones);
    domains = copy(domains);
    certificates = copy(certificates);
    untold = List.copyOf(untold);
  }

  private static <T> SortedMap<String, T> copy(Map<String, T> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  public Optional<HostFacts> host(String name) {
    return Optional.ofNullable(hosts.get(name));
  }

  public Optional<ZoneFacts> zone(String domain) {
    return Optional.ofNullable(zones.get(domain));
  }

  public Optional<DomainFacts> domain(String domain) {
    return Optional.ofNullable(domains.get(domain));
  }

  public Optional<CertificateFacts> certificate(String server) {
    return Optional.ofNullable(certificates.get(server));
  }

  /** Whether there was something to look at and nothing of it was seen. */
  public boolean isDark() {
    return !hosts.isEmpty()
        && domains.isEmpty()
        && hosts.values().stream().allMatch(host -> host.places().isEmpty())
        && zones.values().stream().allMatch(zone -> zone.servers().isEmpty())
        && certificates.values().stream().allMatch(seen -> seen.expiry().isEmpty());
  }

  /** The registrable name that {@code subject} lies in. */
  public Optional<String> domainOf(Subject subject) {
    return subject.host().flatMap(this::host).flatMap(HostFacts::domain);
  }
}
