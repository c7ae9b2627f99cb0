package parallax.coordinator.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.testing.Judged;

/** Small, complete values for tests of the store. */
final class Samples {
  static final Instant T0 = Instant.parse("2026-11-21T12:00:00.123456Z");
  static final ProbeName PROBE = new ProbeName("p1");
  static final Cause REFUSED =
      new Cause(
          Optional.of(Layer.TCP),
          new Finding(Reason.CONNECTION_REFUSED, "192.0.2.1:80 \"’\\"),
          "target:shop");

  private Samples() {}

  static TargetName target(String name) {
    return new TargetName(name);
  }

  static Evidence up(String target, long sequence, Instant at) {
    return evidence(target, sequence, at, Outcome.up());
  }

  static Evidence down(String target, long sequence, Instant at) {
    return evidence(target, sequence, at, new Outcome.Down(REFUSED.finding()));
  }

  static Evidence evidence(String target, long sequence, Instant at, Outcome outcome) {
    Observation observation =
        new Observation(
            new ObservationId(PROBE, 1_790_000_000_000L, sequence),
            new Vantage(PROBE, new Region("tokyo"), Optional.of(4_200_000_000L)),
            target(target),
            CheckKind.HTTP,
            Layer.TCP,
            at.minusMillis(50),
            at.minusMillis(40),
            Duration.ofNanos(12_345_000),
            outcome,
            new Timings(Map.of(Phase.RESOLVE, Duration.ZERO, Phase.CONNECT, Duration.ofMillis(3))),
            Facts.NONE
                .withAddress("2001:db8::1")
                .withTls("TLSv1.3", Optional.of(Instant.parse("2027-01-01T00:00:00Z")))
                .withHttp(503, "2")
                .withBodyBytes(17)
                .withRedirects(2)
                .withIssuer("Let's \"Encrypt\"")
                .withCanonicalNames(List.of("x.cdn.test", "a.cdn.test"))
                .withAnswers(List.of("192.0.2.1")));
    return new Evidence(observation, at);
  }

  static Verdict verdict(String target, TargetState state, Instant since) {
    boolean fine = state == TargetState.UP || state == TargetState.UNKNOWN;
    return Judged.verdict(
        target(target),
        state,
        fine ? Optional.empty() : Optional.of(Scope.UNCONFIRMED),
        fine ? Optional.empty() : Optional.of(REFUSED),
        since,
        fine ? 0 : 0.9,
        List.of(),
        "because");
  }

  static Effect changed(String target, TargetState state, Instant since) {
    return new Effect.VerdictChanged(verdict(target, state, since));
  }

  static Incident incident(String id, String target, Instant opened) {
    return Judged.incident(
        id,
        List.of(target(target)),
        Scope.UNCONFIRMED,
        REFUSED,
        opened.minusSeconds(5),
        opened,
        List.of(down(target, 7, opened), up(target, 6, opened.minusSeconds(1))));
  }

  static Incident resolved(Incident open, Instant at) {
    return Judged.resolved(open, at);
  }

  static Effect tell(Notice.Kind kind, Incident incident, String... receivers) {
    return new Effect.Tell(new Notice(kind, incident, List.of(receivers)));
  }
}
