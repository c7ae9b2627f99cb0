package parallax.probe.bgp.rpki;

/** The state of a route by its origin (RFC 6811 section 2), the better the earlier. */
public enum Validity {
  /** A payload covers it, with this origin, and allows a prefix of this length. */
  VALID,
  /** No payload covers it. */
  NOT_FOUND,
  /** Payloads cover it and none allows it. */
  INVALID
}
