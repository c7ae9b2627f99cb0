package parallax.config.check;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is asked of a TLS server.
 *
 * @param expiryWarn a certificate of the chain that ends within this makes the target DEGRADED
 * @param expiryFail a certificate of the chain that ends within this makes the target DOWN
 * @param authorities PEM file of the CAs trusted instead of the machine's own
 * @param clientCertificate shown to the server when it asks
 * @param serverName sent as SNI (RFC 6066 section 3) and expected in the certificate, instead of
 *     the host of the URL
 * @param minimum the oldest protocol version accepted
 */
public record TlsPolicy(
    Duration expiryWarn,
    Duration expiryFail,
    Optional<Path> authorities,
    Optional<ClientCertificate> clientCertificate,
    Optional<String> serverName,
    TlsVersion minimum) {

  /** Warn 21 days before the end, fail 3 days before; the machine's CAs; TLS 1.2 or newer. */
  public static final TlsPolicy DEFAULT =
      new TlsPolicy(
          Duration.ofDays(21),
          Duration.ofDays(3),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          TlsVersion.TLS_1_2);

  /** The policy for another origin: the same demands, but neither our certificate nor the name. */
  public TlsPolicy elsewhere() {
    return new TlsPolicy(
        expiryWarn, expiryFail, authorities, Optional.empty(), Optional.empty(), minimum);
  }

  /**
   * PEM files of a client's certificate chain and PKCS #8 key. The files stay on the probe's
   * machine; configuration only names them.
   */
  public record ClientCertificate(Path chain, Path key) {}

  /** TLS protocol versions, oldest first. */
  public enum TlsVersion {
    TLS_1_0("TLSv1"),
    TLS_1_1("TLSv1.1"),
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String standardName;

    TlsVersion(String standardName) {
      this.standardName = standardName;
    }

    /** The name that JSSE and OpenSSL report. */
    public String standardName() {
      return standardName;
    }

    /** The word used in YAML: "1.2". */
    public String yamlName() {
      return this == TLS_1_0 ? "1.0" : standardName.substring("TLSv".length());
    }
  }
}
