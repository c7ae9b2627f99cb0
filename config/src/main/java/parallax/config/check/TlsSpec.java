package parallax.config.check;

import java.time.Duration;

/** Opens a TLS connection, judges the certificate and closes it again. */
public record TlsSpec(ServerAddress server, TlsPolicy policy, Naming naming, Duration timeout)
    implements CheckSpec {
  @Override
  public CheckKind kind() {
    return CheckKind.TLS;
  }
}
