package parallax.coordinator.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.observation.seen.WalkSeen;
import parallax.config.policy.ApiToken.Role;
import parallax.config.runbook.Action;
import parallax.config.runbook.Runbook;
import parallax.config.secret.Secret;
import parallax.config.target.Objective;
import parallax.coordinator.access.Asker;
import parallax.coordinator.access.Seal;
import parallax.coordinator.access.Session;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.sight.Ways;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.words.Language;

/** Pieces of {@link HostileWorld}. */
final class HostileParts {
  static final Objective OBJECTIVE = new Objective(0.999, Objective.USUAL_WINDOW);

  private HostileParts() {}

  /** Somebody who is called so, and may do everything. */
  static Visitor visitor(String text, Language language) {
    Session session =
        new Session(
            "1",
            text,
            Role.ADMIN,
            new Session.ByPerson(text, "proof"),
            Examples.NOON,
            Examples.NOON);
    Seal seal = Seal.of(Secret.of("ab".repeat(Seal.KEY_BYTES))).orElseThrow();
    return new Visitor(
        new Asker.SignedIn(session), true, Optional.of(new Visitor.Forms(seal, "1")), language);
  }

  static Runbook runbook(String text) {
    return new Runbook(
        text,
        new TreeMap<>(),
        Runbook.CauseMatch.ANY,
        Optional.of(text),
        Optional.empty(),
        List.of(new Action(text, new Action.Work.Command(text), Optional.empty())));
  }

  static ChainSeen chain(String text) {
    ChainSeen.Certificate certificate =
        new ChainSeen.Certificate(
            text, text + "2", List.of(text), 2, Examples.NOON, Examples.EXPIRY, text, text);
    return new ChainSeen(List.of(certificate), 1, Optional.of(text));
  }

  static PartsSeen parts(String text) {
    PartsSeen.Part part =
        new PartsSeen.Part(
            text,
            Optional.of(500),
            Duration.ZERO,
            new PartsSeen.Spent(
                Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO),
            Optional.empty(),
            Optional.of(text));
    return new PartsSeen(List.of(part), 3);
  }

  static ReachSeen reach(String text) {
    return ReachSeen.of(
        new ReachSeen.ClockSeen(
            Duration.ofMillis(-5),
            2,
            text,
            Duration.ofMillis(5),
            Duration.ofMillis(5),
            Optional.of(text)));
  }

  static List<Ways.Way> ways(Incident incident, String text, Instant now) {
    TraceSeen.Hop hop = new TraceSeen.Hop(Optional.of(text), Optional.of(Duration.ofMillis(5)));
    TraceSeen trace = new TraceSeen(text, List.of(TraceSeen.Hop.SILENT, hop), TraceSeen.End.SILENT);
    return List.of(
        new Ways.Way(
            incident.targets().getFirst(),
            Examples.EMBEDDED.probe(),
            Examples.EMBEDDED.region(),
            now,
            trace));
  }

  static WalkSeen walk(String text) {
    WalkSeen.Server server =
        new WalkSeen.Server(text, text, WalkSeen.Answer.FAILS, text, Duration.ofMillis(5));
    return new WalkSeen(
        text, List.of(new WalkSeen.Step(text, List.of(server), 2)), Optional.of(text), 9);
  }

  static ProbeConnection stream(String text) {
    return new ProbeConnection(
        Examples.EMBEDDED,
        1,
        Optional.of(text),
        Optional.of(text),
        text,
        Examples.NOON,
        text,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>(),
        Examples.NOON,
        ProbeConnection.State.OPEN);
  }

  static Why why(String text) {
    return new Why(
        text,
        List.of(new Why.Explanation(text, 0.5)),
        List.of(new Why.Share(text, 1, 2)),
        List.of(new Why.Rival(text, 1, 2, 1.5)),
        List.of(text));
  }
}
