package parallax.probe.udp;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import parallax.config.check.CheckSpec.PacketSpec.Datagram;
import parallax.config.check.packet.Answer;
import parallax.config.check.packet.Payload;
import parallax.config.observation.Layer;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
import parallax.probe.net.NetworkPolicy;

/**
 * Sends a datagram to the first address of a name. Where no answer is expected, silence is fine: UP
 * then only says that nobody said the port is closed, within {@link #QUIET}.
 */
public final class DatagramCheck implements Check<Datagram> {
  /** How long a message that the port is closed is waited for, or half of the time there is. */
  static final Duration QUIET = Duration.ofSeconds(1);

  /** Bytes of a wrong answer that are shown. */
  private static final int MAX_SHOWN = 40;

  private final Connector connector;

  public DatagramCheck(Connector connector) {
    this.connector = connector;
  }

  @Override
  public Future<CheckResult> run(Datagram spec, Deadline deadline) {
    return Attempt.start(
            connector.loops(),
            deadline,
            attempt ->
                connector.resolve(
                    attempt,
                    new Connector.Host(spec.host(), spec.naming(), NetworkPolicy.Hop.CONFIGURED),
                    addresses ->
                        connector.datagrams(
                            attempt,
                            addresses.getFirst(),
                            spec.server().port(),
                            connected -> ask(attempt, spec, connected))))
        .result();
  }

  private void ask(Attempt attempt, Datagram spec, Connector.Connected connected) {
    attempt.enter(Phase.CONNECT, Reason.UDP_NO_ANSWER);
    UdpExchange.start(
        attempt,
        connector,
        connected,
        () -> bytes(spec.send()),
        answer -> {
          attempt.leavePhase();
          attempt.note(facts -> facts.withBodyBytes(answer.length));
          spec.expect().ifPresentOrElse(wanted -> judge(attempt, wanted, answer), attempt::up);
        });
    if (spec.expect().isEmpty()) {
      Duration half = attempt.deadline().left().dividedBy(2);
      attempt.after(half.compareTo(QUIET) < 0 ? half : QUIET, () -> quiet(attempt));
    }
  }

  /** The wait tells nothing of how long anything took. */
  private static void quiet(Attempt attempt) {
    attempt.forgetPhase();
    attempt.up();
  }

  private static byte[] bytes(Payload payload) {
    String text = payload.text().reveal();
    return payload.hex() ? HexFormat.of().parseHex(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  private static void judge(Attempt attempt, Answer wanted, byte[] answer) {
    attempt.reached(Layer.CONTENT);
    boolean right =
        switch (wanted) {
          case Answer.Matching(var pattern) ->
              pattern.matcher(new String(answer, StandardCharsets.UTF_8)).find();
          case Answer.Beginning(var hex) -> {
            byte[] first = HexFormat.of().parseHex(hex);
            yield answer.length >= first.length
                && Arrays.equals(answer, 0, first.length, first, 0, first.length);
          }
        };
    if (right) {
      attempt.up();
    } else {
      attempt.failed(Reason.BODY_NO_MATCH, shown(wanted, answer));
    }
  }

  private static String shown(Answer wanted, byte[] answer) {
    byte[] some = Arrays.copyOf(answer, Math.min(answer.length, MAX_SHOWN));
    return switch (wanted) {
      case Answer.Matching(var pattern) ->
          pattern.pattern() + " in " + new String(some, StandardCharsets.UTF_8);
      case Answer.Beginning(var hex) -> hex + " at the start of " + HexFormat.of().formatHex(some);
    };
  }
}
