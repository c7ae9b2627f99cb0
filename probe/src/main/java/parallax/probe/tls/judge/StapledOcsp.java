package parallax.probe.tls.judge;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;

/**
 * What the OCSP answer that a server stapled says about its certificate (RFC 6960, RFC 6066 section
 * 8). The answer must be signed by, or on behalf of, the issuer and be current; one that is not
 * says nothing. Nothing is ever asked for over the network.
 */
final class StapledOcsp {
  private StapledOcsp() {}

  static Optional<Finding> revocation(CertificatePaths.Path path, byte[] answer, Instant now) {
    try {
      CertPathValidator validator = CertPathValidator.getInstance("PKIX");
      PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
      checker.setOptions(
          EnumSet.of(
              PKIXRevocationChecker.Option.ONLY_END_ENTITY,
              PKIXRevocationChecker.Option.NO_FALLBACK));
      checker.setOcspResponses(Map.of(path.certificates().getFirst(), answer));
      PKIXParameters parameters = CertificateJudge.parameters(path, now);
      parameters.addCertPathChecker(checker);
      validator.validate(
          CertificateFactory.getInstance("X.509").generateCertPath(path.certificates()),
          parameters);
      return Optional.empty();
    } catch (CertPathValidatorException fault) {
      return fault.getReason() == BasicReason.REVOKED
          ? Optional.of(new Finding(Reason.CERTIFICATE_REVOKED, String.valueOf(fault.getMessage())))
          : Optional.empty();
    } catch (GeneralSecurityException unusable) {
      return Optional.empty();
    }
  }
}
