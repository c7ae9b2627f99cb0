package parallax.probe.blackbox.look;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parallax.config.check.TlsPolicy;
import parallax.probe.blackbox.module.TlsSettings;
import parallax.probe.tls.TlsClient;
import parallax.probe.tls.TlsVersions;

/** TLS as modules want it, and what metrics say about it. */
public final class TlsFacts {
  /** The second of Go's zero time: what is said where no chain was verified. */
  private static final double NO_TIME = -62_135_596_800d;

  private static final int DNS_NAME = 2;
  private static final HexFormat HEX = HexFormat.of();

  private static final Map<String, String> VERSIONS =
      Map.of(
          "TLSv1", "TLS 1.0",
          "TLSv1.1", "TLS 1.1",
          "TLSv1.2", "TLS 1.2",
          "TLSv1.3", "TLS 1.3");

  private TlsFacts() {}

  /** The files and names of {@code settings}; no certificate is too near its end. */
  public static TlsPolicy policy(TlsSettings settings) {
    return new TlsPolicy(
        java.time.Duration.ZERO,
        java.time.Duration.ZERO,
        settings.authorities(),
        settings.own(),
        settings.serverName(),
        settings.oldest());
  }

  public static TlsClient.Leniency leniency(TlsSettings settings) {
    return new TlsClient.Leniency(
        settings.anyCertificate(), new TlsVersions(settings.oldest(), settings.newest()));
  }

  /**
   * Says what a handshake showed.
   *
   * @param cipher whether the cipher counts
   */
  public static void tell(Samples samples, TlsClient.Seen seen, boolean cipher) {
    samples.set(
        "probe_ssl_earliest_cert_expiry",
        "Returns last SSL chain expiry in unixtime",
        earliest(seen.chain()));
    samples.set(
        "probe_ssl_last_chain_expiry_timestamp_seconds",
        "Returns last SSL chain expiry in timestamp seconds",
        seen.trustedUntil().map(TlsFacts::second).orElse(NO_TIME));
    samples.set(
        "probe_tls_version_info",
        "Returns the TLS version used or NaN when unknown",
        "version",
        VERSIONS.getOrDefault(seen.version(), "unknown"),
        1);
    if (cipher) {
      samples.set(
          "probe_tls_cipher_info",
          "Returns the TLS cipher negotiated during handshake",
          "cipher",
          seen.cipher(),
          1);
    }
    if (!seen.chain().isEmpty()) {
      samples.set(
          "probe_ssl_last_chain_info",
          "Contains SSL leaf certificate information",
          leaf(seen.chain().getFirst()),
          1);
    }
  }

  private static double earliest(List<X509Certificate> chain) {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .map(TlsFacts::second)
        .orElse(NO_TIME);
  }

  private static double second(Instant instant) {
    return instant.getEpochSecond();
  }

  private static SortedMap<String, String> leaf(X509Certificate certificate) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put("fingerprint_sha256", fingerprint(certificate));
    labels.put("subject", GoNames.of(certificate.getSubjectX500Principal()));
    labels.put("issuer", GoNames.of(certificate.getIssuerX500Principal()));
    labels.put("subjectalternative", names(certificate));
    labels.put("serialnumber", certificate.getSerialNumber().toString(16));
    return labels;
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException unreadable) {
      return "";
    }
  }

  private static String names(X509Certificate certificate) {
    try {
      Optional<Collection<List<?>>> names =
          Optional.ofNullable(certificate.getSubjectAlternativeNames());
      return names.stream()
          .flatMap(Collection::stream)
          .filter(name -> Integer.valueOf(DNS_NAME).equals(name.getFirst()))
          .map(name -> String.valueOf(name.getLast()))
          .collect(Collectors.joining(","));
    } catch (CertificateParsingException unreadable) {
      return "";
    }
  }
}
