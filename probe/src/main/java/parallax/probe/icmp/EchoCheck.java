package parallax.probe.icmp;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckSpec.PacketSpec.Echo;
import parallax.config.observation.Reason;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.kernel.Kernel;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
import parallax.probe.net.NetworkPolicy;

/** Sends echo requests to the first address of a name that this machine has a way to. */
public final class EchoCheck implements Check<Echo> {
  private final Connector connector;
  private final EchoLines lines;

  public EchoCheck(Connector connector, EchoLines lines) {
    this.connector = connector;
    this.lines = lines;
  }

  @Override
  public Future<CheckResult> run(Echo spec, Deadline deadline) {
    return Attempt.start(
            connector.loops(),
            deadline,
            attempt ->
                connector.resolve(
                    attempt,
                    new Connector.Host(spec.host(), spec.naming(), NetworkPolicy.Hop.CONFIGURED),
                    addresses -> open(attempt, spec, addresses, Optional.empty())))
        .result();
  }

  /** The first socket takes a while to open, so that is done away from the loops. */
  private void open(
      Attempt attempt, Echo spec, List<InetAddress> addresses, Optional<IOException> before) {
    if (addresses.isEmpty()) {
      before.ifPresent(attempt::broken);
      return;
    }
    boolean six = addresses.getFirst() instanceof Inet6Address;
    boolean whole = spec.echoes().dontFragment();
    attempt.await(Reason.PROBE_OVERLOADED);
    if (lines.isOpen(six, whole)) {
      begin(attempt, spec, addresses);
      return;
    }
    connector
        .loops()
        .elsewhere(
            () -> {
              lines.open(six, whole);
              return six;
            })
        .onComplete(
            opened ->
                attempt.onLoop(
                    () -> {
                      if (opened.succeeded()) {
                        begin(attempt, spec, addresses);
                      } else {
                        refused(attempt, opened.cause(), spec, addresses);
                      }
                    }));
  }

  private void begin(Attempt attempt, Echo spec, List<InetAddress> addresses) {
    InetAddress to = addresses.getFirst();
    EchoRequest request =
        new EchoRequest(
            to,
            connector.loops().departure().towards(to).map(InetSocketAddress::getAddress),
            spec.echoes().size(),
            spec.echoes().ttl(),
            spec.echoes().dontFragment());
    new EchoRun(attempt, spec, lines, request)
        .start(failure -> refused(attempt, failure, spec, addresses));
  }

  /** Of a family that this machine has not, the other one may still be there. */
  private void refused(Attempt attempt, Throwable failure, Echo spec, List<InetAddress> addresses) {
    switch (failure) {
      case EchoLines.NotAllowed not ->
          attempt.failed(Reason.PROBE_NOT_CONFIGURED, String.valueOf(not.getMessage()));
      case EchoLines.TooMany many ->
          attempt.failed(Reason.PROBE_OVERLOADED, String.valueOf(many.getMessage()));
      case Kernel.Refused refused when refused.errno() == Kernel.EMSGSIZE ->
          attempt.failed(
              Reason.PACKET_TOO_BIG, spec.echoes().size() + " bytes, as this machine knows");
      default -> {
        var found = connector.finding(failure, addresses.getFirst());
        List<InetAddress> others = addresses.subList(1, addresses.size());
        boolean familyMissing = found.reason().isProbesOwn() && !others.isEmpty();
        if (familyMissing && failure instanceof IOException own) {
          open(attempt, spec, others, Optional.of(own));
        } else {
          attempt.failed(found);
        }
      }
    }
  }

  /** The longest wait for replies once some have come. */
  static Duration patience(Duration longest) {
    Duration usual = Duration.ofSeconds(1);
    Duration slow = longest.multipliedBy(4);
    return slow.compareTo(usual) > 0 ? slow : usual;
  }
}
