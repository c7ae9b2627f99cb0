package parallax.probe.tls.judge;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;

/**
 * Explains a chain that leads to no trusted CA: one that ends at a stranger, or one with a gap. The
 * signs of a gap are told at {@link CertificateJudge}.
 */
final class MissingIssuer {
  private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
  private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

  /** DER of id-ad-caIssuers (RFC 5280 section 4.2.2.1). */
  private static final byte[] CA_ISSUERS = {6, 8, 0x2B, 6, 1, 5, 5, 7, 0x30, 2};

  private static final List<String> NOT_A_ROOT =
      List.of("intermediate", "issuing", "subordinate", "sub ca", "sub-ca");

  private MissingIssuer() {}

  static Finding explain(CertificatePaths.DeadEnd end, TrustAnchors anchors) {
    X500Principal issuer = end.last().getIssuerX500Principal();
    boolean gap = !end.atRoot() && looksLikeGap(end, anchors);
    return gap
        ? new Finding(
            Reason.CERTIFICATE_INCOMPLETE_CHAIN, "the server does not send " + issuer.getName())
        : new Finding(Reason.CERTIFICATE_UNTRUSTED_ISSUER, issuer.getName());
  }

  private static boolean looksLikeGap(CertificatePaths.DeadEnd end, TrustAnchors anchors) {
    X500Principal issuer = end.last().getIssuerX500Principal();
    String name = issuer.getName().toLowerCase(Locale.ROOT);
    // A CA certificate below a root says where the root can be fetched, too: no sign of a gap.
    return (end.leaf() && contains(end.last(), AUTHORITY_INFORMATION_ACCESS, CA_ISSUERS))
        || NOT_A_ROOT.stream().anyMatch(name::contains)
        || issuersIssuerIsTrusted(end.last(), issuer, anchors)
        || anchors.hasOrganisationOf(issuer);
  }

  /** Whether authorityCertIssuer (RFC 5280 section 4.2.1.1) is a trusted CA. */
  private static boolean issuersIssuerIsTrusted(
      X509Certificate certificate, X500Principal issuer, TrustAnchors anchors) {
    return anchors.subjects().stream()
        .filter(anchor -> !anchor.equals(issuer))
        .anyMatch(anchor -> contains(certificate, AUTHORITY_KEY_IDENTIFIER, anchor.getEncoded()));
  }

  private static boolean contains(X509Certificate certificate, String extension, byte[] part) {
    byte[] value = certificate.getExtensionValue(extension);
    if (value == null) {
      return false;
    }
    for (int at = 0; at + part.length <= value.length; at++) {
      if (Arrays.equals(value, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
