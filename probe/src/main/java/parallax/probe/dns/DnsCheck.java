package parallax.probe.dns;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.config.check.DnsSpec;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.dns.Answer.Missing;
import parallax.probe.dns.AnswerJudge.Reply;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.AddressText;
import parallax.probe.net.Resolver;
import parallax.probe.net.SelfHealth;

/**
 * Asks for records and judges the answer. With a server in the spec that server is the target and
 * its silence counts against it; without one the name is the target and resolvers that answer
 * nobody are the probe's own trouble.
 */
public final class DnsCheck implements Check<DnsSpec> {
  private final DnsExchange exchange;
  private final DnsResolver resolver;
  private final Predicate<InetAddress> allowed;
  private final OwnRoutes routes;

  /**
   * @param allowed whether the probe may send to an address; asked for servers that are targets
   */
  public DnsCheck(
      DnsExchange exchange,
      DnsResolver resolver,
      Predicate<InetAddress> allowed,
      SelfHealth health) {
    this.exchange = exchange;
    this.resolver = resolver;
    this.allowed = allowed;
    this.routes = new OwnRoutes(health);
  }

  @Override
  public Future<CheckResult> run(DnsSpec spec, Deadline deadline) {
    Optional<String> flaw = AnswerJudge.flaw(spec);
    if (flaw.isPresent()) {
      return failed(Reason.PROBE_NOT_CONFIGURED, flaw.get());
    }
    Optional<Name> name = Question.nameOf(spec.name());
    if (name.isEmpty()) {
      return failed(Reason.PROBE_NOT_CONFIGURED, "not a domain name: " + spec.name());
    }
    if (spec.server().isPresent()) {
      return askTarget(spec, spec.server().get(), name.get(), deadline);
    }
    return askAll(
        spec,
        new Way(Phase.RESOLVE, Timings.NONE, Facts.NONE),
        type -> resolver.ask(spec.name(), type, spec.naming(), deadline),
        deadline);
  }

  /** How the answers come, and what was seen before. */
  private record Way(Phase phase, Timings timings, Facts facts) {}

  private Future<CheckResult> askTarget(
      DnsSpec spec, ServerAddress server, Name name, Deadline deadline) {
    return resolver
        .resolve(server.host(), spec.naming(), deadline)
        .compose(
            resolution ->
                switch (resolution) {
                  case Resolver.Unresolved(Reason reason, String detail, Duration took) ->
                      Future.succeededFuture(
                          CheckResult.failed(
                              reason,
                              "name server " + server.host() + ": " + detail,
                              Layer.DNS,
                              Timings.NONE.plus(Phase.RESOLVE, took),
                              Facts.NONE));
                  case Resolver.Resolved(List<InetAddress> addresses, _, Duration took) ->
                      addresses.stream()
                          .filter(allowed)
                          .findFirst()
                          .map(
                              address ->
                                  askServer(
                                      spec,
                                      new InetSocketAddress(address, server.port()),
                                      name,
                                      new Told(deadline, took)))
                          .orElseGet(
                              () ->
                                  failed(
                                      Reason.PROBE_ADDRESS_FORBIDDEN,
                                      "name server " + server.host() + " is at " + addresses));
                });
  }

  private record Told(Deadline deadline, Duration resolving) {}

  private Future<CheckResult> askServer(
      DnsSpec spec, InetSocketAddress server, Name name, Told told) {
    Timings timings =
        told.resolving().isZero()
            ? Timings.NONE
            : Timings.NONE.plus(Phase.RESOLVE, told.resolving());
    Facts facts = Facts.NONE.withAddress(AddressText.of(server.getAddress()));
    return askAll(
        spec,
        new Way(Phase.FIRST_BYTE, timings, facts),
        type -> {
          Question question = new Question(name, type);
          return exchange
              .ask(server, question, told.deadline())
              .map(exchanged -> read(server, question, exchanged));
        },
        told.deadline());
  }

  private Answer read(InetSocketAddress server, Question question, Exchanged exchanged) {
    return switch (exchanged) {
      case Exchanged.Replied(var message, _) -> AnswerReader.read(question, message);
      case Exchanged.Unanswered(Reason reason, String detail, _) ->
          new Missing(
              reason.isProbesOwn() || reason == Reason.DNS_MALFORMED
                  ? reason
                  : routes.trouble(server.getAddress()).orElse(reason),
              detail);
    };
  }

  private static Future<CheckResult> askAll(
      DnsSpec spec, Way way, Function<Integer, Future<Answer>> asking, Deadline deadline) {
    long started = deadline.clock().nanos();
    List<Integer> types = AnswerJudge.typesOf(spec).stream().map(Type::value).toList();
    List<Future<Answer>> answers = types.stream().map(asking).toList();
    return Future.join(answers)
        .map(
            _ -> {
              Duration took = Duration.ofNanos(deadline.clock().nanos() - started);
              List<Reply> replies =
                  IntStream.range(0, types.size())
                      .mapToObj(at -> new Reply(types.get(at), answers.get(at).result()))
                      .toList();
              Timings timings = way.timings().plus(way.phase(), took);
              Facts facts =
                  way.facts()
                      .withAnswers(replies.stream().flatMap(AnswerJudge::texts).toList())
                      .withCanonicalNames(
                          replies.stream().flatMap(AnswerJudge::canonicalNames).toList());
              return AnswerJudge.failure(spec, replies)
                  .map(
                      failure ->
                          CheckResult.failed(
                              failure.reason(), failure.detail(), Layer.DNS, timings, facts))
                  .orElseGet(() -> CheckResult.up(Layer.DNS, timings, facts));
            });
  }

  private static Future<CheckResult> failed(Reason reason, String detail) {
    return Future.succeededFuture(
        CheckResult.failed(reason, detail, Layer.DNS, Timings.NONE, Facts.NONE));
  }
}
