package parallax.probe.dns.walk;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.probe.dns.Presentation;
import parallax.probe.dns.delegation.Delegation;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.delegation.Said;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.wire.Question;

/**
 * The addresses of the servers that a referral names: its glue, and for names elsewhere what a
 * small walk of their own finds, which asks one server after the other until one answers. Counts
 * into the bounds of the walk it serves. Confined to one context.
 */
final class ServerNames {
  /** Of the servers of a zone at most this many are tried for an address. */
  static final int MAX_TRIES = 3;

  /** A server's name in a zone whose servers' names lie in a third zone, and so on. */
  static final int MAX_NESTING = 3;

  private static final Comparator<Question> BY_NAME_AND_TYPE =
      Comparator.comparing(Question::name).thenComparingInt(Question::type);

  private final Asker asker;
  private final int depth;
  private final SortedMap<Name, List<NameServer>> zones = new TreeMap<>();
  private final SortedMap<Question, List<InetAddress>> answered = new TreeMap<>(BY_NAME_AND_TYPE);
  private final SortedSet<Question> pending = new TreeSet<>(BY_NAME_AND_TYPE);

  /** Servers with their addresses, and those without. */
  record Located(List<NameServer> servers, SortedSet<Name> homeless) {
    Located {
      servers = List.copyOf(servers);
      homeless = Collections.unmodifiableSortedSet(homeless);
    }
  }

  /** Where a look-up stands: the zone whose servers are to be asked, and how deep it is. */
  private record Place(Name zone, int step, int nesting) {}

  ServerNames(Asker asker, List<NameServer> roots, int depth) {
    this.asker = asker;
    this.depth = depth;
    zones.put(Name.root, roots);
  }

  /** The addresses of the servers of {@code delegation}. Never fails. */
  Future<Located> locate(Delegation delegation) {
    return locate(delegation, 0);
  }

  private Future<Located> locate(Delegation delegation, int nesting) {
    List<NameServer> servers = new ArrayList<>();
    SortedSet<Name> homeless = new TreeSet<>();
    Future<List<NameServer>> one = Future.succeededFuture(servers);
    // One after the other: the second name mostly lies where the first one led to.
    for (Name host : delegation.servers()) {
      one =
          one.compose(_ -> addresses(delegation, host, nesting))
              .map(
                  addresses -> {
                    addresses.forEach(address -> servers.add(new NameServer(host, address)));
                    if (addresses.isEmpty()) {
                      homeless.add(host);
                    }
                    return servers;
                  });
    }
    return one.map(
        _ -> {
          if (!servers.isEmpty()) {
            zones.putIfAbsent(delegation.zone(), List.copyOf(servers));
          }
          return new Located(servers, homeless);
        });
  }

  private Future<List<InetAddress>> addresses(Delegation delegation, Name server, int nesting) {
    List<InetAddress> glue = delegation.glue().getOrDefault(server, List.of());
    if (!glue.isEmpty() || delegation.needsGlue(server) || nesting >= MAX_NESTING) {
      return Future.succeededFuture(glue);
    }
    return asked(new Question(server, Type.A), nesting + 1)
        .compose(
            four ->
                asker.hasRoute(true)
                    ? asked(new Question(server, Type.AAAA), nesting + 1)
                        .map(six -> Delegation.sorted(joined(four, six)))
                    : Future.succeededFuture(Delegation.sorted(four)));
  }

  private static List<InetAddress> joined(List<InetAddress> one, List<InetAddress> other) {
    List<InetAddress> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }

  /** Each name is looked up once a walk; one that is needed to find itself has no address. */
  private Future<List<InetAddress>> asked(Question question, int nesting) {
    Optional<List<InetAddress>> known = Optional.ofNullable(answered.get(question));
    if (known.isPresent() || !pending.add(question)) {
      return Future.succeededFuture(known.orElse(List.of()));
    }
    return ask(question, new Place(known(question.name()), 0, nesting))
        .onSuccess(
            found -> {
              pending.remove(question);
              answered.put(question, found);
            });
  }

  /** The deepest zone above {@code host} whose servers are known. */
  private Name known(Name host) {
    return zones.keySet().stream()
        .filter(host::subdomain)
        .max(Comparator.comparingInt(Name::labels))
        .orElse(Name.root);
  }

  private Future<List<InetAddress>> ask(Question question, Place place) {
    if (place.step() >= depth) {
      asker.meet(Walk.Bound.DEPTH);
      return Future.succeededFuture(List.of());
    }
    List<NameServer> servers =
        zones.getOrDefault(place.zone(), List.of()).stream()
            .filter(asker::hasRoute)
            .limit(MAX_TRIES)
            .toList();
    return ask(question, place, servers);
  }

  private Future<List<InetAddress>> ask(Question question, Place place, List<NameServer> servers) {
    if (servers.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return asker
        .lookUp(servers.getFirst(), place.zone(), question)
        .compose(visit -> heard(question, place, visit))
        .compose(
            found ->
                found
                    .map(Future::succeededFuture)
                    .orElseGet(() -> ask(question, place, servers.subList(1, servers.size()))));
  }

  /** Empty when another server may know better. */
  private Future<Optional<List<InetAddress>>> heard(Question question, Place place, Visit visit) {
    return switch (visit.said()) {
      case Said.Answered answered ->
          Future.succeededFuture(
              Optional.of(
                  answered.records().stream()
                      .flatMap(record -> Presentation.address(record).stream())
                      .toList()));
      case Said.NoSuchName _, Said.NoSuchRecord _, Said.Looping _ ->
          Future.succeededFuture(Optional.of(List.of()));
      case Said.Referred(Delegation delegation) ->
          locate(delegation, place.nesting())
              .compose(
                  _ ->
                      ask(
                          question,
                          new Place(delegation.zone(), place.step() + 1, place.nesting())))
              .map(Optional::of);
      case Said.Lame _, Said.Silent _, Said.NotAsked _ -> Future.succeededFuture(Optional.empty());
    };
  }
}
