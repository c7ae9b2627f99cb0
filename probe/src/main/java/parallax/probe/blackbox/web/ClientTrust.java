package parallax.probe.blackbox.web;

import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Who may come in by the certificate that they show. Servers are never asked for theirs here. */
final class ClientTrust extends X509ExtendedTrustManager {
  /** Kinds of alternative names that count (RFC 5280 section 4.2.1.6). */
  private static final Set<Integer> KINDS = Set.of(1, 2, 6, 7);

  private static final int ADDRESS = 7;

  private final Optional<X509ExtendedTrustManager> judge;
  private final X509Certificate[] issuers;
  private final List<String> names;

  /**
   * @param judge who says whether a certificate is good; empty: any will do
   * @param issuers who are named to clients, so that they know which certificate to show
   * @param names one of which must be in it; empty: any will do
   */
  ClientTrust(
      Optional<X509ExtendedTrustManager> judge, List<X509Certificate> issuers, List<String> names) {
    this.judge = judge;
    this.issuers = issuers.toArray(X509Certificate[]::new);
    this.names = List.copyOf(names);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    if (judge.isPresent()) {
      judge.get().checkClientTrusted(chain, type);
    }
    requireName(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    if (judge.isPresent()) {
      judge.get().checkClientTrusted(chain, type, socket);
    }
    requireName(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    if (judge.isPresent()) {
      judge.get().checkClientTrusted(chain, type, engine);
    }
    requireName(chain);
  }

  private void requireName(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("no certificate");
    }
    if (!names.isEmpty() && !isNamed(chain[0])) {
      throw new CertificateException("none of its alternative names is allowed");
    }
  }

  private boolean isNamed(X509Certificate certificate) throws CertificateParsingException {
    var alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives == null) {
      return false;
    }
    for (List<?> alternative : alternatives) {
      if (alternative.get(0) instanceof Integer kind
          && KINDS.contains(kind)
          && alternative.get(1) instanceof String name
          && names.stream().anyMatch(allowed -> isSame(kind, name, allowed))) {
        return true;
      }
    }
    return false;
  }

  /** Letter by letter, but for addresses, which can be written in several ways. */
  private static boolean isSame(int kind, String name, String allowed) {
    if (kind != ADDRESS) {
      return name.equals(allowed);
    }
    try {
      return InetAddress.ofLiteral(allowed).equals(InetAddress.ofLiteral(name));
    } catch (IllegalArgumentException notAnAddress) {
      return false;
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return issuers.clone();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("not a client");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw new CertificateException("not a client");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("not a client");
  }
}
