package parallax.probe.audit.judge;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import parallax.probe.audit.facts.DomainFacts;
import parallax.probe.audit.facts.HostFacts;
import parallax.probe.audit.facts.Origin;
import parallax.probe.audit.facts.Place;
import parallax.probe.audit.facts.World;
import parallax.probe.audit.facts.ZoneFacts;
import parallax.probe.audit.judge.Fate.Kind;
import parallax.probe.net.AddressText;

/** What hosts stand on. What is unknown of one address is not concluded from others. */
final class Fates {
  private Fates() {}

  /** Everything that {@code host} stands on, its names included. */
  static SortedSet<Fate> of(HostFacts host, World world) {
    SortedSet<Fate> fates = ofPlaces(host);
    fates.addAll(ofNames(host, world));
    host.domain().flatMap(world::zone).ifPresent(zone -> fates.addAll(ofServers(zone)));
    return fates;
  }

  /**
   * Where {@code host} is. Whoever has one protocol family loses it with what all addresses of that
   * family share.
   */
  static SortedSet<Fate> ofPlaces(HostFacts host) {
    SortedSet<Fate> fates = new TreeSet<>();
    Map<Boolean, List<Place>> byFamily =
        host.places().stream().collect(Collectors.partitioningBy(Place::ipv6));
    for (List<Place> places : byFamily.values()) {
      add(fates, Kind.ADDRESS, one(places, place -> AddressText.of(place.address())));
      add(fates, Kind.PREFIX, one(places, place -> place.block().toString()));
      add(fates, Kind.SYSTEM, system(places).map(Object::toString));
    }
    host.providers().forEach(provider -> fates.add(new Fate(Kind.PROVIDER, provider)));
    return fates;
  }

  /** Who gives out the names that lead to {@code host}. */
  static SortedSet<Fate> ofNames(HostFacts host, World world) {
    SortedSet<Fate> fates = new TreeSet<>();
    host.domain()
        .ifPresent(
            domain -> {
              fates.add(new Fate(Kind.DOMAIN, domain));
              fates.add(new Fate(Kind.TOP_LEVEL, domain.substring(domain.lastIndexOf('.') + 1)));
              add(fates, Kind.REGISTRAR, world.domain(domain).flatMap(DomainFacts::registrar));
              add(
                  fates,
                  Kind.NAME_SERVERS,
                  world
                      .zone(domain)
                      .flatMap(zone -> one(zone.servers(), ZoneFacts.Server::provider)));
            });
    return fates;
  }

  /** Where the servers of {@code zone} are; resolvers use either family, so all of them count. */
  static SortedSet<Fate> ofServers(ZoneFacts zone) {
    SortedSet<Fate> fates = new TreeSet<>();
    if (!zone.isComplete()) {
      return fates;
    }
    add(fates, Kind.PREFIX, one(zone.places(), place -> place.block().toString()));
    add(fates, Kind.SYSTEM, system(zone.places()).map(Object::toString));
    return fates;
  }

  /** The one system that all of {@code places} are in; empty also when that is unknown of one. */
  static Optional<Origin.AutonomousSystem> system(List<Place> places) {
    List<Optional<Origin.AutonomousSystem>> systems =
        places.stream().map(place -> place.origin().only()).toList();
    return systems.stream().allMatch(Optional::isPresent)
        ? one(systems, Function.identity()).flatMap(Function.identity())
        : Optional.empty();
  }

  /** What {@code of} says of all alike; empty when it differs, or of nothing at all. */
  static <T, R> Optional<R> one(Collection<T> all, Function<T, R> of) {
    List<R> different = all.stream().map(of).distinct().limit(2).toList();
    return different.size() == 1 ? Optional.of(different.getFirst()) : Optional.empty();
  }

  /** Without what goes without saying: those whose names all stand under a fate that implies it. */
  static SortedMap<Fate, SortedSet<String>> told(SortedMap<Fate, SortedSet<String>> shared) {
    SortedMap<Fate, SortedSet<String>> told = new TreeMap<>(shared);
    told.entrySet()
        .removeIf(
            wide ->
                shared.entrySet().stream()
                    .anyMatch(
                        narrow ->
                            narrow.getKey().kind().implies(wide.getKey().kind())
                                && narrow.getValue().containsAll(wide.getValue())));
    return told;
  }

  private static void add(SortedSet<Fate> fates, Kind kind, Optional<String> what) {
    what.map(each -> new Fate(kind, each)).ifPresent(fate -> fates.add(fate));
  }
}
