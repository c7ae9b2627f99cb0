package parallax.probe.tls.judge;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;

/**
 * Judges the certificates that a server presents (RFC 5280, RFC 9525). Of several faults the first
 * of this order is told:
 *
 * <ol>
 *   <li>self-signed: the certificate is its own issuer and not trusted itself. First, because
 *       nothing else about a certificate that was never meant for the public is of interest;
 *   <li>the server's own certificate expired, or not yet valid;
 *   <li>for a wrong name;
 *   <li>no way to a trusted CA: incomplete chain or untrusted issuer;
 *   <li>a way, but with a fault in it: a CA certificate on it expired or not yet valid, or the path
 *       is invalid for another cause (constraints, weak algorithms);
 *   <li>revoked, by the OCSP answer the server stapled (never asked for over the network);
 *   <li>not usable for a server by its key usage;
 *   <li>a certificate of the path ends soon.
 * </ol>
 *
 * <p>A server that leaves its intermediate out looks like one of an unknown CA: in both cases an
 * issuer is missing. It is called incomplete where something tells that the missing issuer is not a
 * root, or belongs to a trusted CA: the server's certificate says where its issuer can be fetched
 * (authority information access; CAs that issue from a root seldom have it), it says that its
 * issuer's issuer is a trusted CA (authority key identifier), the issuer is named "intermediate" or
 * "issuing", or it has the organisation of a trusted CA. Else it is called untrusted. A private CA
 * that shows none of these and whose intermediate is left out is thus called untrusted.
 */
public final class CertificateJudge {
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_EXTENDED_USAGE = "2.5.29.37.0";
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;

  private CertificateJudge() {}

  /**
   * What the server presented and for whom.
   *
   * @param chain as sent, the server's own certificate first, at least that
   * @param host name or address literal that the certificate must be for
   * @param ocsp the stapled OCSP answer (RFC 6066 section 8), if any
   */
  public record Presented(List<X509Certificate> chain, String host, Optional<byte[]> ocsp) {
    public Presented {
      chain = List.copyOf(chain);
    }
  }

  /**
   * @param fault what makes the certificate unusable
   * @param path the certificates that matter, if there is a way to a trusted CA
   */
  record Trust(Optional<Finding> fault, List<X509Certificate> path) {
    static Trust not(Reason reason, String detail) {
      return new Trust(Optional.of(new Finding(reason, detail)), List.of());
    }
  }

  /** What is wrong at {@code now}, the expiry thresholds aside. */
  static Trust trust(Presented presented, TrustAnchors anchors, Instant now) {
    try {
      X509Certificate leaf = presented.chain().getFirst();
      Optional<Finding> own = ownFault(leaf, presented.host(), anchors, now);
      if (own.isPresent()) {
        return new Trust(own, List.of());
      }
      Trust trust =
          anchors.contains(leaf)
              ? new Trust(Optional.empty(), List.of(leaf))
              : throughPath(presented, anchors, now);
      return trust.fault().isEmpty() && !isForServers(leaf)
          ? Trust.not(Reason.CERTIFICATE_INVALID, "key usage does not allow a TLS server")
          : trust;
    } catch (CertificateParsingException unreadable) {
      return Trust.not(Reason.CERTIFICATE_INVALID, "cannot be read: " + unreadable.getMessage());
    }
  }

  /** Whether {@code expiry} is near, by the policy's thresholds. */
  static Optional<Finding> near(Instant expiry, Duration threshold, Instant now) {
    return expiry.isBefore(now.plus(threshold))
        ? Optional.of(
            new Finding(
                Reason.CERTIFICATE_EXPIRES_SOON,
                "on " + expiry + ", in " + words(Duration.between(now, expiry))))
        : Optional.empty();
  }

  private static Optional<Finding> ownFault(
      X509Certificate leaf, String host, TrustAnchors anchors, Instant now)
      throws CertificateParsingException {
    boolean selfIssued = leaf.getSubjectX500Principal().equals(leaf.getIssuerX500Principal());
    if (selfIssued && !anchors.contains(leaf) && CertificatePaths.signedBy(leaf, leaf)) {
      return found(Reason.CERTIFICATE_SELF_SIGNED, subject(leaf));
    }
    Optional<Finding> outOfTime = outOfTime(leaf, now);
    if (outOfTime.isPresent()) {
      return outOfTime;
    }
    return ServerNames.cover(leaf, host)
        ? Optional.empty()
        : found(Reason.CERTIFICATE_WRONG_NAME, "for " + ServerNames.words(leaf) + ", not " + host);
  }

  private static Optional<Finding> outOfTime(X509Certificate certificate, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant to = certificate.getNotAfter().toInstant();
    if (now.isAfter(to)) {
      return found(Reason.CERTIFICATE_EXPIRED, "on " + to + ": " + subject(certificate));
    }
    return now.isBefore(from)
        ? found(Reason.CERTIFICATE_NOT_YET_VALID, "before " + from + ": " + subject(certificate))
        : Optional.empty();
  }

  private static Trust throughPath(Presented presented, TrustAnchors anchors, Instant now) {
    CertificatePaths paths = CertificatePaths.search(presented.chain(), anchors);
    if (paths.found().isEmpty()) {
      return new Trust(paths.deadEnd().map(end -> MissingIssuer.explain(end, anchors)), List.of());
    }
    Optional<Finding> firstFault = Optional.empty();
    for (CertificatePaths.Path path : paths.found()) {
      Optional<Finding> fault =
          path.certificates().stream()
              .flatMap(certificate -> outOfTime(certificate, now).stream())
              .findFirst()
              .or(() -> invalid(path, now));
      if (fault.isEmpty()) {
        Optional<Finding> revoked =
            presented.ocsp().flatMap(answer -> StapledOcsp.revocation(path, answer, now));
        return new Trust(revoked, path.certificates());
      }
      firstFault = firstFault.or(() -> fault);
    }
    return new Trust(firstFault, List.of());
  }

  private static Optional<Finding> invalid(CertificatePaths.Path path, Instant now) {
    try {
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(path.certificates()),
              parameters(path, now));
      return Optional.empty();
    } catch (CertPathValidatorException fault) {
      return found(reason(fault.getReason()), String.valueOf(fault.getMessage()));
    } catch (GeneralSecurityException fault) {
      return found(Reason.CERTIFICATE_INVALID, String.valueOf(fault.getMessage()));
    }
  }

  static PKIXParameters parameters(CertificatePaths.Path path, Instant now)
      throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(path.anchor(), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    return parameters;
  }

  private static Reason reason(CertPathValidatorException.Reason why) {
    if (why == BasicReason.EXPIRED) {
      return Reason.CERTIFICATE_EXPIRED;
    }
    return why == BasicReason.NOT_YET_VALID
        ? Reason.CERTIFICATE_NOT_YET_VALID
        : Reason.CERTIFICATE_INVALID;
  }

  private static boolean isForServers(X509Certificate leaf) throws CertificateParsingException {
    List<String> extended = leaf.getExtendedKeyUsage();
    boolean[] usage = leaf.getKeyUsage();
    return (extended == null
            || extended.contains(SERVER_AUTHENTICATION)
            || extended.contains(ANY_EXTENDED_USAGE))
        && (usage == null
            || usage[DIGITAL_SIGNATURE]
            || usage[KEY_ENCIPHERMENT]
            || usage[KEY_AGREEMENT]);
  }

  private static Optional<Finding> found(Reason reason, String detail) {
    return Optional.of(new Finding(reason, detail));
  }

  private static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  private static String words(Duration left) {
    return left.toDays() > 1 ? left.toDays() + " days" : left.toHours() + " hours";
  }
}
