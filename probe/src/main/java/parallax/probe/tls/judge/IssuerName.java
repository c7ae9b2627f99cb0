package parallax.probe.tls.judge;

import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Whose certificate authority it is, by the distinguished name (RFC 5280 section 4.1.2.4). */
final class IssuerName {
  private IssuerName() {}

  /** Who issued {@code certificate}: the organisation, or the common name where there is none. */
  static Optional<String> of(X509Certificate certificate) {
    X500Principal issuer = certificate.getIssuerX500Principal();
    return organisation(issuer).or(() -> attribute(issuer, "CN"));
  }

  static Optional<String> organisation(X500Principal name) {
    return attribute(name, "O");
  }

  private static Optional<String> attribute(X500Principal name, String type) {
    try {
      return new LdapName(name.getName(X500Principal.RFC2253))
          .getRdns().stream()
              .filter(rdn -> rdn.getType().equalsIgnoreCase(type))
              .map(Rdn::getValue)
              .filter(String.class::isInstance)
              .map(value -> ((String) value).strip())
              .filter(value -> !value.isEmpty())
              .findFirst();
    } catch (InvalidNameException unreadable) {
      return Optional.empty();
    }
  }
}
