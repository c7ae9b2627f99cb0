package parallax.probe.dns.dnssec.denial;

import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;

/** Names around a name (RFC 4592 section 3.3.1, RFC 5155 section 1.3). */
final class Enclosing {
  private static final Name STAR = Name.fromConstantString("*");

  private Enclosing() {}

  /** {@code *.encloser}; empty when that is longer than a name may be. */
  static Optional<Name> wildcard(Name encloser) {
    try {
      return Optional.of(Name.concatenate(STAR, encloser));
    } catch (NameTooLongException tooLong) {
      return Optional.empty();
    }
  }

  /** The name one label longer than {@code encloser} on the way to {@code name} below it. */
  static Name nextCloser(Name name, Name encloser) {
    return ancestor(name, encloser.labels() + 1);
  }

  /** The ancestor of {@code name} with this many labels, the root's counted. */
  static Name ancestor(Name name, int labels) {
    return new Name(name, name.labels() - labels);
  }

  /** The longest name that both are at or below. */
  static Name common(Name one, Name other) {
    Name ancestor = one;
    int labels = one.labels();
    while (labels > 1 && !other.subdomain(ancestor)) {
      labels--;
      ancestor = ancestor(one, labels);
    }
    return ancestor;
  }
}
