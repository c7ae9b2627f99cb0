package parallax.probe.audit.origin;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import parallax.probe.audit.facts.Origin;
import parallax.probe.audit.facts.Origin.AutonomousSystem;
import parallax.probe.audit.origin.TextLookup.Texts;
import parallax.probe.check.Deadline;
import parallax.probe.net.NetworkPolicy;

/**
 * Asks Team Cymru, which answers in DNS from many routers' tables. Addresses that are not public
 * are not told to it, and the name of each system is asked for once.
 */
public final class CymruOrigins implements Origins {
  /** Names of further systems are not asked for. */
  static final int MAX_NAMES = 1_000;

  private final TextLookup lookup;
  private final ConcurrentMap<Long, Future<Optional<String>>> names = new ConcurrentHashMap<>();

  public CymruOrigins(TextLookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public Future<Origin> of(InetAddress address, Deadline deadline) {
    if (!NetworkPolicy.isPublic(address)) {
      return Future.succeededFuture(new Origin.Unknown("not a public address"));
    }
    return lookup
        .of(CymruText.question(address), deadline)
        .compose(
            texts ->
                switch (texts) {
                  case Texts.Found(List<String> found) ->
                      CymruText.route(found, address)
                          .map(route -> named(route, deadline))
                          .orElseGet(() -> unknown("no route to it in the answer"));
                  case Texts.None _ -> unknown("no route to it is known");
                  case Texts.Failed(String why) -> unknown(why);
                });
  }

  private static Future<Origin> unknown(String why) {
    return Future.succeededFuture(new Origin.Unknown("origin.asn.cymru.com: " + why));
  }

  private Future<Origin> named(CymruText.Route route, Deadline deadline) {
    List<Future<AutonomousSystem>> systems =
        route.systems().stream()
            .map(number -> name(number, deadline).map(name -> new AutonomousSystem(number, name)))
            .toList();
    return Future.join(systems)
        .map(
            _ -> {
              SortedSet<AutonomousSystem> all = new TreeSet<>();
              systems.forEach(system -> all.add(system.result()));
              return new Origin.Announced(route.prefix(), all);
            });
  }

  private Future<Optional<String>> name(long system, Deadline deadline) {
    return names.size() < MAX_NAMES
        ? names.computeIfAbsent(system, _ -> askName(system, deadline))
        : Optional.ofNullable(names.get(system))
            .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<String>> askName(long system, Deadline deadline) {
    return lookup
        .of(CymruText.question(system), deadline)
        .map(
            texts ->
                texts instanceof Texts.Found(List<String> found)
                    ? CymruText.name(found, system)
                    : Optional.empty());
  }
}
