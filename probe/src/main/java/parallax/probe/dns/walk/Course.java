package parallax.probe.dns.walk;

import io.vertx.core.Future;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.xbill.DNS.Name;
import parallax.probe.check.Deadline;
import parallax.probe.dns.delegation.Delegation;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.delegation.Step;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Question;

/** One walk on its way. Confined to one context. */
final class Course {
  private final Asker asker;
  private final ServerNames names;
  private final WalkLimits limits;
  private final List<NameServer> roots;
  private final List<Step> steps = new ArrayList<>();

  Course(DnsExchange exchange, WalkSettings settings, Deadline deadline) {
    asker = new Asker(exchange, settings, deadline);
    limits = settings.limits();
    roots = settings.roots().servers();
    names = new ServerNames(asker, roots, limits.depth());
  }

  Future<Walk> walk(Name zone, Question question) {
    List<NameServer> some = someRoots(Math.floorMod(zone.hashCode(), roots.size()));
    ServerNames.Located located = new ServerNames.Located(some, new TreeSet<>());
    return step(Name.root, question, located)
        .map(
            _ ->
                new Walk(
                    zone,
                    question,
                    steps,
                    asker.bound(),
                    asker.queries(),
                    asker.deadline().elapsed()));
  }

  /** Servers of the root from {@code first} on, of each family in turn. */
  private List<NameServer> someRoots(int first) {
    List<NameServer> four = new ArrayList<>();
    List<NameServer> six = new ArrayList<>();
    for (int index = 0; index < roots.size(); index++) {
      NameServer root = roots.get((first + index) % roots.size());
      (root.address() instanceof Inet6Address ? six : four).add(root);
    }
    List<NameServer> some = new ArrayList<>();
    int turns = 2 * roots.size();
    for (int index = 0; index < turns && some.size() < limits.rootServers(); index++) {
      (index % 2 == 0 ? four : six).stream().skip(index / 2).limit(1).forEach(some::add);
    }
    return some.isEmpty() ? roots.subList(0, 1) : some;
  }

  private Future<Void> step(Name zone, Question question, ServerNames.Located located) {
    List<Future<Visit>> visits =
        located.servers().stream().map(server -> asker.visit(server, zone, question)).toList();
    return Future.join(visits)
        .compose(
            _ -> {
              List<Visit> all = visits.stream().map(Future::result).toList();
              steps.add(new Step(zone, all, located.homeless()));
              return onward(question);
            });
  }

  private Future<Void> onward(Question question) {
    Optional<Delegation> next = steps.getLast().onward();
    if (next.isEmpty()) {
      return Future.succeededFuture();
    }
    if (steps.size() >= limits.depth()) {
      asker.meet(Walk.Bound.DEPTH);
      return Future.succeededFuture();
    }
    return names.locate(next.get()).compose(located -> step(next.get().zone(), question, located));
  }
}
