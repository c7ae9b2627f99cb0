package parallax.probe.dns.vantage.line;

import java.net.InetAddress;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.net.ConnectFailure;
import parallax.probe.net.SelfHealth;
import parallax.probe.tls.TlsFailure;

/** Why a connection to a resolver could not be made, or broke. */
final class LineFailure {
  private LineFailure() {}

  static Finding of(Throwable cause, InetAddress address, SelfHealth health) {
    return TlsFailure.isTls(cause)
        ? TlsFailure.of(cause)
        : ConnectFailure.of(cause, address, health);
  }

  static Finding closed() {
    return new Finding(Reason.DNS_MALFORMED, "connection closed before the answer");
  }
}
