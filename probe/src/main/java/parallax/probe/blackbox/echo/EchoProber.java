package parallax.probe.blackbox.echo;

import java.io.IOException;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import parallax.config.observation.Reason;
import parallax.probe.blackbox.look.Prober;
import parallax.probe.blackbox.look.Samples;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.EchoModule;
import parallax.probe.icmp.EchoHeard;
import parallax.probe.icmp.EchoLines;
import parallax.probe.icmp.EchoRequest;

/** Sends one echo request and waits for the reply. */
public final class EchoProber implements Prober<EchoModule> {
  /** Bytes of a request where the module does not say. */
  static final int USUAL_PAYLOAD = 28;

  private final EchoLines lines;

  public EchoProber(EchoLines lines) {
    this.lines = lines;
  }

  @Override
  public boolean probe(EchoModule module, String target, Sight sight) throws Unseen {
    Samples samples = sight.samples();
    for (String phase : List.of("resolve", "setup", "rtt")) {
      phase(samples, phase, Duration.ZERO);
    }
    Sight.Found found = sight.resolve(target, module.ip());
    phase(samples, "resolve", found.took());
    long started = sight.deadline().clock().nanos();
    EchoRequest request =
        new EchoRequest(
            found.address(),
            module.from(),
            module.payload() == 0 ? USUAL_PAYLOAD : module.payload(),
            module.hops() == 0 ? Optional.empty() : Optional.of(module.hops()),
            module.dontFragment());
    try {
      lines.open(found.address() instanceof Inet6Address, module.dontFragment());
    } catch (EchoLines.NotAllowed | IOException refused) {
      throw unseen(refused);
    }
    Duration setup = Duration.ofNanos(sight.deadline().clock().nanos() - started);
    Optional<EchoHeard.Reply> reply = reply(request, sight);
    if (reply.isEmpty()) {
      sight.log().error("Timeout reading from socket");
      return false;
    }
    tell(setup, reply.get(), sight);
    return true;
  }

  private static Unseen unseen(Exception refused) {
    return Sight.unseen(Reason.PROBE_INTERNAL_ERROR, String.valueOf(refused.getMessage()));
  }

  private static void phase(Samples samples, String phase, Duration time) {
    samples.set(
        "probe_icmp_duration_seconds",
        "Duration of icmp request by phase",
        "phase",
        phase,
        Sight.seconds(time));
  }

  private static void tell(Duration setup, EchoHeard.Reply reply, Sight sight) {
    phase(sight.samples(), "setup", setup);
    phase(sight.samples(), "rtt", reply.after());
    reply
        .hops()
        .filter(hops -> hops > 0)
        .ifPresent(
            hops ->
                sight
                    .samples()
                    .set(
                        "probe_icmp_reply_hop_limit",
                        "Replied packet hop limit (TTL for ipv4)",
                        hops));
    sight.log().info("Found matching reply packet");
  }

  /** Empty when none comes in time; that a request did not arrive is waited out, too. */
  private Optional<EchoHeard.Reply> reply(EchoRequest request, Sight sight) throws Unseen {
    AtomicReference<EchoLines.Asked> asked = new AtomicReference<>();
    try {
      return Optional.of(sight.await(done -> ask(request, asked, done)));
    } catch (Unseen late) {
      if (sight.deadline().hasPassed()) {
        return Optional.empty();
      }
      throw late;
    } finally {
      Optional.ofNullable(asked.get()).ifPresent(EchoLines.Asked::forget);
    }
  }

  private void ask(
      EchoRequest request,
      AtomicReference<EchoLines.Asked> asked,
      CompletableFuture<EchoHeard.Reply> done) {
    try {
      asked.set(
          lines.ask(
              request,
              heard -> {
                if (heard instanceof EchoHeard.Reply reply) {
                  done.complete(reply);
                }
              }));
    } catch (EchoLines.NotAllowed | EchoLines.TooMany | IOException refused) {
      done.completeExceptionally(unseen(refused));
    }
  }
}
