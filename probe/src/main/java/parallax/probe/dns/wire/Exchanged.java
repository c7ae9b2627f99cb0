package parallax.probe.dns.wire;

import java.time.Duration;
import org.xbill.DNS.Message;
import parallax.config.observation.Reason;

/** What came of one question to one server. */
public sealed interface Exchanged {
  /** From the first packet sent to the end, repetitions included. */
  Duration took();

  /** The server answered, whatever it said. */
  record Replied(Message message, Duration took) implements Exchanged {}

  /**
   * No answer that could be read.
   *
   * @param reason of the server: timeout, closed port, unreachable, garbage; or the probe's own
   */
  record Unanswered(Reason reason, String detail, Duration took) implements Exchanged {}
}
