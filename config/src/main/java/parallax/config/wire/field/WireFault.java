package parallax.config.wire.field;

import java.io.Serial;

/**
 * Ends the reading of one message. It carries no stack trace: a hostile peer must not make it dear
 * to refuse what it sends.
 */
public final class WireFault extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final Fault fault;

  public WireFault(Fault fault, String message) {
    super(message, null, false, false);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  /** The fault behind any refusal while a message was read, be it ours or a record's own. */
  public static Fault faultOf(RuntimeException refusal) {
    return refusal instanceof WireFault wire ? wire.fault : Fault.INVALID;
  }

  /** What was wrong, in words, from the same. */
  public static String wordsOf(Exception refusal) {
    String message = refusal.getMessage();
    return message == null ? refusal.getClass().getSimpleName() : message;
  }
}
