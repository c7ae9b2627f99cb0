package parallax.config.check;

import java.util.Locale;

/** One way of looking at a target, in causal order. */
public enum CheckKind {
  /** Asks a resolver, or one name server, and judges the answer. */
  DNS,
  /** Opens a TCP connection. */
  TCP,
  /** Opens a TLS connection and judges the certificate. */
  TLS,
  /** Makes an HTTP request: resolve, connect, TLS, HTTP and content, up to the first that fails. */
  HTTP;

  /** The word used in YAML, JSON and metrics: the name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
