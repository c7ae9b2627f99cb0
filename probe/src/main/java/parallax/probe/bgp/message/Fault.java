package parallax.probe.bgp.message;

/**
 * What is wrong with a message, and what is done about it (RFC 7606 section 2), the mildest first.
 * {@code offset} counts bytes from the first one of the message; {@code reason} is one line of ours
 * and never repeats what the peer sent, numbers excepted.
 */
public sealed interface Fault {
  String reason();

  int offset();

  /** The attribute is left out, the routes stand. */
  record AttributeDiscarded(String reason, int offset) implements Fault {}

  /** The routes of the message count as withdrawn. */
  record TreatedAsWithdrawn(String reason, int offset) implements Fault {}

  /**
   * The message cannot be told apart from noise: a speaker ends the session with this code and
   * subcode (RFC 4271 section 6).
   */
  record SessionReset(int code, int subcode, String reason, int offset) implements Fault {}
}
