package parallax.probe.dns.vantage;

import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Finding;
import parallax.probe.check.Deadline;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.AddressText;
import parallax.probe.net.Resolver;

/**
 * Asks this machine's resolvers and others the same question, and those that say something else
 * than the source how old their picture of the zone is.
 */
public final class SideBySide {
  /** The share of the time that finding a resolver by its name may take. */
  private static final int NAMING_SHARE = 3;

  /** The share of the time left that may be spent on a question that does not count. */
  private static final int REHEARSAL_SHARE = 4;

  /** The share of the time that is kept to ask for versions. */
  private static final int VERSION_SHARE = 3;

  private final Vantages vantages;
  private final Resolver byName;
  private final Supplier<List<InetSocketAddress>> system;

  /** A resolver as somebody wrote it. */
  public record Written(String name, ServerAddress server, Vantage.Way way) {}

  /** Either where it is, or why nobody knows. */
  private record Found(String name, Optional<Vantage> vantage, Optional<Finding> why) {}

  /**
   * Asks through {@code vantages}.
   *
   * @param byName finds resolvers that are written by name
   * @param system the machine's own resolvers, as they are when it is asked
   */
  public SideBySide(Vantages vantages, Resolver byName, Supplier<List<InetSocketAddress>> system) {
    this.vantages = vantages;
    this.byName = byName;
    this.system = system;
  }

  /** The machine's own resolvers. */
  public List<Vantage> system() {
    return system.get().stream()
        .map(
            server ->
                new Vantage(
                    "system " + address(server), Vantage.Kind.SYSTEM, server, new Vantage.Udp()))
        .toList();
  }

  private static String address(InetSocketAddress server) {
    String literal = AddressText.of(server.getAddress());
    return server.getPort() == Vantage.DNS_PORT
        ? literal
        : new ServerAddress(literal, server.getPort()).toString();
  }

  /**
   * Asks {@code first}, then those of {@code written}.
   *
   * @param now what ages are counted to
   * @return in this order; never fails, completes at the deadline at the latest
   */
  public Future<List<Beside>> ask(
      List<Vantage> first, List<Written> written, Source source, Instant now, Deadline deadline) {
    Duration naming = deadline.left().dividedBy(NAMING_SHARE);
    List<Future<Found>> finding =
        written.stream().map(one -> find(one, deadline.part(naming))).toList();
    return Future.join(finding)
        .compose(
            _ -> {
              List<Found> all =
                  Stream.concat(
                          first.stream()
                              .map(
                                  one -> new Found(one.name(), Optional.of(one), Optional.empty())),
                          finding.stream().map(Future::result))
                      .limit(Vantages.MAX_VANTAGES)
                      .toList();
              List<Vantage> asked = all.stream().flatMap(one -> one.vantage().stream()).toList();
              return rehearsed(asked, deadline)
                  .compose(_ -> vantages.ask(asked, source.question(), answering(deadline)))
                  .compose(heard -> standings(heard, source, now, deadline))
                  .map(stood -> inOrder(all, stood));
            });
  }

  /**
   * The first question over each way takes the time that the loading of classes takes. It is not
   * the one that counts.
   */
  private Future<List<Heard>> rehearsed(List<Vantage> asked, Deadline deadline) {
    return vantages.ask(
        asked, Question.ROOT_SERVERS, deadline.part(deadline.left().dividedBy(REHEARSAL_SHARE)));
  }

  private static Deadline answering(Deadline deadline) {
    Duration left = deadline.left();
    return deadline.part(left.minus(left.dividedBy(VERSION_SHARE)));
  }

  private Future<Found> find(Written written, Deadline deadline) {
    ServerAddress server = written.server();
    return byName
        .resolve(server.host(), Naming.SYSTEM, deadline)
        .map(
            resolution ->
                switch (resolution) {
                  case Resolver.Resolved(var addresses, _, _) ->
                      new Found(
                          written.name(),
                          Optional.of(
                              new Vantage(
                                  written.name(),
                                  Vantage.Kind.PUBLIC,
                                  new InetSocketAddress(addresses.getFirst(), server.port()),
                                  written.way())),
                          Optional.empty());
                  case Resolver.Unresolved(var reason, String detail, _) ->
                      new Found(
                          written.name(),
                          Optional.empty(),
                          Optional.of(new Finding(reason, detail)));
                });
  }

  private Future<List<Beside.Asked>> standings(
      List<Heard> heard, Source source, Instant now, Deadline deadline) {
    Comparison comparison = new Comparison(List.of(), source::approves);
    Optional<Truth> truth = source.answer().map(said -> new Truth(said, now, List.of()));
    List<Standing> standings = comparison.compare(heard, truth, now);
    List<Integer> differing =
        IntStream.range(0, standings.size())
            .filter(at -> Pictures.mayBeOld(standings.get(at)))
            .boxed()
            .toList();
    Future<List<Heard>> versions =
        truth
            .flatMap(_ -> source.versionQuestion())
            .filter(_ -> !differing.isEmpty())
            .map(
                question ->
                    vantages.ask(
                        differing.stream().map(at -> heard.get(at).vantage()).toList(),
                        question,
                        deadline))
            .orElseGet(() -> Future.succeededFuture(List.of()));
    return versions.map(
        told -> {
          List<Beside.Asked> asked = new ArrayList<>();
          for (int at = 0; at < standings.size(); at++) {
            int place = differing.indexOf(at);
            Standing standing =
                place < 0 || told.isEmpty()
                    ? standings.get(at)
                    : Pictures.aged(standings.get(at), told.get(place), source);
            asked.add(new Beside.Asked(heard.get(at), standing));
          }
          return List.copyOf(asked);
        });
  }

  private static List<Beside> inOrder(List<Found> all, List<Beside.Asked> asked) {
    List<Beside> rows = new ArrayList<>();
    int next = 0;
    for (Found one : all) {
      if (one.why().isPresent()) {
        rows.add(new Beside.NotFound(one.name(), one.why().get()));
      } else {
        rows.add(asked.get(next));
        next++;
      }
    }
    return List.copyOf(rows);
  }
}
