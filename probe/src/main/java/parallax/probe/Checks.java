package parallax.probe;

import io.vertx.core.Future;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.check.CheckSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.HttpSpec;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;

/**
 * Every check there is, and the one switch from what is to be done to who does it. A check that
 * breaks is our own trouble, not the target's.
 */
public record Checks(
    Check<DnsSpec> dns, Check<TcpSpec> tcp, Check<TlsSpec> tls, Check<HttpSpec> http) {
  private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

  /** Looks once. Never fails. */
  public Future<CheckResult> run(CheckSpec spec, Deadline deadline) {
    Future<CheckResult> result;
    try {
      result =
          switch (spec) {
            case DnsSpec each -> dns.run(each, deadline);
            case TcpSpec each -> tcp.run(each, deadline);
            case TlsSpec each -> tls.run(each, deadline);
            case HttpSpec each -> http.run(each, deadline);
          };
    } catch (RuntimeException bug) {
      result = Future.failedFuture(bug);
    }
    return result.otherwise(bug -> broken(spec, bug));
  }

  private static CheckResult broken(CheckSpec spec, Throwable bug) {
    LOG.error("check={} broken", spec.kind().label(), bug);
    return CheckResult.failed(
        Reason.PROBE_INTERNAL_ERROR,
        Optional.ofNullable(bug.getMessage()).orElse(bug.getClass().getSimpleName()),
        firstLayer(spec),
        Timings.NONE,
        Facts.NONE);
  }

  /** The layer a check begins with, to file what never began under. */
  static Layer firstLayer(CheckSpec spec) {
    return switch (spec) {
      case DnsSpec _ -> Layer.DNS;
      case TcpSpec _ -> Layer.TCP;
      case TlsSpec _ -> Layer.TLS;
      case HttpSpec _ -> Layer.HTTP;
    };
  }
}
