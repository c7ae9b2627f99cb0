package parallax.probe.dns;

import io.vertx.core.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.check.NanoSource;
import parallax.probe.dns.Answer.Missing;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Question;
import parallax.probe.dns.wire.SharedQuestions;

/**
 * Asks resolvers in order until one says something about the name, and tells whose trouble it is
 * when none does: a resolver that answers nobody is the probe's own, one that is silent about this
 * name only speaks about the name.
 */
final class ResolverRound {
  /** What of the deadline is kept for the control question, or a quarter if that is less. */
  static final Duration CONTROL_TIME = Duration.ofSeconds(1);

  /** A resolver that answered anything this short a time ago lives. */
  static final Duration ALIVE_FOR = Duration.ofSeconds(1);

  private static final int CONTROL_SHARE = 4;
  private static final int MAX_REMEMBERED = 256;

  /** Of several failures the one that says most. */
  private static final List<Reason> TELLING =
      List.of(
          Reason.SERVFAIL,
          Reason.DNS_RCODE,
          Reason.REFUSED,
          Reason.CNAME_LOOP,
          Reason.DNS_MALFORMED,
          Reason.DNS_TIMEOUT);

  private final SharedQuestions questions;
  private final OwnRoutes routes;
  private final NanoSource clock;
  private final ConcurrentMap<InetSocketAddress, Long> lastReplyNanos = new ConcurrentHashMap<>();

  private record Round(
      List<InetSocketAddress> servers, Question question, Deadline deadline, Duration control) {}

  ResolverRound(DnsExchange exchange, OwnRoutes routes, NanoSource clock) {
    this.questions = new SharedQuestions(exchange);
    this.routes = routes;
    this.clock = clock;
  }

  /**
   * Asks {@code servers} in order.
   *
   * @return never fails; completes at the deadline at the latest
   */
  Future<Answer> ask(List<InetSocketAddress> servers, Question question, Deadline deadline) {
    Duration share = deadline.left().dividedBy(CONTROL_SHARE);
    Duration control = share.compareTo(CONTROL_TIME) < 0 ? share : CONTROL_TIME;
    return next(new Round(servers, question, deadline, control), 0, new ArrayList<>());
  }

  private Future<Answer> next(Round round, int index, List<Missing> failures) {
    if (index == round.servers().size()) {
      return conclude(round, failures);
    }
    InetSocketAddress server = round.servers().get(index);
    Duration left = round.deadline().left().minus(round.control());
    Duration part = left.dividedBy(round.servers().size() - index);
    Deadline deadline = round.deadline().part(part.isNegative() ? Duration.ZERO : part);
    return questions
        .ask(server, round.question(), deadline)
        .compose(
            exchanged -> {
              Answer answer = heard(server, round.question(), exchanged);
              if (answer instanceof Missing missing && isOfServer(missing.reason())) {
                failures.add(missing);
                return next(round, index + 1, failures);
              }
              return Future.succeededFuture(answer);
            });
  }

  private Answer heard(InetSocketAddress server, Question question, Exchanged exchanged) {
    return switch (exchanged) {
      case Exchanged.Replied(var message, _) -> {
        if (lastReplyNanos.size() < MAX_REMEMBERED || lastReplyNanos.containsKey(server)) {
          lastReplyNanos.put(server, clock.nanos());
        }
        yield AnswerReader.read(question, message);
      }
      case Exchanged.Unanswered(Reason reason, String detail, _) -> new Missing(reason, detail);
    };
  }

  /** Whether the next resolver may know better: not so when the name was judged. */
  private static boolean isOfServer(Reason reason) {
    return reason != Reason.NXDOMAIN && reason != Reason.NODATA && reason != Reason.CNAME_LOOP;
  }

  private Future<Answer> conclude(Round round, List<Missing> failures) {
    Optional<Missing> own =
        failures.stream().filter(failure -> failure.reason().isProbesOwn()).findFirst();
    if (own.isPresent()) {
      return Future.succeededFuture(own.get());
    }
    Optional<Missing> telling =
        TELLING.stream()
            .flatMap(reason -> failures.stream().filter(f -> f.reason() == reason))
            .findFirst();
    if (telling.isEmpty()) {
      return Future.succeededFuture(resolversDown(round, failures));
    }
    boolean silence =
        telling.get().reason() == Reason.DNS_TIMEOUT
            || telling.get().reason() == Reason.DNS_MALFORMED;
    if (!silence || round.servers().stream().anyMatch(this::isAlive)) {
      return Future.succeededFuture(telling.get());
    }
    return anyAnswersControl(round)
        .map(alive -> alive ? telling.get() : resolversDown(round, failures));
  }

  private boolean isAlive(InetSocketAddress server) {
    return Optional.ofNullable(lastReplyNanos.get(server))
        .map(last -> clock.nanos() - last < ALIVE_FOR.toNanos())
        .orElse(false);
  }

  private Future<Boolean> anyAnswersControl(Round round) {
    List<Future<Exchanged>> controls = new ArrayList<>();
    for (InetSocketAddress server : round.servers()) {
      Deadline deadline = round.deadline().part(round.control());
      controls.add(
          questions
              .ask(server, Question.ROOT_SERVERS, deadline)
              .onSuccess(exchanged -> heard(server, Question.ROOT_SERVERS, exchanged)));
    }
    return Future.join(controls)
        .map(
            _ ->
                controls.stream()
                    .anyMatch(control -> control.result() instanceof Exchanged.Replied));
  }

  private Missing resolversDown(Round round, List<Missing> failures) {
    List<Optional<Reason>> troubles =
        round.servers().stream().map(server -> routes.trouble(server.getAddress())).toList();
    Optional<Reason> noRoute = troubles.getFirst();
    Reason reason =
        troubles.stream().allMatch(Optional::isPresent)
            ? noRoute.orElse(Reason.PROBE_NO_ROUTE)
            : Reason.PROBE_RESOLVER_DOWN;
    return new Missing(reason, String.join("; ", failures.stream().map(Missing::detail).toList()));
  }
}
