package parallax.probe.bgp.rpki.rtr;

/** What a session wants done. */
public sealed interface RtrEffect {
  /** Send this question, in this version. */
  record Ask(int version, RtrPdu query) implements RtrEffect {}

  /** The payloads changed, or are no more: {@link RtrSession#payloads} is what counts now. */
  record Changed() implements RtrEffect {}

  /** Close the connection; the session wants another when {@link RtrSession#due} says so. */
  record Close(String reason) implements RtrEffect {}
}
