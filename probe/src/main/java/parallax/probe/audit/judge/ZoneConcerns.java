package parallax.probe.audit.judge;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parallax.probe.audit.facts.Origin;
import parallax.probe.audit.facts.Place;
import parallax.probe.audit.facts.ZoneFacts;
import parallax.probe.audit.judge.Concern.Kind;

/** What the name servers of one zone share. */
final class ZoneConcerns {
  /** More servers than this are counted, not named. */
  static final int MAX_NAMED = 8;

  private final ZoneFacts zone;
  private final SortedSet<String> subjects;
  private final List<Concern> concerns = new ArrayList<>();

  private ZoneConcerns(ZoneFacts zone, SortedSet<String> subjects) {
    this.zone = zone;
    this.subjects = subjects;
  }

  /**
   * @param subjects whose names lie in {@code zone}
   */
  static List<Concern> of(ZoneFacts zone, SortedSet<String> subjects) {
    ZoneConcerns judge = new ZoneConcerns(zone, subjects);
    if (!zone.servers().isEmpty()) {
      judge.where();
      if (zone.isComplete()) {
        judge.family();
      }
      judge.names();
    }
    return List.copyOf(judge.concerns);
  }

  /** The narrowest place that holds all of them: what is true of it is true of the wider ones. */
  private void where() {
    List<Place> places = zone.places();
    Optional<Origin.AutonomousSystem> system = Fates.system(places);
    if (isOne()) {
      add(
          Severity.CRITICAL,
          Kind.NAME_SERVERS_ONE,
          zone.servers().size() == 1
              ? "has a single name server"
              : "has several name servers that are one and the same machine",
          "add a name server elsewhere: another network, another site (RFC 2182 section 3.1)");
    } else if (!zone.isComplete()) {
      return;
    } else if (isOneBlock(false) && isOneBlock(true) && !places.isEmpty()) {
      String blocks =
          places.stream()
              .map(place -> place.block().toString())
              .distinct()
              .sorted()
              .collect(Collectors.joining(" and "));
      add(
          Severity.CRITICAL,
          Kind.NAME_SERVERS_ONE_PREFIX,
          "has all its name servers in " + blocks,
          "move one of them to another network: one route takes all of them (RFC 2182 section"
              + " 3.1)");
    } else if (system.isPresent()) {
      add(
          Severity.WARNING,
          Kind.NAME_SERVERS_ONE_AS,
          "has all its name servers in " + system.get(),
          "add name servers in another autonomous system, best of another provider");
    }
  }

  private boolean isOne() {
    Set<Set<InetAddress>> machines =
        zone.servers().stream()
            .map(
                server ->
                    server.stands().stream()
                        .map(stand -> stand.place().address())
                        .collect(Collectors.toSet()))
            .collect(Collectors.toSet());
    long four = zone.places().stream().filter(place -> !place.ipv6()).distinct().count();
    long six = zone.places().stream().filter(Place::ipv6).distinct().count();
    return zone.servers().size() == 1
        || (zone.isComplete() && machines.size() == 1 && four <= 1 && six <= 1 && four + six > 0);
  }

  private boolean isOneBlock(boolean ipv6) {
    return zone.places().stream()
            .filter(place -> place.ipv6() == ipv6)
            .map(Place::block)
            .distinct()
            .limit(2)
            .count()
        <= 1;
  }

  private void family() {
    boolean four = answers(false);
    boolean six = answers(true);
    if (four && !six) {
      add(
          Severity.NOTICE,
          Kind.NAME_SERVERS_ONE_FAMILY,
          "is answered for over IPv4 only",
          "give its name servers IPv6 addresses: resolvers without IPv4 cannot ask them");
    } else if (six && !four) {
      add(
          Severity.WARNING,
          Kind.NAME_SERVERS_ONE_FAMILY,
          "is answered for over IPv6 only",
          "give its name servers IPv4 addresses: most resolvers cannot ask them");
    }
  }

  /** Who was not asked counts as one who answers: nothing is known against it. */
  private boolean answers(boolean ipv6) {
    return zone.servers().stream()
        .flatMap(server -> server.stands().stream())
        .anyMatch(stand -> stand.place().ipv6() == ipv6 && stand.answers().orElse(true));
  }

  private void names() {
    Optional<String> provider = Fates.one(zone.servers(), ZoneFacts.Server::provider);
    if (provider.isPresent()) {
      boolean own = provider.get().equals(zone.zone());
      add(
          Severity.NOTICE,
          Kind.NAME_SERVERS_ONE_PROVIDER,
          own
              ? "has all its name servers named in itself, as one provider"
              : "has all its name servers with one provider, " + provider.get(),
          "have a second provider serve the zone too");
    }
    Optional<String> topLevel = Fates.one(zone.servers(), ZoneFacts.Server::topLevel);
    if (topLevel.isPresent()) {
      boolean own = zone.zone().endsWith("." + topLevel.get());
      add(
          Severity.NOTICE,
          Kind.NAME_SERVERS_ONE_TLD,
          "has all its name servers named under ." + topLevel.get() + (own ? ", as it is" : ""),
          own
              ? "nothing is gained by other names alone: the zone itself falls with this one"
              : "name one of them under the zone's own top-level domain");
    }
  }

  private void add(Severity severity, Kind kind, String what, String remedy) {
    List<String> evidence = new ArrayList<>();
    zone.servers().stream().limit(MAX_NAMED).map(ZoneConcerns::words).forEach(evidence::add);
    int more = zone.servers().size() - evidence.size();
    if (more > 0) {
      evidence.add(more + " more");
    }
    concerns.add(new Concern(severity, kind, zone.zone() + " " + what, subjects, evidence, remedy));
  }

  private static String words(ZoneFacts.Server server) {
    SortedSet<String> places = new TreeSet<>();
    server.stands().forEach(stand -> places.add(stand.place().toString()));
    return server.name() + (places.isEmpty() ? "" : " (" + String.join("; ", places) + ")");
  }
}
