package parallax.probe.tls;

import io.vertx.core.Future;
import java.util.List;
import parallax.config.check.TlsSpec;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
import parallax.probe.net.NetworkPolicy;

/** Opens a TLS connection and judges the certificate. */
public final class TlsCheck implements Check<TlsSpec> {
  private final Connector connector;
  private final TlsClient tls;

  public TlsCheck(Connector connector, TlsClient tls) {
    this.connector = connector;
    this.tls = tls;
  }

  @Override
  public Future<CheckResult> run(TlsSpec spec, Deadline deadline) {
    Connector.Destination destination =
        new Connector.Destination(spec.server(), spec.naming(), NetworkPolicy.Hop.CONFIGURED);
    return Attempt.start(
            connector.loops(),
            deadline,
            attempt ->
                tls.prepare(
                    attempt,
                    spec.policy(),
                    trust ->
                        connector.connect(
                            attempt,
                            destination,
                            connected ->
                                tls.handshake(
                                    attempt,
                                    connected.channel(),
                                    new TlsClient.Terms(
                                        spec.server().host(), spec.policy(), trust, List.of()),
                                    session -> end(attempt, session)))))
        .result();
  }

  private static void end(Attempt attempt, TlsClient.Session session) {
    session.warning().ifPresentOrElse(attempt::degraded, attempt::up);
  }
}
