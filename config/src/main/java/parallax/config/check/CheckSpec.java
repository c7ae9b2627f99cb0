package parallax.config.check;

import java.time.Duration;
import parallax.config.check.service.Patience;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Security;

/**
 * What a check must do and expect, as data. To add a check: a record here, its name in {@code
 * permits} and in {@link CheckKind}, and the compiler leads to the rest.
 */
public sealed interface CheckSpec
    permits RegistrationSpec,
        ZoneSpec,
        BgpSpec,
        DnsSpec,
        TcpSpec,
        TlsSpec,
        HttpSpec,
        CheckSpec.ServiceSpec {
  CheckKind kind();

  /** The deadline of the whole check, redirects and retries included. */
  Duration timeout();

  /** From one look to the next, of each probe, for a target that is looked at this often. */
  default Duration interval(Duration ofTarget) {
    return ofTarget;
  }

  /**
   * Opens a connection to a service other than the web, and speaks its protocol as far as shows
   * that it works.
   *
   * @param tls asked of the service where TLS is spoken
   */
  record ServiceSpec(
      ServerAddress server,
      Protocol protocol,
      Security security,
      TlsPolicy tls,
      Patience latency,
      Naming naming,
      Duration timeout)
      implements CheckSpec {
    @Override
    public CheckKind kind() {
      return CheckKind.SERVICE;
    }
  }
}
