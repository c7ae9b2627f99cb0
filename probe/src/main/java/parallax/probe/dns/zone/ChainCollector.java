package parallax.probe.dns.zone;

import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Type;
import parallax.probe.check.Deadline;
import parallax.probe.dns.delegation.NameServer;
import parallax.probe.dns.delegation.Step;
import parallax.probe.dns.delegation.Visit;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.dnssec.material.Chain;
import parallax.probe.dns.dnssec.material.MaterialReader;
import parallax.probe.dns.dnssec.material.Reply;
import parallax.probe.dns.dnssec.material.ZoneMaterial;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Heard;
import parallax.probe.dns.wire.Manner;
import parallax.probe.dns.wire.Question;

/**
 * Asks the servers that a walk found for what a judgement of signatures needs: the keys of every
 * zone, the DS set of every zone below the root, and the sets in question. Only servers that
 * answered the walk are asked. Zones above are everybody's, so a few of their servers speak for
 * all; of the zone itself every server is asked, for each is met by some users.
 */
final class ChainCollector {
  /** Servers of a zone above that are asked. */
  static final int MAX_ABOVE = 2;

  /** Servers of the zone itself that are asked. */
  static final int MAX_OWN = 16;

  /** Zones between two on the walk, served by the same servers as the upper one. */
  static final int MAX_BETWEEN = 2;

  private final DnsExchange exchange;
  private final int port;

  /** A zone and those of its servers that are asked. */
  private record Cut(Name zone, List<NameServer> servers) {}

  /** What one zone is tied to the one above with, and zones in between that came to light. */
  private record Link(List<ZoneMaterial> zones) {}

  /** What servers replied, by question. */
  record Material(List<ZoneMaterial> zones, Map<Question, List<Reply>> answers) {
    /** To be judged about {@code question}; empty when there is no way down to it. */
    Optional<Chain> about(Question question) {
      boolean whole =
          !zones.isEmpty()
              && zones.size() <= Chain.MAX_ZONES
              && question.name().subdomain(zones.getLast().zone());
      return whole
          ? Optional.of(
              new Chain(
                  zones,
                  question.name(),
                  question.type(),
                  answers.getOrDefault(question, List.of())))
          : Optional.empty();
    }
  }

  ChainCollector(DnsExchange exchange, int port) {
    this.exchange = exchange;
    this.port = port;
  }

  /**
   * Collects.
   *
   * @param questions put to the zone's own servers
   * @return never fails but by a bug
   */
  Future<Material> collect(Walk walk, List<Question> questions, Deadline deadline) {
    List<Cut> cuts = cuts(walk);
    if (cuts.size() < 2) {
      return Future.succeededFuture(new Material(List.of(), Map.of()));
    }
    List<Future<Link>> links = new ArrayList<>();
    for (int below = 1; below < cuts.size(); below++) {
      links.add(link(cuts.get(below - 1), cuts.get(below), deadline));
    }
    Cut root = cuts.getFirst();
    Future<List<Reply>> rootKeys = ask(root, new Question(root.zone(), Type.DNSKEY), deadline);
    Cut own = cuts.getLast();
    List<Future<List<Reply>>> answers =
        questions.stream().map(question -> ask(own, question, deadline)).toList();
    return Future.join(Future.join(links), Future.join(answers), rootKeys)
        .map(
            _ -> {
              List<ZoneMaterial> zones = new ArrayList<>();
              zones.add(new ZoneMaterial(root.zone(), List.of(), rootKeys.result()));
              links.forEach(link -> zones.addAll(link.result().zones()));
              Map<Question, List<Reply>> byQuestion = new LinkedHashMap<>();
              for (int index = 0; index < questions.size(); index++) {
                byQuestion.put(questions.get(index), answers.get(index).result());
              }
              return new Material(zones, byQuestion);
            });
  }

