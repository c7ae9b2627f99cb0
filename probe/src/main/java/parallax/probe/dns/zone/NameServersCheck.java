package parallax.probe.dns.zone;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xbill.DNS.Name;
import parallax.config.check.ZoneSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.observation.Timings;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.dns.authority.SerialHistory;

/**
 * Asks each of a zone's own servers, as the walk finds them, and reports what they say of the zone
 * and the name. Remembers which versions of zones it saw, to tell how long a server has been
 * behind.
 */
public final class NameServersCheck implements Check<ZoneSpec.NameServers> {
  /** Zones whose versions are remembered; those not looked at for longest are forgotten. */
  static final int MAX_ZONES = 20_000;

  private static final float LOAD = 0.75f;

  private final ZoneLooks looks;
  private final DelegationCheck.Witness witness;
  private final Map<Name, SerialHistory> versions = new LinkedHashMap<>(16, LOAD, true);

  public NameServersCheck(ZoneLooks looks, DelegationCheck.Witness witness) {
    this.looks = looks;
    this.witness = witness;
  }

  @Override
  public Future<CheckResult> run(ZoneSpec.NameServers spec, Deadline deadline) {
    return looks
        .nameServers(spec, deadline)
        .map(
            look -> {
              CheckResult result = result(look, seen(look), deadline.elapsed());
              return DelegationCheck.told(witness, look.walk(), look.at(), result);
            });
  }

  /**
   * What {@code look} comes to.
   *
   * @param history of serials, this look's included
   * @param took all of it, the walk included
   */
  public static CheckResult result(NameServersLook look, SerialHistory history, Duration took) {
    Duration walk = look.walk().took();
    Duration asking = took.minus(walk);
    Timings timings =
        Timings.NONE
            .plus(Phase.RESOLVE, walk)
            .plus(Phase.FIRST_BYTE, asking.isNegative() ? Duration.ZERO : asking);
    return DelegationCheck.result(
        look.judgement(history).outcome(), Layer.DNS_AUTH, timings, facts(look));
  }

  private static Facts facts(NameServersLook look) {
    Facts servers = DelegationCheck.facts(look.walk());
    return look.signatures()
        .firstEnd()
        .map(end -> servers.withSignatureExpiry(end.until()))
        .orElse(servers);
  }

  private SerialHistory seen(NameServersLook look) {
    synchronized (versions) {
      Name zone = look.walk().zone();
      SerialHistory history =
          versions.getOrDefault(zone, SerialHistory.NONE).with(look.serials(), look.at());
      versions.put(zone, history);
      if (versions.size() > MAX_ZONES) {
        versions.remove(versions.keySet().iterator().next());
      }
      return history;
    }
  }
}
