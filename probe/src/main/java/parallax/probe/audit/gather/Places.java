package parallax.probe.audit.gather;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import parallax.config.text.HostText;
import parallax.probe.audit.facts.HostFacts;
import parallax.probe.audit.facts.Origin;
import parallax.probe.audit.facts.Place;
import parallax.probe.audit.facts.Voice;
import parallax.probe.audit.facts.ZoneFacts;
import parallax.probe.audit.gather.NameLookups.Answers;
import parallax.probe.dns.zone.NameServersLook;
import parallax.probe.registration.suffix.PublicSuffixes;

/** Puts answers together to facts about hosts and zones. Pure. */
record Places(Providers providers, PublicSuffixes suffixes) {

  /** The zones, of whose addresses nothing is known yet. */
  SortedMap<String, ZoneFacts> zones(
      Map<String, NameServersLook> looks, Map<String, Answers> homes) {
    SortedMap<String, ZoneFacts> zones = new TreeMap<>();
    looks.forEach(
        (zone, look) ->
            zones.put(zone, ZoneReader.facts(zone, look, homes, this::providerOfServer)));
    return zones;
  }

  private String providerOfServer(String name) {
    return providers.ofName(name).or(() -> suffixes.registrableName(name)).orElse(name);
  }

  /** All addresses of all of them, each once. */
  Set<InetAddress> addresses(Map<String, Answers> hosts, SortedMap<String, ZoneFacts> zones) {
    Set<InetAddress> addresses = new LinkedHashSet<>();
    hosts.values().forEach(answers -> addresses.addAll(answers.addresses()));
    zones.values().forEach(zone -> zone.places().forEach(place -> addresses.add(place.address())));
    return addresses;
  }

  /** The hosts of subjects and voices. */
  SortedMap<String, HostFacts> hosts(
      Plan plan, Map<String, Answers> answers, Function<InetAddress, Origin> origin) {
    SortedMap<String, HostFacts> hosts = new TreeMap<>();
    plan.hosts()
        .keySet()
        .forEach(
            host -> hosts.put(host, host(host, Optional.ofNullable(answers.get(host)), origin)));
    for (Voice voice : plan.voices()) {
      voice.parts().stream()
          .flatMap(Set::stream)
          .filter(name -> name.startsWith(Planner.MAIL_MARK))
          .forEach(name -> hosts.put(name, ofMail(name)));
    }
    return hosts;
  }

  private HostFacts ofMail(String marked) {
    String domain = marked.substring(Planner.MAIL_MARK.length());
    return new HostFacts(marked, suffixes.registrableName(domain), List.of(), List.of());
  }

  private HostFacts host(
      String host, Optional<Answers> answers, Function<InetAddress, Origin> origin) {
    List<Place> places =
        answers.map(Answers::addresses).orElse(List.of()).stream()
            .map(address -> new Place(address, origin.apply(address)))
            .toList();
    SortedSet<String> named = new TreeSet<>();
    answers
        .map(Answers::aliases)
        .orElse(List.of())
        .forEach(alias -> providers.ofName(alias).ifPresent(name -> named.add(name)));
    List<Optional<String>> bySystem = new ArrayList<>();
    places.forEach(
        place ->
            bySystem.add(
                place.origin().only().flatMap(system -> providers.ofSystem(system.number()))));
    boolean all = !bySystem.isEmpty() && bySystem.stream().distinct().count() == 1;
    if (all) {
      bySystem.getFirst().ifPresent(name -> named.add(name));
    }
    return new HostFacts(
        host,
        HostText.isAddress(host) ? Optional.empty() : suffixes.registrableName(host),
        places,
        List.copyOf(named));
  }
}
