package parallax.coordinator.core.watch;

import java.util.Locale;

/** What several targets can stand on together. */
public enum DependencyKind {
  /** The registry of the top-level domain. */
  REGISTRY("registry"),
  /** Through which the domain is registered. */
  REGISTRAR("registrar"),
  /** The top-level domain. */
  TLD("tld"),
  /** Who runs the domain's name servers. */
  NAME_SERVERS("dns"),
  /** The autonomous system of the domain's name servers. */
  NAME_SERVER_ASN("asn"),
  /** The content delivery network in front of the service. */
  CDN("cdn"),
  /** The cloud, or host, and its region: {@code aws/us-east-1}. */
  CLOUD("cloud"),
  /** The autonomous system of the service's addresses. */
  SERVER_ASN("asn"),
  /** A block of addresses; a single address is a block of one. */
  PREFIX("prefix"),
  /** Who issued the certificate. */
  CA("ca"),
  /** Who runs the service. */
  OPERATOR("operator");

  private final String label;

  DependencyKind(String label) {
    this.label = label;
  }

  /** The word before the colon in the name of a culprit: {@code cdn:fastly}. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
