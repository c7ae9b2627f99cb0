package parallax.probe.tcp;

import io.vertx.core.Future;
import parallax.config.check.TcpSpec;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
import parallax.probe.net.NetworkPolicy;

/** Opens a TCP connection and closes it again. */
public final class TcpCheck implements Check<TcpSpec> {
  private final Connector connector;

  public TcpCheck(Connector connector) {
    this.connector = connector;
  }

  @Override
  public Future<CheckResult> run(TcpSpec spec, Deadline deadline) {
    Connector.Destination destination =
        new Connector.Destination(spec.server(), spec.naming(), NetworkPolicy.Hop.CONFIGURED);
    return Attempt.start(
            connector.loops(),
            deadline,
            attempt -> connector.connect(attempt, destination, connected -> attempt.up()))
        .result();
  }
}
