package parallax.probe.ntp;

import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import parallax.config.check.CheckSpec.PacketSpec.Ntp;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.ReachSeen.ClockSeen;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.udp.UdpExchange;

/** Asks a time server once, as a client of SNTP does, and compares its clock with the machine's. */
public final class NtpCheck implements Check<Ntp> {
  private final Connector connector;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param clock the machine's, which is compared
   */
  public NtpCheck(Connector connector, InstantSource clock) {
    this.connector = connector;
    this.clock = clock;
  }

  @Override
  public Future<CheckResult> run(Ntp spec, Deadline deadline) {
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
                            connected -> new Question(attempt, spec).ask(connected))))
        .result();
  }

  /** One question. Confined to the attempt's event loop. */
  private final class Question {
    private final Attempt attempt;
    private final Ntp spec;
    private final long cookie = random.nextLong();
    private Instant asked = Instant.EPOCH;

    Question(Attempt attempt, Ntp spec) {
      this.attempt = attempt;
      this.spec = spec;
    }

    void ask(Connector.Connected connected) {
      attempt.enter(Phase.FIRST_BYTE, Reason.UDP_NO_ANSWER);
      UdpExchange.start(
          attempt,
          connector,
          connected,
          () -> {
            asked = clock.instant();
            return NtpAnswer.question(cookie);
          },
          this::heard);
    }

    /** What does not repeat the cookie may come from anybody, and is passed over. */
    private void heard(byte[] bytes) {
      Instant now = clock.instant();
      if (!NtpAnswer.answers(bytes, cookie)) {
        attempt.await(Reason.NTP_MALFORMED);
        return;
      }
      attempt.leavePhase();
      attempt.reached(Layer.HTTP);
      NtpAnswer answer = NtpAnswer.parse(bytes);
      ClockSeen seen =
          new ClockSeen(
              answer.hasNoTime() ? Duration.ZERO : answer.offset(asked, now),
              answer.stratum(),
              answer.referenceWords(),
              answer.roundTrip(asked, now),
              answer.rootDistance(),
              answer.leapWords());
      attempt.note(facts -> facts.withReach(ReachSeen.of(seen)));
      switch (NtpJudge.judge(spec.limits(), answer, seen)) {
        case Outcome.Up _ -> attempt.up();
        case Outcome.Degraded(Finding finding) -> attempt.degraded(finding);
        case Outcome.Down(Finding finding) -> attempt.failed(finding);
        case Outcome.Inconclusive(Finding finding) -> attempt.failed(finding);
      }
    }
  }
}
