package parallax.probe.dns.zone;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Type;
import parallax.config.check.ZoneSpec;
import parallax.probe.check.Deadline;
import parallax.probe.dns.authority.AuthorityRound;
import parallax.probe.dns.authority.AuthoritySpec;
import parallax.probe.dns.delegation.Approved;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.delegation.WalkJudge;
import parallax.probe.dns.dnssec.ChainJudge;
import parallax.probe.dns.dnssec.ChainJudge.Expectation;
import parallax.probe.dns.dnssec.Judgement;
import parallax.probe.dns.dnssec.material.Chain;
import parallax.probe.dns.walk.ControlNames;
import parallax.probe.dns.walk.DelegationWalk;
import parallax.probe.dns.walk.WalkLimits;
import parallax.probe.dns.walk.WalkSettings;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.SelfHealth;
import parallax.probe.registration.keep.KeptFile;
import parallax.probe.registration.suffix.PublicSuffixes;

/** Looks at zones: does the asking and has it judged. What to make of it is the checks' affair. */
public final class ZoneLooks {
  private final Vertx vertx;
  private final InstantSource clock;
  private final NameSystem names;
  private final ZoneWalks walks;
  private final AuthorityRound round;
  private final ChainCollector collector;
  private final ChainJudge judge;

  /**
   * What looks stand on.
   *
   * @param policy asked before anything is sent to an address
   * @param health which families of addresses have a route
   */
  public record Ground(
      Vertx vertx,
      InstantSource clock,
      DnsExchange exchange,
      NetworkPolicy policy,
      SelfHealth health) {}

  /**
   * Looks at the zones of {@code names}.
   *
   * @param suffixes below which zones are registered
   */
  public ZoneLooks(Ground ground, NameSystem names, KeptFile<PublicSuffixes> suffixes) {
    this.vertx = ground.vertx();
    this.clock = ground.clock();
    this.names = names;
    WalkSettings settings =
        new WalkSettings(
            names.roots(), names.port(), WalkLimits.USUAL, ground.policy(), ground.health());
    this.walks =
        new ZoneWalks(vertx, new DelegationWalk(vertx, ground.exchange(), settings), suffixes);
    this.round = new AuthorityRound(ground.exchange(), names.port(), NameSystem.patience());
    this.collector = new ChainCollector(ground.exchange(), names.port());
    this.judge = new ChainJudge(names.anchors());
  }

  Instant now() {
    return clock.instant();
  }

  /** The way from the root to the zone of {@code spec}. Never fails but by a bug. */
  public Future<DelegationLook> delegation(ZoneSpec.Delegation spec, Deadline deadline) {
    return walks
        .walkTo(spec.host(), deadline)
        .compose(
            walk -> {
              Question keys = new Question(walk.zone(), Type.DNSKEY);
              Future<Signatures> signatures =
                  signatures(walk, List.of(keys), spec.dnssec(), deadline);
              return Future.join(controls(walk, deadline), signatures)
                  .map(
                      both ->
                          new DelegationLook(
                              walk,
                              Wanted.approved(spec.approved()),
                              both.resultAt(0),
                              signatures.result(),
                              now()));
            });
  }

  /** The servers of the zone of {@code spec}. Never fails but by a bug. */
  public Future<NameServersLook> nameServers(ZoneSpec.NameServers spec, Deadline deadline) {
    AuthoritySpec wanted = Wanted.of(spec);
    return walks
        .walkTo(spec.host(), deadline)
        .compose(
            walk -> {
              List<Question> questions = Wanted.signed(walk.zone(), wanted);
              Future<Signatures> signatures = signatures(walk, questions, spec.dnssec(), deadline);
              return round
                  .ask(walk, wanted, deadline)
                  .compose(
                      evidence ->
                          signatures.map(
                              signed ->
                                  new NameServersLook(
                                      walk, wanted, evidence, signed.told(spec.expiry()), now())));
            });
  }

  /** Walks to other names of the parent, where that may tell whose trouble it is. */
  private Future<List<Walk>> controls(Walk walk, Deadline deadline) {
    boolean failed =
        WalkJudge.judge(walk, Approved.ANY, List.of()).reasons().stream()
            .anyMatch(DelegationLook::isParents);
    if (!failed || walk.last().zone().labels() <= 1) {
      return Future.succeededFuture(List.of());
    }
    List<Future<Walk>> controls =
        ControlNames.of(walk, List.of()).stream()
            .map(name -> walks.walk(name, ControlNames.question(name), deadline))
            .toList();
    return Future.join(controls).map(_ -> controls.stream().map(Future::result).toList());
  }

  private Future<Signatures> signatures(
      Walk walk, List<Question> questions, ZoneSpec.Dnssec wanted, Deadline deadline) {
    boolean unsigned = walk.delegation().filter(seen -> seen.ds().isEmpty()).isPresent();
    boolean none =
        switch (wanted) {
          // What the zone above does not promise cannot be missed.
          case IF_SIGNED -> unsigned;
          case REQUIRED -> false;
          case OFF -> true;
        };
    if (none || names.anchors().isEmpty()) {
      return Future.succeededFuture(Signatures.untold(walk.zone()));
    }
    Expectation expectation =
        wanted == ZoneSpec.Dnssec.REQUIRED ? Expectation.SIGNED : Expectation.IF_SIGNED;
    return collector
        .collect(walk, questions, deadline)
        .compose(
            material -> {
              List<Chain> chains =
                  questions.stream().map(material::about).flatMap(Optional::stream).toList();
              Instant now = now();
              return Aside.run(
                  vertx,
                  () -> {
                    List<Judgement> judgements =
                        chains.stream().map(chain -> judge.judge(chain, expectation, now)).toList();
                    return Signatures.of(walk.zone(), chains, judgements);
                  });
            });
  }
}
