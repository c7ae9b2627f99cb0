package parallax.coordinator.testing;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Receiver;
import parallax.config.policy.Route;
import parallax.config.secret.Secret;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.view.ProbeConnection;

/** Small, complete values. */
public final class Examples {
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  public static final Instant EXPIRY = Instant.parse("2027-01-01T00:00:00Z");
  public static final Outcome REFUSED =
      Outcome.down(Reason.CONNECTION_REFUSED, "127.0.0.1:8080 <b>&\"quoted\"</b>");
  public static final Vantage EMBEDDED =
      new Vantage(new ProbeName("embedded"), new Region("here"), Optional.empty());

  private static final AtomicLong SEQUENCE = new AtomicLong();

  private Examples() {}

  public static Target target(String name) {
    return new Target(
        new TargetName(name),
        Optional.of(URI.create("http://127.0.0.1/")),
        new TreeMap<>(Map.of("team", "web")),
        Duration.ofSeconds(30),
        List.of(),
        List.of());
  }

  public static Configuration configuration(String revision, Target... targets) {
    return configuration(revision, List.of(), targets);
  }

  /** A configuration that tells a webhook at {@code url}, called hook, of everything. */
  public static Configuration telling(String revision, String url, Target... targets) {
    return configuration(revision, List.of(new Receiver.Webhook("hook", Secret.of(url))), targets);
  }

  private static Configuration configuration(
      String revision, List<Receiver> receivers, Target... targets) {
    List<Target> sorted = new ArrayList<>(Arrays.asList(targets));
    sorted.sort((one, other) -> one.name().compareTo(other.name()));
    List<Route> routes =
        List.of(
            new Route(
                new TreeMap<>(),
                receivers.stream().map(Receiver::name).toList(),
                Optional.empty(),
                List.of()));
    return new Configuration(
        sorted,
        List.of(),
        List.of(),
        receivers,
        routes,
        DecisionRules.USUAL,
        Optional.empty(),
        revision);
  }

  public static Observation observation(String target, Outcome outcome, Instant started) {
    return observation(EMBEDDED, target, CheckKind.HTTP, outcome, started);
  }

  public static Observation observation(
      Vantage from, String target, CheckKind check, Outcome outcome, Instant started) {
    Layer layer = outcome.why().flatMap(finding -> finding.reason().layer()).orElse(Layer.CONTENT);
    return new Observation(
        new ObservationId(from.probe(), 1, SEQUENCE.getAndIncrement()),
        from,
        new TargetName(target),
        check,
        layer,
        started,
        started,
        Duration.ofNanos(42_345_678),
        outcome,
        Timings.NONE
            .plus(Phase.RESOLVE, Duration.ofMillis(2))
            .plus(Phase.CONNECT, Duration.ofNanos(3_456_789)),
        Facts.NONE
            .withAddress("127.0.0.1")
            .withTls("TLSv1.3", Optional.of(EXPIRY))
            .withIssuer("Test CA")
            .withCanonicalNames(List.of("shop.cdn.test"))
            .withSignatureExpiry(EXPIRY));
  }

  public static Evidence evidence(String target, Outcome outcome, Instant received) {
    return new Evidence(observation(target, outcome, received), received);
  }

  /** The same with other facts. */
  public static Evidence evidence(String target, Outcome outcome, Instant received, Facts facts) {
    return with(facts, observation(target, outcome, received), received);
  }

  /** What was seen, with other facts. */
  public static Evidence with(Facts facts, Observation seen, Instant received) {
    return new Evidence(
        new Observation(
            seen.id(),
            seen.vantage(),
            seen.target(),
            seen.check(),
            seen.layer(),
            seen.scheduled(),
            seen.started(),
            seen.duration(),
            seen.outcome(),
            seen.timings(),
            facts),
        received);
  }

  public static Cause cause() {
    Finding finding = REFUSED.why().orElseThrow();
    return new Cause(Optional.of(Layer.TCP), finding, "target:shop");
  }

  public static Verdict verdict(String target, TargetState state, Instant since) {
    boolean bad = state == TargetState.DOWN || state == TargetState.DEGRADED;
    return Judged.verdict(
        new TargetName(target),
        state,
        bad ? Optional.of(Scope.UNCONFIRMED) : Optional.empty(),
        bad ? Optional.of(cause()) : Optional.empty(),
        since,
        state == TargetState.UNKNOWN ? 0 : 0.9,
        bad ? List.of(evidence(target, REFUSED, since)) : List.of(),
        "one look decides");
  }

  /** A stream of a probe about which everything is known. */
  public static ProbeConnection connection(String probe, ProbeConnection.State state) {
    return new ProbeConnection(
        new Vantage(new ProbeName(probe), new Region("tokyo"), Optional.of(64_500L)),
        NOON.minusSeconds(3_600).toEpochMilli(),
        Optional.of("192.0.2.7"),
        Optional.of("3f1c9a20"),
        "c2",
        NOON.minusSeconds(60),
        "Parallax/1.2.3",
        Optional.of(0xabc123L),
        List.of(new ProbeFrame.NotSupported("shop", "smtp: not known")),
        Optional.of(new ProbeConnection.Clock(Duration.ofMillis(-1_250), Duration.ofMillis(80))),
        Optional.of(new ProbeFrame.Spooled(12, 3_400)),
        new TreeMap<>(Map.of(new ProbeFrame.Dropped(Priority.ROUTINE, DropCause.DISK_FULL), 9L)),
        NOON.minusSeconds(1),
        state);
  }
}