  /** From the root down to the walk's zone; empty when the walk did not get there. */
  private static List<Cut> cuts(Walk walk) {
    List<Cut> cuts = new ArrayList<>();
    for (Step step : walk.steps()) {
      boolean own = step.zone().equals(walk.zone());
      cuts.add(new Cut(step.zone(), answering(step, own ? MAX_OWN : MAX_ABOVE)));
    }
    Name deepest = cuts.getLast().zone();
    if (!deepest.subdomain(walk.zone())) {
      // Served by the parent's servers, which answer at once instead of referring to themselves.
      cuts.add(new Cut(walk.zone(), answering(walk.last(), MAX_OWN)));
    }
    boolean lost = cuts.stream().anyMatch(cut -> cut.servers().isEmpty());
    return lost ? List.of() : cuts;
  }

  private static List<NameServer> answering(Step step, int most) {
    return step.visits().stream()
        .filter(visit -> visit.said().serves())
        .map(Visit::server)
        .limit(most)
        .toList();
  }

  private Future<Link> link(Cut above, Cut below, Deadline deadline) {
    Future<List<Reply>> ds = ask(above, new Question(below.zone(), Type.DS), deadline);
    Future<List<Reply>> keys = ask(below, new Question(below.zone(), Type.DNSKEY), deadline);
    return Future.join(ds, keys)
        .compose(
            _ -> {
              ZoneMaterial last = new ZoneMaterial(below.zone(), ds.result(), keys.result());
              List<Future<ZoneMaterial>> between =
                  between(above.zone(), below.zone(), ds.result()).stream()
                      .map(zone -> material(above, zone, deadline))
                      .toList();
              return Future.join(between)
                  .map(
                      _ ->
                          new Link(
                              Stream.concat(between.stream().map(Future::result), Stream.of(last))
                                  .toList()));
            });
  }

  private Future<ZoneMaterial> material(Cut servers, Name zone, Deadline deadline) {
    Future<List<Reply>> ds = ask(servers, new Question(zone, Type.DS), deadline);
    Future<List<Reply>> keys = ask(servers, new Question(zone, Type.DNSKEY), deadline);
    return Future.join(ds, keys).map(_ -> new ZoneMaterial(zone, ds.result(), keys.result()));
  }

  /** Zones whose keys signed what was said about {@code below}, highest first. */
  private static List<Name> between(Name above, Name below, List<Reply> replies) {
    return replies.stream()
        .flatMap(reply -> Stream.of(reply.answer(), reply.authority()))
        .flatMap(Collection::stream)
        .flatMap(set -> set.signatures().stream())
        .map(RRSIGRecord::getSigner)
        .filter(signer -> isBelow(signer, above) && isBelow(below, signer))
        .distinct()
        .sorted(Comparator.comparingInt(Name::labels))
        .limit(MAX_BETWEEN)
        .toList();
  }

  private static boolean isBelow(Name name, Name above) {
    return name.subdomain(above) && !name.equals(above);
  }

  private Future<List<Reply>> ask(Cut cut, Question question, Deadline deadline) {
    List<Future<Optional<Reply>>> replies =
        cut.servers().stream().map(server -> ask(server, question, deadline)).toList();
    return Future.join(replies)
        .map(_ -> replies.stream().flatMap(reply -> reply.result().stream()).toList());
  }

  private Future<Optional<Reply>> ask(NameServer server, Question question, Deadline deadline) {
    return exchange
        .ask(
            new InetSocketAddress(server.address(), port),
            question,
            Manner.OF_AUTHORITY,
            deadline.part(NameSystem.patience()))
        .map(
            heard ->
                switch (heard) {
                  case Heard.Silence _ -> Optional.empty();
                  case Heard.Reply reply ->
                      switch (MaterialReader.read(server.toString(), reply.message())) {
                        case MaterialReader.Sorted(Reply sorted) -> Optional.of(sorted);
                        case MaterialReader.Unreadable _ -> Optional.empty();
                      };
                });
  }
}
