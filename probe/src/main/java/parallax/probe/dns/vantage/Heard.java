package parallax.probe.dns.vantage;

import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import parallax.config.observation.Reason;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Question;

/** What was heard through one vantage. */
public sealed interface Heard {
  Vantage vantage();

  Duration took();

  /**
   * An answer.
   *
   * @param authenticated the resolver says that it validated the answer (RFC 4035 section 3.2.3);
   *     over UDP, where it is not asked, it may keep silent about it
   * @param errors hints of the resolver about it
   */
  record Answered(
      Vantage vantage, Said said, boolean authenticated, List<ExtendedError> errors, Duration took)
      implements Heard {
    public Answered {
      errors = List.copyOf(errors);
    }
  }

  /** None. */
  record Silent(Vantage vantage, Reason reason, String detail, Duration took) implements Heard {}

  /** What {@code exchanged} with {@code vantage} amounts to. */
  static Heard of(Vantage vantage, Question question, Exchanged exchanged) {
    return switch (exchanged) {
      case Exchanged.Replied(Message message, Duration took) ->
          new Answered(
              vantage,
              Said.of(question, message),
              message.getHeader().getFlag(Flags.AD),
              ExtendedError.of(message),
              took);
      case Exchanged.Unanswered(Reason reason, String detail, Duration took) ->
          new Silent(vantage, reason, detail, took);
    };
  }
}
