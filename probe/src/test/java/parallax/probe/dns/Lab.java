package parallax.probe.dns;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parallax.config.check.DnsSpec;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Question;
import parallax.probe.net.SelfHealth;

/** What the tests of this package share: clients on one Vert.x, specs, and waiting for results. */
final class Lab implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(4);
  private static final SelfHealth ROUTED = _ -> true;

  final Vertx vertx = Vertx.vertx();
  final DnsExchange exchange = new DnsExchange(vertx);
  final DnsResolver resolver = resolver(Path.of("/nonexistent"), Path.of("/nonexistent"));
  final DnsCheck check = new DnsCheck(exchange, resolver, _ -> true, ROUTED);

  DnsResolver resolver(Path resolvConf, Path hosts) {
    return new DnsResolver(
        exchange, new SystemNames(resolvConf, hosts, System::nanoTime), ROUTED, System::nanoTime);
  }

  static Deadline within(Duration timeout) {
    return Deadline.startingNow(System::nanoTime, timeout);
  }

  CheckResult run(DnsSpec spec) {
    return await(check.run(spec, within(spec.timeout())));
  }

  Exchanged ask(int port, String name, int type, Duration timeout) {
    return await(exchange.ask(at(port), question(name, type), within(timeout)));
  }

  static InetSocketAddress at(int port) {
    return new InetSocketAddress(SystemNames.loopback(), port);
  }

  static Question question(String name, int type) {
    return new Question(Question.nameOf(name).orElseThrow(), type);
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("still nothing after 20 s", e);
    }
  }

  static Naming through(AddressFamily family, int... ports) {
    return new Naming(
        Arrays.stream(ports).mapToObj(port -> new ServerAddress("127.0.0.1", port)).toList(),
        family);
  }

  /** Asks the server on {@code port} as the target. */
  static DnsSpec target(int port, String name, String type, String... expected) {
    return new DnsSpec(
        Optional.of(new ServerAddress("127.0.0.1", port)),
        name,
        List.of(type),
        expect(type, expected),
        Naming.SYSTEM,
        TIMEOUT);
  }

  static SortedMap<String, SortedSet<String>> expect(String type, String... answers) {
    SortedMap<String, SortedSet<String>> expect = new TreeMap<>();
    if (answers.length > 0) {
      expect.put(type, new TreeSet<>(List.of(answers)));
    }
    return expect;
  }

  static Reason reason(Outcome outcome) {
    return outcome.why().map(Finding::reason).orElseThrow();
  }

  static String detail(Outcome outcome) {
    return outcome.why().map(Finding::detail).orElseThrow();
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
