package parallax.probe.audit.origin;

import io.vertx.core.Future;
import java.net.InetAddress;
import parallax.probe.audit.facts.Origin;
import parallax.probe.check.Deadline;

/** Somebody who knows the routes of the internet, or some of them. */
public interface Origins {
  /**
   * Who announces the most specific route to {@code address}.
   *
   * @return never fails; completes soon after the deadline at the latest
   */
  Future<Origin> of(InetAddress address, Deadline deadline);

  /** Nobody: of no address is anything known. */
  static Origins unknown(String why) {
    return (address, deadline) -> Future.succeededFuture(new Origin.Unknown(why));
  }
}
