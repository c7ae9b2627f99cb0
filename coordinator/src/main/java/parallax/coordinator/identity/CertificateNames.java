package parallax.coordinator.identity;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import parallax.config.observation.ProbeName;

/**
 * The probe that a client certificate names: by a subject alternative name {@code probe:NAME}, a
 * URI or a DNS name (RFC 5280 section 4.2.1.6); where there is none, by its common name.
 */
final class CertificateNames {
  private static final String SCHEME = "probe:";
  private static final int DNS = 2;
  private static final int URI = 6;

  private CertificateNames() {}

  /** Empty where it names none, or more than one. */
  static Optional<ProbeName> probe(X509Certificate certificate) {
    try {
      List<String> alternatives = alternatives(certificate);
      List<String> names = alternatives.isEmpty() ? commonNames(certificate) : alternatives;
      return names.size() == 1 ? Optional.of(new ProbeName(names.getFirst())) : Optional.empty();
    } catch (CertificateParsingException | InvalidNameException | IllegalArgumentException e) {
      // It names no probe that there could be.
      return Optional.empty();
    }
  }

  private static List<String> alternatives(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    return Stream.ofNullable(all)
        .flatMap(Collection::stream)
        .filter(each -> each.get(0).equals(URI) || each.get(0).equals(DNS))
        .map(each -> String.valueOf(each.get(1)))
        .filter(name -> name.startsWith(SCHEME))
        .map(name -> name.substring(SCHEME.length()))
        .distinct()
        .toList();
  }

  private static List<String> commonNames(X509Certificate certificate) throws InvalidNameException {
    return new LdapName(certificate.getSubjectX500Principal().getName())
        .getRdns().stream()
            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
            .map(Rdn::getValue)
            .map(String::valueOf)
            .toList();
  }
}
