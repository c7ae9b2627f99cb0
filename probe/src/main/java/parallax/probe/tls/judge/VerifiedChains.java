package parallax.probe.tls.judge;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.check.TlsPolicy;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.ChainSeen;

/**
 * Judges chains and remembers those that were found good: the same bytes for the same host and the
 * same CAs stay good until a certificate of the path ends. Saves the signature checks, which are
 * most of a TLS check's cost. Safe for use by many threads.
 */
public final class VerifiedChains {
  /** Longer chains are refused unread; public CAs need three or four certificates. */
  public static final int MAX_CERTIFICATES = 10;

  /** Larger chains are refused unread, in bytes of DER. */
  public static final int MAX_BYTES = 64 * 1024;

  /** Chains remembered, about 2 KiB each. */
  static final int CAPACITY = 8192;

  private record Key(String digest, String host, TrustAnchors anchors) {}

  /** What a chain says, whoever trusts it; {@code expiry} is the earliest of all that was sent. */
  private record Read(Instant expiry, Optional<String> issuer, ChainSeen chain) {
    static Read of(List<X509Certificate> chain) {
      return new Read(earliestEnd(chain), IssuerName.of(chain.getFirst()), ChainShown.of(chain));
    }
  }

  /** Good from {@code from} to {@code to}. */
  private record Good(Instant from, Instant to, Read read) {
    boolean at(Instant now) {
      return !now.isBefore(from) && !now.isAfter(to);
    }
  }

  /**
   * What was found.
   *
   * @param expiry the earliest end of a certificate that was sent, if they could be read
   * @param issuer who issued the server's own, trusted or not, if it says so
   * @param chain what was sent, with what is wrong with it, if it could be read
   * @param fault what makes the target down
   * @param warning what makes it degraded
   * @param trustedUntil the earliest end of a certificate on the way to a trusted CA, if there is
   *     one
   */
  public record Judgement(
      Optional<Instant> expiry,
      Optional<String> issuer,
      Optional<ChainSeen> chain,
      Optional<Finding> fault,
      Optional<Finding> warning,
      Optional<Instant> trustedUntil) {
    private static Judgement faulty(Read read, Optional<Finding> fault) {
      return of(read, fault, Optional.empty(), Optional.empty());
    }

    private static Judgement of(
        Read read,
        Optional<Finding> fault,
        Optional<Finding> warning,
        Optional<Instant> trustedUntil) {
      Optional<String> wrong = fault.or(() -> warning).map(Finding::words);
      // Most chains are well, and that is said of many looks.
      ChainSeen chain = wrong.isEmpty() ? read.chain() : read.chain().with(wrong);
      return new Judgement(
          Optional.of(read.expiry()),
          read.issuer(),
          Optional.of(chain),
          fault,
          warning,
          trustedUntil);
    }

    static Judgement unreadable(String detail) {
      return new Judgement(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(new Finding(Reason.CERTIFICATE_INVALID, detail)),
          Optional.empty(),
          Optional.empty());
    }
  }

  private final Map<Key, Good> good =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Good> eldest) {
          return size() > CAPACITY;
        }
      };

  /**
   * Judges a chain.
   *
   * @param chain DER of the certificates as sent, the server's own first
   * @param ocsp the stapled OCSP answer, if any; with one nothing is taken from memory
   */
  public Judgement judge(List<byte[]> chain, String host, Optional<byte[]> ocsp, Terms terms) {
    int bytes = chain.stream().mapToInt(der -> der.length).sum();
    if (chain.isEmpty()) {
      return Judgement.unreadable("the server sent no certificate");
    }
    if (chain.size() > MAX_CERTIFICATES || bytes > MAX_BYTES) {
      return Judgement.unreadable(
          "a chain of " + chain.size() + " certificates and " + bytes + " bytes");
    }
    Key key = new Key(digest(chain), host, terms.anchors());
    Optional<Good> known = ocsp.isPresent() ? Optional.empty() : known(key, terms.now());
    if (known.isPresent()) {
      return soon(known.get(), terms);
    }
    try {
      return judgeAnew(key, parse(chain), ocsp, terms);
    } catch (CertificateException unreadable) {
      return Judgement.unreadable("cannot be read: " + unreadable.getMessage());
    }
  }

  /**
   * What is asked of a chain.
   *
   * @param policy its thresholds
   */
  public record Terms(TrustAnchors anchors, TlsPolicy policy, Instant now) {}

  private Judgement judgeAnew(
      Key key, List<X509Certificate> chain, Optional<byte[]> ocsp, Terms terms) {
    Read read = Read.of(chain);
    CertificateJudge.Trust trust =
        CertificateJudge.trust(
            new CertificateJudge.Presented(chain, key.host(), ocsp), terms.anchors(), terms.now());
    if (trust.fault().isPresent()) {
      return Judgement.faulty(read, trust.fault());
    }
    Good found = new Good(latestStart(trust.path()), earliestEnd(trust.path()), read);
    if (ocsp.isEmpty()) {
      remember(key, found);
    }
    return soon(found, terms);
  }

  private static Judgement soon(Good good, Terms terms) {
    Optional<Finding> fault =
        CertificateJudge.near(good.to(), terms.policy().expiryFail(), terms.now());
    Optional<Finding> warning =
        fault.isPresent()
            ? Optional.empty()
            : CertificateJudge.near(good.to(), terms.policy().expiryWarn(), terms.now());
    return Judgement.of(good.read(), fault, warning, Optional.of(good.to()));
  }

  private Optional<Good> known(Key key, Instant now) {
    synchronized (good) {
      return Optional.ofNullable(good.get(key)).filter(found -> found.at(now));
    }
  }

  private void remember(Key key, Good found) {
    synchronized (good) {
      good.put(key, found);
    }
  }

  private static List<X509Certificate> parse(List<byte[]> chain) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>(chain.size());
    for (byte[] der : chain) {
      certificates.add(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
    }
    return certificates;
  }

  private static Instant earliestEnd(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Instant latestStart(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate -> certificate.getNotBefore().toInstant())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static String digest(List<byte[]> chain) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (byte[] der : chain) {
        // The lengths keep two different chains with the same bytes in a row apart.
        sha256.update(
            new byte[] {(byte) (der.length >> 16), (byte) (der.length >> 8), (byte) der.length});
        sha256.update(der);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
