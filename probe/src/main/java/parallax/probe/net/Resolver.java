package parallax.probe.net;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import parallax.config.check.Naming;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;

/** Turns the host of a target into addresses. */
public interface Resolver {
  /**
   * Resolves {@code host}. An address literal resolves to itself, in no time and without asking
   * anybody.
   *
   * @param host name or address literal, IPv6 without brackets
   * @return never fails; completes at the deadline at the latest
   */
  Future<Resolution> resolve(String host, Naming naming, Deadline deadline);

  /** What came of it. */
  sealed interface Resolution {
    /** How long it took. */
    Duration took();
  }

  /**
   * The name has addresses.
   *
   * @param addresses in the order to try them; never empty
   * @param canonicalNames the chain of aliases that led to them, as {@link
   *     parallax.config.observation.Facts} has them; empty when the name is no alias
   */
  record Resolved(List<InetAddress> addresses, List<String> canonicalNames, Duration took)
      implements Resolution {
    public Resolved {
      addresses = List.copyOf(addresses);
      canonicalNames = List.copyOf(canonicalNames);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("resolved to nothing");
      }
    }
  }

  /**
   * The name gave no address.
   *
   * @param reason of layer DNS, or the probe's own trouble
   */
  record Unresolved(Reason reason, String detail, Duration took) implements Resolution {}
}
