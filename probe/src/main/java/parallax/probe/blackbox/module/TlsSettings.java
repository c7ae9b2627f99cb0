package parallax.probe.blackbox.module;

import java.nio.file.Path;
import java.util.Optional;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsPolicy.TlsVersion;

/**
 * How a probe shakes hands.
 *
 * @param anyCertificate whether any certificate will do
 * @param authorities PEM file of the CAs trusted instead of the machine's own
 * @param own the client's certificate
 * @param serverName sent as SNI and expected in the certificate, instead of the target's host
 * @param oldest offered
 * @param newest offered
 */
public record TlsSettings(
    boolean anyCertificate,
    Optional<Path> authorities,
    Optional<TlsPolicy.ClientCertificate> own,
    Optional<String> serverName,
    TlsVersion oldest,
    TlsVersion newest) {
  /** The machine's CAs, TLS 1.2 and newer. */
  public static final TlsSettings DEFAULT =
      new TlsSettings(
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          TlsVersion.TLS_1_2,
          TlsVersion.TLS_1_3);

  /** The same for a server of that name, unless one is configured. */
  public TlsSettings orName(String name) {
    return new TlsSettings(
        anyCertificate, authorities, own, serverName.or(() -> Optional.of(name)), oldest, newest);
  }

  /** The same for whatever server the URL names. */
  public TlsSettings withoutName() {
    return new TlsSettings(anyCertificate, authorities, own, Optional.empty(), oldest, newest);
  }
}
