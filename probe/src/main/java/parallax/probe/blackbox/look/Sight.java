package parallax.probe.blackbox.look;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import parallax.config.check.Naming;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.probe.blackbox.module.IpChoice;
import parallax.probe.check.Deadline;
import parallax.probe.net.Attempt;
import parallax.probe.net.Connector;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.Resolver;
import parallax.probe.tls.TlsClient;

/**
 * One probe under way, on a thread of its own that may wait: the attempt that holds its connection
 * on an event loop, its metrics and its log.
 */
public final class Sight {
  /** How much later than the deadline an attempt may say so itself. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  /** What all probes share. */
  public record Tools(Connector connector, TlsClient tls) {}

  private final Tools tools;
  private final Attempt attempt;
  private final Samples samples;
  private final ProbeLog log;

  public Sight(Tools tools, Attempt attempt, Samples samples, ProbeLog log) {
    this.tools = tools;
    this.attempt = attempt;
    this.samples = samples;
    this.log = log;
  }

  public Tools tools() {
    return tools;
  }

  public Attempt attempt() {
    return attempt;
  }

  public Deadline deadline() {
    return attempt.deadline();
  }

  public Samples samples() {
    return samples;
  }

  public ProbeLog log() {
    return log;
  }

  /**
   * Starts something on the attempt's event loop and waits for what it gives.
   *
   * @throws Unseen when the attempt ends before
   */
  public <T> T await(Consumer<CompletableFuture<T>> start) throws Unseen {
    CompletableFuture<T> done = new CompletableFuture<>();
    attempt
        .result()
        .onSuccess(
            result ->
                done.completeExceptionally(
                    new Unseen(
                        result
                            .outcome()
                            .why()
                            .orElseGet(() -> Finding.of(Reason.PROBE_OVERLOADED)))));
    attempt.onLoop(() -> start.accept(done));
    try {
      return done.get(deadline().left().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Unseen unseen
          ? unseen
          : unseen(Reason.PROBE_INTERNAL_ERROR, String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw unseen(Reason.PROBE_OVERLOADED, "the deadline was not noticed");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unseen(Reason.PROBE_OVERLOADED, "interrupted");
    }
  }

  public static Unseen unseen(Reason reason, String detail) {
    return new Unseen(new Finding(reason, detail));
  }

  /** An address of a target, and how long it took to find it. */
  public record Found(InetAddress address, Duration took) {}

  /**
   * Finds an address of {@code host}, and says so in the metrics.
   *
   * @throws Unseen when there is none that may be used
   */
  public Found resolve(String host, IpChoice choice) throws Unseen {
    String preferred = choice.six() ? "ip6" : "ip4";
    samples.set("probe_ip_protocol", "Specifies whether probe ip protocol is IP4 or IP6", 0);
    samples.set("probe_ip_addr_hash", HASH_HELP, 0);
    log.info("Resolving target address", "target", host, "ip_protocol", preferred);
    long started = deadline().clock().nanos();
    try {
      InetAddress address = choose(host, choice);
      Duration took = Duration.ofNanos(deadline().clock().nanos() - started);
      samples.set(
          "probe_ip_protocol",
          "Specifies whether probe ip protocol is IP4 or IP6",
          address instanceof Inet4Address ? 4 : 6);
      samples.set("probe_ip_addr_hash", HASH_HELP, hash(address));
      log.info("Resolved target address", "target", host, "ip", address.getHostAddress());
      return new Found(address, took);
    } catch (Unseen unseen) {
      log.error(
          "Resolution with IP protocol failed", "target", host, "err", unseen.finding().words());
      throw unseen;
    } finally {
      samples.set(
          "probe_dns_lookup_time_seconds",
          "Returns the time taken for probe dns lookup in seconds",
          seconds(Duration.ofNanos(deadline().clock().nanos() - started)));
    }
  }

  private static final String HASH_HELP =
      "Specifies the hash of IP address. It's useful to detect if the IP address changes.";

  private InetAddress choose(String host, IpChoice choice) throws Unseen {
    Optional<InetAddress> first = ask(host, choice.six(), choice.fallback());
    Optional<InetAddress> found =
        first.isPresent() || !choice.fallback() ? first : ask(host, !choice.six(), false);
    InetAddress address =
        found.orElseThrow(() -> unseen(Reason.NODATA, host + ": unable to find ip"));
    Optional<String> refusal =
        tools.connector().policy().refusal(address, NetworkPolicy.Hop.CONFIGURED);
    if (refusal.isPresent()) {
      throw unseen(Reason.PROBE_ADDRESS_FORBIDDEN, refusal.get());
    }
    return address;
  }

  /**
   * @param mayLack whether a name without an address of that family is no failure yet
   */
  private Optional<InetAddress> ask(String host, boolean six, boolean mayLack) throws Unseen {
    Naming naming =
        new Naming(
            java.util.List.of(), six ? Naming.AddressFamily.IPV6 : Naming.AddressFamily.IPV4);
    Resolver.Resolution resolution =
        await(
            done ->
                tools
                    .connector()
                    .resolver()
                    .resolve(host, naming, deadline())
                    .onSuccess(done::complete)
                    .onFailure(done::completeExceptionally));
    return switch (resolution) {
      case Resolver.Resolved resolved -> Optional.of(resolved.addresses().getFirst());
      case Resolver.Unresolved(Reason reason, String detail, _) -> {
        if (!mayLack || reason != Reason.NODATA) {
          throw unseen(reason, detail);
        }
        yield Optional.empty();
      }
    };
  }

  /** FNV-1a of the bytes of an address, 32 bits. */
  static double hash(InetAddress address) {
    int hash = FNV_OFFSET;
    for (byte octet : address.getAddress()) {
      hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
    }
    return Integer.toUnsignedLong(hash);
  }

  public static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
