package parallax.config.observation;

import java.util.Locale;

/**
 * The layers of a target, declared in the order in which one breaks the next: a failure of an
 * earlier layer explains failures of the later ones, never the other way round.
 */
public enum Layer {
  /** Who holds the domain at the registry. */
  REGISTRATION,
  /** What the parent zone says about the domain. */
  DELEGATION,
  /** Routes to the domain's servers. */
  BGP,
  /** The domain's own name servers, asked directly. */
  DNS_AUTH,
  /** Names as a resolver gives them. */
  DNS,
  /** Reaching the server: TCP, UDP or ICMP. */
  TCP,
  /** The TLS handshake and the certificate. */
  TLS,
  /** HTTP, or the service's own protocol. */
  HTTP,
  /** What the service says. */
  CONTENT;

  /** The word used in YAML and scenarios: the name in lower case. */
  public String yamlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this layer comes before {@code other} in the causal order. */
  public boolean breaks(Layer other) {
    return compareTo(other) < 0;
  }
}
