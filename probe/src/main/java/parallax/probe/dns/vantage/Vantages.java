package parallax.probe.dns.vantage;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.dns.vantage.line.HttpsExchange;
import parallax.probe.dns.vantage.line.Identity;
import parallax.probe.dns.vantage.line.StreamExchange;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.NetworkPolicy;

/** Asks several resolvers the same question side by side, each in its way. */
public final class Vantages {
  /** Resolvers asked at a time; further ones are left out. */
  public static final int MAX_VANTAGES = 32;

  private final DnsExchange datagrams;
  private final StreamExchange streams;
  private final HttpsExchange https;
  private final NetworkPolicy policy;

  /**
   * @param policy where this probe may connect; the machine's own resolver is always allowed
   */
  public Vantages(
      DnsExchange datagrams, StreamExchange streams, HttpsExchange https, NetworkPolicy policy) {
    this.datagrams = datagrams;
    this.streams = streams;
    this.https = https;
    this.policy = policy;
  }

  /**
   * Asks all of them. May be called from any thread.
   *
   * @return in the order of {@code vantages}; never fails, completes at the deadline at the latest
   */
  public Future<List<Heard>> ask(List<Vantage> vantages, Question question, Deadline deadline) {
    List<Future<Heard>> heard =
        vantages.stream()
            .limit(MAX_VANTAGES)
            .map(vantage -> ask(vantage, question, deadline))
            .toList();
    return Future.join(heard).map(_ -> heard.stream().map(Future::result).toList());
  }

  private Future<Heard> ask(Vantage vantage, Question question, Deadline deadline) {
    Optional<String> refusal =
        vantage.kind() == Vantage.Kind.SYSTEM
            ? Optional.empty()
            : policy.refusal(vantage.server().getAddress(), NetworkPolicy.Hop.CONFIGURED);
    if (refusal.isPresent()) {
      return Future.succeededFuture(
          new Heard.Silent(vantage, Reason.PROBE_ADDRESS_FORBIDDEN, refusal.get(), Duration.ZERO));
    }
    return exchange(vantage, question, deadline)
        .map(exchanged -> Heard.of(vantage, question, exchanged));
  }

  private Future<Exchanged> exchange(Vantage vantage, Question question, Deadline deadline) {
    return switch (vantage.way()) {
      case Vantage.Udp() -> datagrams.ask(vantage.server(), question, deadline);
      case Vantage.Tcp() -> streams.ask(vantage.server(), Optional.empty(), question, deadline);
      case Vantage.Tls(Identity identity) ->
          streams.ask(vantage.server(), Optional.of(identity), question, deadline);
      case Vantage.Https(Identity identity, String path) ->
          https.ask(vantage.server(), path, identity, question, deadline);
    };
  }
}
