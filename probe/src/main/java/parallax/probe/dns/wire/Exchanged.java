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

  /** What whoever only wants the answer needs to know of {@code heard}. */
  static Exchanged of(Heard heard) {
    return switch (heard) {
      case Heard.Reply reply -> new Replied(reply.message(), reply.took());
      case Heard.Silence silence ->
          new Unanswered(reason(silence.failure()), silence.detail(), silence.took());
    };
  }

  private static Reason reason(Heard.Failure failure) {
    return switch (failure) {
      case TIMEOUT -> Reason.DNS_TIMEOUT;
      case CLOSED_PORT -> Reason.DNS_PORT_UNREACHABLE;
      case HOST_UNREACHABLE -> Reason.HOST_UNREACHABLE;
      case NETWORK_UNREACHABLE -> Reason.NETWORK_UNREACHABLE;
      case RESET, GARBAGE, FORGED -> Reason.DNS_MALFORMED;
      case OVERLOADED -> Reason.PROBE_OVERLOADED;
      case INTERNAL -> Reason.PROBE_INTERNAL_ERROR;
    };
  }
}
