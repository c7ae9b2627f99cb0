package parallax.probe.tls.judge;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** The CAs that are trusted. Immutable; two sets are the same only when they are one object. */
public final class TrustAnchors {
  private final Map<X500Principal, List<X509Certificate>> bySubject;
  private final Set<X509Certificate> all;

  public TrustAnchors(Collection<X509Certificate> certificates) {
    Map<X500Principal, List<X509Certificate>> grouped = new HashMap<>();
    for (X509Certificate certificate : certificates) {
      grouped.merge(
          certificate.getSubjectX500Principal(),
          List.of(certificate),
          (some, more) -> java.util.stream.Stream.concat(some.stream(), more.stream()).toList());
    }
    this.bySubject = Map.copyOf(grouped);
    this.all = Set.copyOf(new HashSet<>(certificates));
  }

  /** These and {@code more}. */
  public TrustAnchors and(Collection<X509Certificate> more) {
    Set<X509Certificate> both = new HashSet<>(all);
    both.addAll(more);
    return new TrustAnchors(both);
  }

  public int size() {
    return all.size();
  }

  List<X509Certificate> named(X500Principal subject) {
    return bySubject.getOrDefault(subject, List.of());
  }

  boolean contains(X509Certificate certificate) {
    return all.contains(certificate);
  }

  Set<X500Principal> subjects() {
    return bySubject.keySet();
  }

  /** Whether one of the CAs belongs to the organisation that {@code name} names. */
  boolean hasOrganisationOf(X500Principal name) {
    Optional<String> organisation = IssuerName.organisation(name);
    return organisation.isPresent()
        && bySubject.keySet().stream().map(IssuerName::organisation).anyMatch(organisation::equals);
  }
}
