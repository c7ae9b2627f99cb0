package parallax.probe.dns.vantage.line;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import parallax.config.check.TlsPolicy;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.tls.judge.TrustAnchors;
import parallax.probe.tls.judge.VerifiedChains;

/**
 * Whether a resolver is the one that was meant, judged after the handshake and before the question
 * is sent.
 */
public final class ServerJudge {
  /** What matters of a resolver's certificate is whether it is good, not how long it will be. */
  private static final TlsPolicy POLICY =
      new TlsPolicy(
          Duration.ZERO,
          Duration.ZERO,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          TlsPolicy.TlsVersion.TLS_1_2);

  private final TrustAnchors authorities;
  private final InstantSource wallClock;
  private final VerifiedChains chains = new VerifiedChains();

  /**
   * @param authorities that vouch for names
   * @param wallClock what certificates are judged by
   */
  public ServerJudge(TrustAnchors authorities, InstantSource wallClock) {
    this.authorities = authorities;
    this.wallClock = wallClock;
  }

  /** The CAs that this machine's Java trusts. Reads files: for the start of a process. */
  public static TrustAnchors machineAuthorities() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return new TrustAnchors(
          Arrays.stream(factory.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .map(X509TrustManager.class::cast)
              .flatMap(manager -> Arrays.stream(manager.getAcceptedIssuers()))
              .toList());
    } catch (NoSuchAlgorithmException | KeyStoreException e) {
      throw new IllegalStateException("no trust store on this machine", e);
    }
  }

  /** What is wrong with {@code chain}, as sent, from somebody who should be {@code identity}. */
  Optional<Finding> fault(List<Certificate> chain, Identity identity) {
    return switch (identity) {
      case Identity.ByName(String name) -> byName(chain, name);
      case Identity.ByKey(_, List<String> pins) -> byKey(chain, pins);
    };
  }

  private Optional<Finding> byName(List<Certificate> chain, String name) {
    List<byte[]> encoded = new ArrayList<>();
    try {
      for (Certificate certificate : chain) {
        encoded.add(certificate.getEncoded());
      }
    } catch (CertificateEncodingException unreadable) {
      return invalid(String.valueOf(unreadable.getMessage()));
    }
    VerifiedChains.Terms terms = new VerifiedChains.Terms(authorities, POLICY, wallClock.instant());
    return chains.judge(encoded, name, Optional.empty(), terms).fault();
  }

  private static Optional<Finding> byKey(List<Certificate> chain, List<String> pins) {
    if (chain.isEmpty() || !(chain.getFirst() instanceof X509Certificate own)) {
      return invalid("the server sent no certificate");
    }
    String pin = pin(own);
    return pins.contains(pin)
        ? Optional.empty()
        : Optional.of(
            new Finding(Reason.CERTIFICATE_UNTRUSTED_ISSUER, "its key is " + pin + ", not pinned"));
  }

  /** SHA-256 over the SubjectPublicKeyInfo, in base64. */
  static String pin(X509Certificate certificate) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static Optional<Finding> invalid(String detail) {
    return Optional.of(new Finding(Reason.CERTIFICATE_INVALID, detail));
  }
}
