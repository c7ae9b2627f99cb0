package parallax.probe.dns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import parallax.config.observation.Reason;
import parallax.probe.net.SelfHealth;

/** Whether silence of an address may be this machine's own fault. */
record OwnRoutes(SelfHealth health) {
  /** Why no packet can have got to {@code address}, where that is this machine's own trouble. */
  Optional<Reason> trouble(InetAddress address) {
    if (address.isLoopbackAddress()) {
      return Optional.empty();
    }
    boolean six = address instanceof Inet6Address;
    if (health.hasRoute(six)) {
      return Optional.empty();
    }
    return Optional.of(
        health.hasRoute(!six) ? Reason.PROBE_NO_ADDRESS_FAMILY : Reason.PROBE_NO_ROUTE);
  }
}
