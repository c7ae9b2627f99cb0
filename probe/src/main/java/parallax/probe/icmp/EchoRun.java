package parallax.probe.icmp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import parallax.config.check.CheckSpec.PacketSpec.Echo;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.ReachSeen.EchoesSeen;
import parallax.probe.net.AddressText;
import parallax.probe.net.Attempt;

/** The echoes of one look, one after the other. Confined to the attempt's event loop. */
final class EchoRun {
  /** What is heard is judged this much before the deadline, so that it is what is told. */
  private static final Duration MARGIN = Duration.ofMillis(30);

  private final Attempt attempt;
  private final Echo spec;
  private final EchoLines lines;
  private final EchoRequest request;
  private final List<EchoLines.Asked> asked = new ArrayList<>();
  private final List<Duration> replies = new ArrayList<>();
  private Optional<EchoHeard.Undelivered> undelivered = Optional.empty();
  private int heard;
  private int droppedBefore;

  EchoRun(Attempt attempt, Echo spec, EchoLines lines, EchoRequest request) {
    this.attempt = attempt;
    this.spec = spec;
    this.lines = lines;
    this.request = request;
  }

  /**
   * Sends the first request, and the others in their time.
   *
   * @param refused told when the first one cannot be sent; nothing more happens here then
   */
  void start(Consumer<Exception> refused) {
    attempt.note(facts -> facts.withAddress(AddressText.of(request.to())));
    Optional<Exception> failure = send();
    if (failure.isPresent()) {
      refused.accept(failure.get());
      return;
    }
    droppedBefore = asked.getFirst().dropped();
    attempt.await(Reason.ECHO_TIMEOUT);
    attempt.result().onComplete(_ -> asked.forEach(EchoLines.Asked::forget));
    Duration left = attempt.deadline().left();
    Duration margin = MARGIN.compareTo(left.dividedBy(10)) < 0 ? MARGIN : left.dividedBy(10);
    attempt.after(left.minus(margin), this::judge);
    if (spec.echoes().count() > 1) {
      attempt.after(spec.echoes().interval(), this::next);
    }
  }

  private void next() {
    Optional<Exception> failure = send();
    if (failure.isPresent()) {
      attempt.failed(Reason.PROBE_OVERLOADED, String.valueOf(failure.get().getMessage()));
    } else if (asked.size() < spec.echoes().count()) {
      attempt.after(spec.echoes().interval(), this::next);
    } else {
      waitForTheRest();
    }
  }

  private Optional<Exception> send() {
    try {
      asked.add(lines.ask(request, what -> attempt.onLoop(() -> hear(what))));
      return Optional.empty();
    } catch (IOException | EchoLines.NotAllowed | EchoLines.TooMany refused) {
      return Optional.of(refused);
    }
  }

  private void hear(EchoHeard what) {
    heard++;
    switch (what) {
      case EchoHeard.Reply reply -> replies.add(reply.after());
      case EchoHeard.Undelivered message ->
          undelivered = undelivered.or(() -> Optional.of(message));
    }
    waitForTheRest();
  }

  /** Of a host that answers at all, what comes much later than the others is lost. */
  private void waitForTheRest() {
    if (asked.size() < spec.echoes().count()) {
      return;
    }
    if (heard == asked.size()) {
      judge();
    } else if (!replies.isEmpty()) {
      int sofar = heard;
      Duration longest = replies.stream().reduce(Duration.ZERO, EchoRun::longer);
      attempt.after(
          EchoCheck.patience(longest),
          () -> {
            if (heard == sofar) {
              judge();
            }
          });
    }
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private void judge() {
    if (attempt.isOver()) {
      return;
    }
    int sent = asked.size();
    EchoesSeen seen = RoundTripTimes.seen(sent, replies);
    attempt.note(facts -> facts.withReach(ReachSeen.of(seen)));
    seen.roundTrips().ifPresent(times -> attempt.measured(Phase.CONNECT, times.average()));
    boolean lostHere = replies.size() < sent && asked.getFirst().dropped() != droppedBefore;
    if (lostHere) {
      attempt.failed(Reason.PROBE_OVERLOADED, "packets were lost on the probe's machine");
      return;
    }
    switch (EchoJudge.judge(spec, seen, undelivered, AddressText.of(request.to()))) {
      case Outcome.Up _ -> attempt.up();
      case Outcome.Degraded(Finding finding) -> attempt.degraded(finding);
      case Outcome.Down(Finding finding) -> attempt.failed(finding);
      case Outcome.Inconclusive(Finding finding) -> attempt.failed(finding);
    }
  }
}
