package parallax.probe.dns.dnssec.denial;

/** What records of denial prove. */
public sealed interface Denial {
  /**
   * It does not exist.
   *
   * @param optOut the proof rests on a span that unsigned delegations may hide in, so that the
   *     answer is believed but not secure (RFC 5155 section 9.2)
   */
  record Proven(boolean optOut) implements Denial {}

  /**
   * The records do not add up to a proof.
   *
   * @param detail which part is missing or contradicts
   */
  record Unproven(String detail) implements Denial {}

  /**
   * Checking costs more than validators spend: the zone counts as insecure (RFC 9276 section 3.2).
   */
  record TooCostly(int iterations) implements Denial {}
}
