package parallax.coordinator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.check.DnsSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TcpSpec;
import parallax.config.check.TlsPolicy;
import parallax.config.check.TlsSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.policy.Receiver;
import parallax.config.policy.Route;
import parallax.config.secret.Secret;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;

/** Small configurations and looks for tests of the core. */
public final class Given {
  public static final Instant T0 = Instant.parse("2026-11-21T12:00:00Z");
  public static final Duration TIMEOUT = Duration.ofSeconds(10);
  public static final Outcome UP = Outcome.up();
  public static final Outcome SLOW = Outcome.degraded(Reason.HTTP_SLOW, "2 s");
  public static final Outcome REFUSED = Outcome.down(Reason.CONNECTION_REFUSED, "192.0.2.1:80");
  public static final Outcome TIMED_OUT = Outcome.down(Reason.CONNECT_TIMEOUT, "");
  public static final Outcome STATUS = Outcome.down(Reason.HTTP_STATUS, "500");
  public static final Outcome NXDOMAIN = Outcome.down(Reason.NXDOMAIN, "");
  public static final Outcome NO_ROUTE = Outcome.inconclusive(Reason.PROBE_NO_ROUTE, "");

  private Given() {}

  public static Target target(String name, Duration interval, CheckKind... kinds) {
    List<CheckSpec> checks = List.of(kinds).stream().map(Given::check).toList();
    return new Target(
        new TargetName(name), Optional.empty(), new TreeMap<>(), interval, List.of(), checks);
  }

  /** Checks of the core's point of view: only kind and timeout matter. */
  private static CheckSpec check(CheckKind kind) {
    ServerAddress server = new ServerAddress("192.0.2.1", 80);
    return switch (kind) {
      case TCP, HTTP -> new TcpSpec(server, Naming.SYSTEM, TIMEOUT);
      case TLS -> new TlsSpec(server, TlsPolicy.DEFAULT, Naming.SYSTEM, TIMEOUT);
      case DNS ->
          new DnsSpec(
              Optional.empty(),
              "example.com",
              List.of("A"),
              new TreeMap<>(),
              Naming.SYSTEM,
              TIMEOUT);
    };
  }

  /** Every target is routed to the receiver "hook". */
  public static Configuration configuration(Target... targets) {
    return configuration(List.of(targets));
  }

  public static Configuration configuration(List<Target> targets) {
    Route everything = new Route(new TreeMap<>(), List.of("hook"), Optional.empty(), List.of());
    return new Configuration(
        targets,
        List.of(),
        List.of(),
        List.of(new Receiver.Webhook("hook", Secret.of("https://hooks.example.com/"))),
        List.of(everything),
        Optional.empty(),
        "0");
  }

  /** What a store would have kept of a core. */
  public static Memory memory(State state) {
    return new Memory(
        state.verdicts().stream()
            .map(held -> new Memory.Remembered(held.target(), held.state(), held.since()))
            .toList(),
        state.openIncidents());
  }

  /**
   * A look of a probe.
   *
   * @param sequence in the probe's count
   * @param started by the probe's clock
   */
  public record Look(
      String target, CheckKind check, String probe, long sequence, Instant started, Outcome seen) {

    public Look(String target, long sequence, Instant started, Outcome seen) {
      this(target, CheckKind.TCP, "p1", sequence, started, seen);
    }

    public Evidence took(Duration duration) {
      return arriving(duration, started.plus(duration));
    }

    public Evidence arriving(Duration duration, Instant received) {
      ProbeName name = new ProbeName(probe);
      Observation observation =
          new Observation(
              new ObservationId(name, 1, sequence),
              new Vantage(name, new Region("here"), Optional.empty()),
              new TargetName(target),
              check,
              seen.why().flatMap(finding -> finding.reason().layer()).orElse(Layer.TCP),
              started,
              started,
              duration,
              seen,
              Timings.NONE,
              Facts.NONE);
      return new Evidence(observation, received);
    }
  }
}
