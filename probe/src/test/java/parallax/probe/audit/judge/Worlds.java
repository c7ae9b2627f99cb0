package parallax.probe.audit.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.probe.audit.facts.CertificateFacts;
import parallax.probe.audit.facts.DomainFacts;
import parallax.probe.audit.facts.HostFacts;
import parallax.probe.audit.facts.Origin;
import parallax.probe.audit.facts.Origin.AutonomousSystem;
import parallax.probe.audit.facts.Place;
import parallax.probe.audit.facts.Subject;
import parallax.probe.audit.facts.Voice;
import parallax.probe.audit.facts.World;
import parallax.probe.audit.facts.ZoneFacts;
import parallax.probe.net.Cidr;

/** Builds worlds by hand. */
final class Worlds {
  static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  static final Duration WARN = Duration.ofDays(21);
  static final Duration FAIL = Duration.ofDays(3);

  private final List<Subject> subjects = new ArrayList<>();
  private final List<Voice> voices = new ArrayList<>();
  private final SortedMap<String, HostFacts> hosts = new TreeMap<>();
  private final SortedMap<String, ZoneFacts> zones = new TreeMap<>();
  private final SortedMap<String, DomainFacts> domains = new TreeMap<>();
  private final SortedMap<String, CertificateFacts> certificates = new TreeMap<>();

  World world() {
    return new World(subjects, voices, hosts, zones, domains, certificates, List.of());
  }

  AuditJudge.Judgement judged() {
    return AuditJudge.judge(world(), NOW);
  }

  /** An address, with its system behind a slash: {@code 192.0.2.1/64500}; 0 is unknown. */
  static Place place(String text) {
    String[] parts = text.split("/");
    var address = Cidr.literal(parts[0]).orElseThrow();
    long number = parts.length > 1 ? Long.parseLong(parts[1]) : 0;
    return new Place(
        address,
        number == 0
            ? new Origin.Unknown("test")
            : new Origin.Announced(
                Cidr.around(address, 16),
                new TreeSet<>(List.of(new AutonomousSystem(number, Optional.empty())))));
  }

  static Optional<String> domainOf(String host) {
    String bare = host.startsWith("@") ? host.substring(1) : host;
    String[] labels = bare.split("\\.");
    return labels.length < 2 || bare.matches("[0-9.]+")
        ? Optional.empty()
        : Optional.of(labels[labels.length - 2] + "." + labels[labels.length - 1]);
  }

  Worlds host(String name, String... places) {
    hosts.put(
        name,
        new HostFacts(
            name, domainOf(name), List.of(places).stream().map(Worlds::place).toList(), List.of()));
    return this;
  }

  Worlds target(String name, String... places) {
    subjects.add(new Subject(name, Optional.of(name), Optional.empty(), false));
    return host(name, places);
  }

  Worlds certified(String name, String issuer, Instant end) {
    subjects.add(new Subject(name, Optional.of(name), Optional.of(name + ":443"), false));
    certificates.put(
        name + ":443",
        new CertificateFacts(name + ":443", Optional.of(issuer), Optional.of(end), WARN, FAIL));
    return host(name);
  }

  /** Servers as {@code ns1.example.net 192.0.2.1/64500 2001:db8::1/64500}. */
  Worlds zone(String name, String... servers) {
    return zone(name, Optional.empty(), servers);
  }

  Worlds zone(String name, Optional<ZoneFacts.SignatureEnd> end, String... servers) {
    List<ZoneFacts.Server> all = new ArrayList<>();
    for (String server : servers) {
      List<String> words = List.of(server.split(" "));
      String host = words.getFirst();
      all.add(
          new ZoneFacts.Server(
              host,
              domainOf(host).orElse(host),
              words.stream()
                  .skip(1)
                  .map(Worlds::place)
                  .map(place -> new ZoneFacts.Stand(place, Optional.of(true)))
                  .toList(),
              true));
    }
    zones.put(name, new ZoneFacts(name, all, end));
    return this;
  }

  Worlds domain(String name, String registrar, DomainFacts.Lock lock, Instant end) {
    domains.put(
        name, new DomainFacts(name, Optional.of(registrar), lock, Optional.of(end), WARN, FAIL));
    return this;
  }

  Worlds voice(Voice.Kind kind, String name, List<String> parts, String... about) {
    List<SortedSet<String>> all = new ArrayList<>();
    parts.forEach(part -> all.add(new TreeSet<>(List.of(part.split(" ")))));
    voices.add(new Voice(kind, name, all, new TreeSet<>(List.of(about))));
    return this;
  }
}
