package parallax.probe.icmp;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import parallax.config.observation.Reason;
import parallax.probe.net.AddressText;

/** What came back for an echo request. */
public sealed interface EchoHeard {
  /** From the request's leaving to its coming, by the kernel's clock where that can be. */
  Duration after();

  /**
   * The reply.
   *
   * @param hops what was left of them, if the kernel says so
   */
  record Reply(Duration after, Optional<Integer> hops) implements EchoHeard {}

  /**
   * A message that it did not arrive (RFC 792, RFC 4443 section 3).
   *
   * @param by who says so; empty where this machine does
   */
  record Undelivered(Duration after, Optional<InetAddress> by, Why why, String words)
      implements EchoHeard {
    /** With who says so. */
    String told() {
      return words + by.map(router -> ", says " + AddressText.of(router)).orElse("");
    }
  }

  /** Kinds of such messages. */
  enum Why {
    NETWORK(Reason.NETWORK_UNREACHABLE),
    HOST(Reason.HOST_UNREACHABLE),
    PROHIBITED(Reason.HOST_UNREACHABLE),
    TOO_BIG(Reason.PACKET_TOO_BIG),
    HOPS(Reason.HOPS_EXCEEDED);

    private final Reason reason;

    Why(Reason reason) {
      this.reason = reason;
    }

    Reason reason() {
      return reason;
    }
  }

  /** What type and code mean. */
  static Undelivered undelivered(
      boolean six, int type, int code, Optional<InetAddress> by, Duration after) {
    Why why = six ? ofSix(type, code) : ofFour(type, code);
    String words =
        switch (why) {
          case NETWORK -> "no route to the network";
          case HOST -> "host unreachable";
          case PROHIBITED -> "communication prohibited";
          case TOO_BIG -> "packet too big";
          case HOPS -> "no hops left";
        };
    return new Undelivered(after, by, why, words);
  }

  /** RFC 792, RFC 1812 section 5.2.7.1. */
  private static Why ofFour(int type, int code) {
    if (type == 11) {
      return Why.HOPS;
    }
    return switch (code) {
      case 0, 6, 11 -> Why.NETWORK;
      case 4 -> Why.TOO_BIG;
      case 9, 10, 13 -> Why.PROHIBITED;
      default -> Why.HOST;
    };
  }

  /** RFC 4443 section 3. */
  private static Why ofSix(int type, int code) {
    return switch (type) {
      case 2 -> Why.TOO_BIG;
      case 3 -> Why.HOPS;
      default ->
          switch (code) {
            case 0 -> Why.NETWORK;
            case 1, 5, 6 -> Why.PROHIBITED;
            default -> Why.HOST;
          };
    };
  }
}
