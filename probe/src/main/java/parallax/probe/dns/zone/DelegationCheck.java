package parallax.probe.dns.zone;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import org.xbill.DNS.Name;
import parallax.config.check.ZoneSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.delegation.WalkShown;

/**
 * Walks from the root to the zone of a name and reports what the zones above say about it, their
 * signatures included. That the zone's own servers fail is for {@link NameServersCheck} to say.
 */
public final class DelegationCheck implements Check<ZoneSpec.Delegation> {
  private final ZoneLooks looks;
  private final Witness witness;

  /** Is told what every look found, and may know why. */
  public interface Witness {
    /**
     * One look's outcome.
     *
     * @param zone the registered one, as text
     * @param at when it was seen
     * @return why the zone is not delegated, when that is the outcome and it is known
     */
    Optional<Finding> saw(String zone, Outcome outcome, Instant at);

    /** The walk that led to it: told first, with every server that was found on the way. */
    default void walked(Walk walk, Instant at) {}
  }

  public DelegationCheck(ZoneLooks looks, Witness witness) {
    this.looks = looks;
    this.witness = witness;
  }

  @Override
  public Future<CheckResult> run(ZoneSpec.Delegation spec, Deadline deadline) {
    return looks
        .delegation(spec, deadline)
        .map(look -> told(witness, look.walk(), look.at(), result(look)));
  }

  /** {@code result} of a look at {@code at}, with what the witness knows. */
  static CheckResult told(Witness witness, Walk walk, Instant at, CheckResult result) {
    witness.walked(walk, at);
    return witness
        .saw(walk.zone().toString(true), result.outcome(), at)
        .map(why -> explained(result, why))
        .orElse(result);
  }

  /** The same, with the registry's reason before what the parent zone says. */
  private static CheckResult explained(CheckResult result, Finding why) {
    return result.outcome() instanceof Outcome.Down(Finding(Reason reason, String detail))
        ? new CheckResult(
            result.layer(),
            Outcome.down(reason, why.words() + "; " + detail),
            result.timings(),
            result.facts())
        : result;
  }

  /** What {@code look} comes to. */
  public static CheckResult result(DelegationLook look) {
    Timings timings = Timings.NONE.plus(Phase.FIRST_BYTE, look.walk().took());
    Facts facts = facts(look.walk()).withWalk(WalkShown.of(look.walk(), look.whole().outcome()));
    return result(look.judgement().outcome(), Layer.DELEGATION, timings, facts);
  }

  static CheckResult result(Outcome outcome, Layer own, Timings timings, Facts facts) {
    Layer layer = outcome.why().map(Finding::reason).flatMap(reason -> reason.layer()).orElse(own);
    return new CheckResult(layer, outcome, timings, facts);
  }

  /** The names of the servers, which tell whose they are. */
  static Facts facts(Walk walk) {
    return walk.delegation()
        .map(seen -> Facts.NONE.withAnswers(seen.servers().stream().map(Name::toString).toList()))
        .orElse(Facts.NONE);
  }
}
