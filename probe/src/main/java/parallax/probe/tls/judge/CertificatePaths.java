package parallax.probe.tls.judge;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ways from a server's certificate to a trusted CA through what the server sent, in whatever
 * order (RFC 4158). Looks at names and signatures only, so that a path with a fault in it is found
 * and the fault can be named. A chain made to explode costs no more than {@link #MAX_SIGNATURES}
 * verifications.
 */
final class CertificatePaths {
  static final int MAX_SIGNATURES = 64;
  static final int MAX_PATHS = 8;

  /**
   * @param certificates from the server's own upwards, without the anchor
   * @param anchor the trusted CA that issued the last one
   */
  record Path(List<X509Certificate> certificates, X509Certificate anchor) {}

  /**
   * Where the longest way ended that led to no trusted CA.
   *
   * @param last its issuer is missing, unless {@code atRoot}
   * @param atRoot the last certificate is its own issuer
   * @param leaf whether the last certificate is the server's own
   */
  record DeadEnd(X509Certificate last, boolean atRoot, boolean leaf) {}

  private final List<X509Certificate> sent;
  private final TrustAnchors anchors;
  private final List<Path> found = new ArrayList<>();
  private Optional<DeadEnd> deadEnd = Optional.empty();
  private int deadEndLength;
  private int signatures;

  private CertificatePaths(List<X509Certificate> sent, TrustAnchors anchors) {
    this.sent = sent;
    this.anchors = anchors;
  }

  /**
   * @param sent the server's own certificate first
   */
  static CertificatePaths search(List<X509Certificate> sent, TrustAnchors anchors) {
    CertificatePaths paths = new CertificatePaths(sent, anchors);
    paths.extend(List.of(sent.getFirst()));
    return paths;
  }

  List<Path> found() {
    return found;
  }

  Optional<DeadEnd> deadEnd() {
    return deadEnd;
  }

  private void extend(List<X509Certificate> path) {
    X509Certificate last = path.getLast();
    for (X509Certificate anchor : anchors.named(last.getIssuerX500Principal())) {
      if (found.size() < MAX_PATHS && issued(anchor, last)) {
        found.add(new Path(path, anchor));
      }
    }
    boolean extended = false;
    boolean root = last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
    for (X509Certificate candidate : root ? List.<X509Certificate>of() : sent) {
      boolean fits =
          candidate.getSubjectX500Principal().equals(last.getIssuerX500Principal())
              && !path.contains(candidate);
      if (fits && found.size() < MAX_PATHS && issued(candidate, last)) {
        extended = true;
        List<X509Certificate> longer = new ArrayList<>(path);
        longer.add(candidate);
        extend(List.copyOf(longer));
      }
    }
    if (!extended && path.size() > deadEndLength) {
      deadEndLength = path.size();
      deadEnd = Optional.of(new DeadEnd(last, root, path.size() == 1));
    }
  }

  private boolean issued(X509Certificate issuer, X509Certificate subject) {
    if (signatures >= MAX_SIGNATURES) {
      return false;
    }
    signatures++;
    return signedBy(subject, issuer);
  }

  static boolean signedBy(X509Certificate subject, X509Certificate issuer) {
    try {
      subject.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException | RuntimeException notSigned) {
      // Certificates of strangers: providers also answer odd keys with unchecked exceptions.
      return false;
    }
  }
}
