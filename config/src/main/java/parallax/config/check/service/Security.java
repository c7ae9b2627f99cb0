package parallax.config.check.service;

/** How a connection to a service comes to be encrypted, if it does. */
public enum Security {
  /** Never: what is said is said in clear. */
  CLEAR,
  /** From the first byte. */
  TLS,
  /** By the protocol's own command; a service that does not offer it is down. */
  STARTTLS_REQUIRED,
  /** By the protocol's own command where the service offers it, else in clear. */
  STARTTLS_IF_OFFERED
}
