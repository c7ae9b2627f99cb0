package parallax.probe.tls.judge;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.seen.ChainSeen;

/** Certificates as people are shown them. */
final class ChainShown {
  private ChainShown() {}

  /** What is shown of a chain, whatever is wrong with it. */
  static ChainSeen of(List<X509Certificate> chain) {
    return new ChainSeen(
        chain.stream().limit(ChainSeen.MAX_CERTIFICATES).map(ChainShown::certificate).toList(),
        Math.max(0, chain.size() - ChainSeen.MAX_CERTIFICATES),
        Optional.empty());
  }

  private static ChainSeen.Certificate certificate(X509Certificate certificate) {
    List<String> names = ServerNames.all(certificate);
    return new ChainSeen.Certificate(
        certificate.getSubjectX500Principal().getName(),
        certificate.getIssuerX500Principal().getName(),
        names,
        0,
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        key(certificate.getPublicKey()),
        String.valueOf(certificate.getSigAlgName()));
  }

  private static String key(PublicKey key) {
    return switch (key) {
      case RSAKey rsa -> "RSA " + rsa.getModulus().bitLength();
      case ECKey ec -> "EC " + ec.getParams().getCurve().getField().getFieldSize();
      default -> String.valueOf(key.getAlgorithm());
    };
  }
}
