package parallax.probe.blackbox.echo;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import parallax.config.observation.Reason;
import parallax.probe.blackbox.look.Prober;
import parallax.probe.blackbox.look.Samples;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.EchoModule;
import parallax.probe.check.Deadline;

/** Sends one echo request and waits for the reply. */
public final class EchoProber implements Prober<EchoModule> {
  /** Echoes under way, each on a thread of the system, for they wait in the kernel. */
  static final int MAX_RUNNING = 500;

  private static final byte[] PAYLOAD =
      "Parallax looks from here....".getBytes(StandardCharsets.US_ASCII);

  private final InstantSource clock;
  private final Semaphore running = new Semaphore(MAX_RUNNING);
  private final AtomicInteger sequence = new AtomicInteger();
  private final int id = new SecureRandom().nextInt(1 << Short.SIZE);

  /**
   * @param clock the machine's, by which the kernel says when a packet came
   */
  public EchoProber(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public boolean probe(EchoModule module, String target, Sight sight) throws Unseen {
    Samples samples = sight.samples();
    for (String phase : List.of("resolve", "setup", "rtt")) {
      phase(samples, phase, Duration.ZERO);
    }
    Sight.Found found = sight.resolve(target, module.ip());
    phase(samples, "resolve", found.took());
    turn(sight);
    try {
      Optional<Echo> echo =
          sight.await(
              done ->
                  Thread.ofPlatform()
                      .name("echo")
                      .daemon()
                      .start(
                          () -> {
                            try {
                              done.complete(echo(module, found.address(), sight.deadline()));
                            } catch (Kernel.Refused refused) {
                              done.completeExceptionally(
                                  Sight.unseen(
                                      Reason.PROBE_INTERNAL_ERROR,
                                      String.valueOf(refused.getMessage())));
                            } catch (RuntimeException | Error broken) {
                              done.completeExceptionally(broken);
                            }
                          }));
      return tell(echo, sight);
    } finally {
      running.release();
    }
  }

  private void turn(Sight sight) throws Unseen {
    try {
      if (!running.tryAcquire(sight.deadline().left().toNanos(), TimeUnit.NANOSECONDS)) {
        throw Sight.unseen(Reason.PROBE_OVERLOADED, "too many echoes under way");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Sight.unseen(Reason.PROBE_OVERLOADED, "interrupted");
    }
  }

  private static void phase(Samples samples, String phase, Duration time) {
    samples.set(
        "probe_icmp_duration_seconds",
        "Duration of icmp request by phase",
        "phase",
        phase,
        Sight.seconds(time));
  }

  private static boolean tell(Optional<Echo> echo, Sight sight) {
    if (echo.isEmpty()) {
      sight.log().error("Timeout reading from socket");
      return false;
    }
    phase(sight.samples(), "setup", echo.get().setup());
    phase(sight.samples(), "rtt", echo.get().rtt());
    echo.get()
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
    return true;
  }

  /** A reply. */
  private record Echo(Duration setup, Duration rtt, Optional<Integer> hops) {}

  private Optional<Echo> echo(EchoModule module, InetAddress to, Deadline deadline)
      throws Kernel.Refused {
    long started = deadline.clock().nanos();
    try (EchoSocket socket = EchoSocket.open(to instanceof Inet6Address)) {
      socket.prepare(module.from(), module.hops(), module.dontFragment());
      byte[] payload = module.payload() == 0 ? PAYLOAD : new byte[module.payload()];
      EchoPacket request =
          new EchoPacket(
              to instanceof Inet6Address, id, sequence.incrementAndGet() & 0xffff, payload);
      socket.aim(request.toWire(), to);
      long sent = deadline.clock().nanos();
      Instant sentAt = clock.instant();
      socket.send();
      while (!deadline.hasPassed()) {
        Optional<EchoSocket.Came> came = socket.receive(deadline.left());
        long now = deadline.clock().nanos();
        if (came.isPresent() && request.isAnsweredBy(came.get().icmp(), !socket.isRaw())) {
          Duration whole = Duration.ofNanos(now - sent);
          return Optional.of(
              new Echo(
                  Duration.ofNanos(sent - started),
                  onTheWay(sentAt, came.get().at(), whole),
                  came.get().hops()));
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Until the packet came, as the kernel says it; until we saw it where that cannot be: somebody
   * may have set the machine's clock meanwhile.
   */
  private static Duration onTheWay(Instant sent, Optional<Instant> came, Duration whole) {
    return came.map(at -> Duration.between(sent, at))
        .filter(time -> !time.isNegative() && time.compareTo(whole) <= 0)
        .orElse(whole);
  }
}
