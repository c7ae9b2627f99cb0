package parallax.coordinator.dependency;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import parallax.config.Configuration;
import parallax.config.observation.Facts;
import parallax.config.observation.Facts.RouteSeen;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.policy.Provider;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.RouteDependency;

/**
 * What targets stand on, by what checks that worked saw of them: who issued the certificate, whose
 * canonical names or name servers they have, at which addresses they are. Several probes may see
 * several of each; a target that fails keeps what was known of it. Not safe for use by many
 * threads.
 */
public final class LearntDependencies {
  /** The most of one kind that are kept of a target; the newest. */
  static final int MAX_OF_KIND = 8;

  /**
   * What was not seen for so long is forgotten once another look works: three longest intervals.
   */
  static final Duration FORGET_AFTER = Duration.ofDays(3);

  private final Map<TargetName, Known> targets = new HashMap<>();
  private List<Provider> providers = List.of();
  private ProviderIndex index = new ProviderIndex(providers);

  /** A dependency, and when it was last seen. */
  private record Seen(Dependency dependency, Instant at) {}

  /**
   * What is known of a target.
   *
   * @param seen newest first
   * @param routes as they were found last
   * @param told as it was last given out
   */
  private record Known(
      Optional<URI> url, List<Seen> seen, List<RouteDependency> routes, Dependencies told) {
    Known with(Set<Dependency> found, List<RouteDependency> ways, Instant now) {
      List<Seen> all = new ArrayList<>();
      found.forEach(dependency -> all.add(new Seen(dependency, now)));
      for (Seen known : seen) {
        boolean forgotten = !known.at().plus(FORGET_AFTER).isAfter(now);
        if (!forgotten && !found.contains(known.dependency())) {
          all.add(known);
        }
      }
      List<Seen> kept = newest(all);
      List<Dependency> shared = kept.stream().map(Seen::dependency).toList();
      return new Known(url, kept, ways, new Dependencies(shared, ways));
    }

    private static List<Seen> newest(List<Seen> all) {
      Map<DependencyKind, Integer> count = new EnumMap<>(DependencyKind.class);
      List<Seen> kept = new ArrayList<>();
      for (Seen each : all) {
        if (count.merge(each.dependency().kind(), 1, Integer::sum) <= MAX_OF_KIND) {
          kept.add(each);
        }
      }
      return List.copyOf(kept);
    }

    Known withoutProviders() {
      return new Known(
          url,
          seen.stream().filter(known -> !isProvided(known.dependency())).toList(),
          routes,
          told);
    }

    private static boolean isProvided(Dependency dependency) {
      return switch (dependency.kind()) {
        case CDN, CLOUD, NAME_SERVERS -> true;
        case REGISTRY, REGISTRAR, TLD, NAME_SERVER_ASN, SERVER_ASN, PREFIX, CA, OPERATOR -> false;
      };
    }
  }

  /**
   * Learns of these targets from now on. When the providers changed, theirs are learnt anew.
   *
   * @return those that lead elsewhere now: nothing is known of them any more
   */
  public List<TargetName> configured(Configuration configuration) {
    boolean sameProviders = providers.equals(configuration.providers());
    if (!sameProviders) {
      providers = configuration.providers();
      index = new ProviderIndex(providers);
    }
    Map<TargetName, Known> before = new HashMap<>(targets);
    targets.clear();
    List<TargetName> moved = new ArrayList<>();
    for (Target target : configuration.targets()) {
      Known fresh = new Known(target.url(), List.of(), List.of(), Dependencies.NONE);
      Known known = before.getOrDefault(target.name(), fresh);
      if (!known.url().equals(target.url())) {
        moved.add(target.name());
        known = fresh;
      }
      targets.put(target.name(), sameProviders ? known : known.withoutProviders());
    }
    return List.copyOf(moved);
  }

  /**
   * Takes in what a check saw.
   *
   * @return all that is known of its target now, when that differs from what was given out before
   */
  public Optional<Dependencies> saw(Observation observation, Instant now) {
    Known before = targets.get(observation.target());
    Facts facts = observation.facts();
    boolean works = works(observation.outcome());
    // Who holds a domain is known best when it is on hold; what routes there are does not depend on
    // how well they are seen.
    boolean lasting = facts.registration().isPresent() || !facts.routes().isEmpty();
    if (before == null || (!works && !lasting)) {
      return Optional.empty();
    }
    Set<Dependency> found = works ? found(facts) : registered(facts);
    found.addAll(networks(facts));
    List<RouteDependency> ways = facts.routes().isEmpty() ? before.routes() : routes(facts);
    Known after = before.with(found, ways, now);
    targets.put(observation.target(), after);
    return after.told().equals(before.told()) ? Optional.empty() : Optional.of(after.told());
  }

  private static boolean works(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Up _, Outcome.Degraded _ -> true;
      case Outcome.Down _, Outcome.Inconclusive _ -> false;
    };
  }

  private Set<Dependency> found(Facts facts) {
    Set<Dependency> found = registered(facts);
    facts.issuer().ifPresent(issuer -> found.add(new Dependency(DependencyKind.CA, issuer)));
    facts
        .address()
        .filter(LearntDependencies::isShared)
        .ifPresent(address -> found.add(new Dependency(DependencyKind.PREFIX, block(address))));
    facts.canonicalNames().forEach(name -> index.find(name).ifPresent(found::add));
    facts.answers().stream()
        .filter(LearntDependencies::isName)
        .map(name -> name.substring(0, name.length() - 1).toLowerCase(Locale.ROOT))
        .forEach(name -> index.find(name).ifPresent(found::add));
    return found;
  }

  private static Set<Dependency> registered(Facts facts) {
    Set<Dependency> found = new TreeSet<>();
    facts
        .registration()
        .ifPresent(
            seen -> {
              found.add(new Dependency(DependencyKind.REGISTRY, seen.registry()));
              seen.registrar()
                  .ifPresent(name -> found.add(new Dependency(DependencyKind.REGISTRAR, name)));
            });
    return found;
  }

  /** Whose networks the addresses are in. */
  private static Set<Dependency> networks(Facts facts) {
    Set<Dependency> found = new TreeSet<>();
    for (RouteSeen route : facts.routes()) {
      DependencyKind kind =
          switch (route.role()) {
            case NAME_SERVERS -> DependencyKind.NAME_SERVER_ASN;
            case SERVERS -> DependencyKind.SERVER_ASN;
          };
      route.origins().forEach(asn -> found.add(new Dependency(kind, asn.toString())));
    }
    return found;
  }

  private static List<RouteDependency> routes(Facts facts) {
    return facts.routes().stream()
        .map(
            route ->
                new RouteDependency(
                    route.prefix(), route.origins(), role(route.role()), route.addresses()))
        .toList();
  }

  private static RouteDependency.Role role(Facts.RouteRole role) {
    return switch (role) {
      case NAME_SERVERS -> RouteDependency.Role.NAME_SERVERS;
      case SERVERS -> RouteDependency.Role.SERVERS;
    };
  }

  /** Whether an answer is a name, as those of NS and CNAME are. */
  private static boolean isName(String answer) {
    return answer.endsWith(".") && answer.indexOf(' ') < 0;
  }

  /** Not so a loopback address: it is another machine for each probe. */
  private static boolean isShared(String address) {
    return !address.startsWith("127.") && !address.equals("::1");
  }

  private static String block(String address) {
    return address + (address.indexOf(':') < 0 ? "/32" : "/128");
  }
}
