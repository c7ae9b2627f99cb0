package parallax.probe.bgp.rpki;

/** Why an entry of a file of payloads does not count. */
public enum VrpProblem {
  /** A member is missing or has the wrong type. */
  MALFORMED,
  /** Not a block of addresses, or with bits set after the prefix. */
  PREFIX,
  /** Shorter than the prefix or longer than the family. */
  MAX_LENGTH,
  /** Not a number of 32 bits, with or without {@code AS}. */
  ASN,
  /** Its end has passed. */
  EXPIRED,
  /** Said twice. Validators do that where two trust anchors say the same. */
  TWICE,
  /** More than {@link VrpTable#MAX_PAYLOADS}. */
  TOO_MANY
}
