package parallax.coordinator.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.target.Heartbeat;
import parallax.config.target.TargetName;
import parallax.config.text.DurationText;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.notebook.Heard;

/**
 * One job: UP while it was heard within its time and did not say that it failed, DOWN otherwise; a
 * job that was never heard is UNKNOWN for as long as it may take.
 *
 * @param verdict what is held to be true
 * @param known since when it is waited for
 * @param incident that is open
 */
record Job(Verdict verdict, Instant known, Optional<Incident> incident) {
  /** A job as it stands in the record. */
  static Job held(TargetName name, TargetState state, Instant since, Optional<Incident> open) {
    Optional<Cause> cause =
        state == TargetState.DOWN ? open.map(Incident::cause) : Optional.empty();
    return new Job(
        verdict(name, new Ruling(state, cause, "as it was recorded"), since), since, open);
  }

  /** What is to be held, and why. */
  private record Ruling(TargetState state, Optional<Cause> cause, String rule) {}

  /** A job and what is to be done about it. */
  record Next(Job job, List<Effect> effects) {
    Next {
      effects = List.copyOf(effects);
    }
  }

  /** The job after a look at what it said. */
  Next looked(Heartbeat beat, Optional<Heard> heard, Watched watched, Instant now) {
    Ruling ruling = ruling(beat, heard, now);
    boolean same = ruling.state() == verdict.state();
    Instant since = same ? verdict.since() : since(beat, heard, ruling, now);
    Verdict next = verdict(verdict.target(), ruling, since);
    List<Effect> effects = new ArrayList<>();
    if (!same || !next.cause().equals(verdict.cause())) {
      effects.add(new Effect.VerdictChanged(next));
    }
    Job judged = new Job(next, known, incident);
    return ruling.state() == TargetState.DOWN
        ? judged.failing(watched, now, effects)
        : judged.working(now, effects);
  }

  private Ruling ruling(Heartbeat beat, Optional<Heard> heard, Instant now) {
    Instant last = heard.map(Heard::at).orElse(known);
    String every = "every " + DurationText.format(beat.every());
    if (heard.filter(Heard::failed).isPresent()) {
      return down(Reason.JOB_FAILED, heard.get().detail(), "the job says so itself");
    }
    if (!now.isAfter(last.plus(beat.patience()))) {
      return heard.isPresent()
          ? new Ruling(TargetState.UP, Optional.empty(), "heard at " + last + ", due " + every)
          : new Ruling(TargetState.UNKNOWN, Optional.empty(), "not heard yet, due " + every);
    }
    String detail = heard.isPresent() ? "last heard at " + last : "never heard since " + known;
    String rule =
        "no sign of life for longer than "
            + DurationText.format(beat.every())
            + " and "
            + DurationText.format(beat.grace())
            + " of grace";
    return down(Reason.JOB_SILENT, detail, rule);
  }

  private Ruling down(Reason reason, String detail, String rule) {
    Cause cause =
        new Cause(
            Optional.of(Layer.CONTENT),
            new Finding(reason, detail),
            "target:" + verdict.target().value());
    return new Ruling(TargetState.DOWN, Optional.of(cause), rule);
  }

  /** When what is held began: what was said counts from when it was said. */
  private static Instant since(Heartbeat beat, Optional<Heard> heard, Ruling ruling, Instant now) {
    boolean silent =
        ruling.cause().map(cause -> cause.finding().reason() == Reason.JOB_SILENT).orElse(false);
    Instant began =
        heard.map(said -> silent ? said.at().plus(beat.patience()) : said.at()).orElse(now);
    return began.isAfter(now) ? now : began;
  }

  private static Verdict verdict(TargetName name, Ruling ruling, Instant since) {
    boolean down = ruling.state() == TargetState.DOWN;
    return new Verdict(
        name,
        ruling.state(),
        down ? Optional.of(Scope.GLOBAL) : Optional.empty(),
        List.of(),
        ruling.cause(),
        since,
        ruling.state() == TargetState.UNKNOWN ? 0 : 1,
        List.of(),
        Why.rule(ruling.rule()));
  }

  private Next failing(Watched watched, Instant now, List<Effect> effects) {
    Incident before = incident.orElseGet(() -> opened(now));
    Incident after =
        with(before, verdict.cause().orElse(before.cause()), before.published(), Optional.empty());
    if (after.published().isEmpty() && !watched.isQuiet(now)) {
      after = with(after, after.cause(), Optional.of(now), Optional.empty());
    }
    if (incident.isEmpty() || !after.equals(before)) {
      effects.add(new Effect.IncidentChanged(after));
    }
    if (before.published().isEmpty() && after.published().isPresent()) {
      effects.add(new Effect.Tell(new Notice(Notice.Kind.OPENED, after, List.of())));
    }
    return new Next(new Job(verdict, known, Optional.of(after)), effects);
  }

  private Next working(Instant now, List<Effect> effects) {
    // Until it is known again how it is, nothing is over.
    if (incident.isEmpty() || verdict.state() == TargetState.UNKNOWN) {
      return new Next(this, effects);
    }
    Incident over = resolved(incident.get(), now);
    effects.add(new Effect.IncidentChanged(over));
    if (over.published().isPresent()) {
      effects.add(new Effect.Tell(new Notice(Notice.Kind.RESOLVED, over, List.of())));
    }
    return new Next(new Job(verdict, known, Optional.empty()), effects);
  }

  /** What is to be done when it is waited for no longer: an open incident ends, untold. */
  List<Effect> forgotten(Instant now) {
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.TargetForgotten(verdict.target()));
    incident.ifPresent(open -> effects.add(new Effect.IncidentChanged(resolved(open, now))));
    return effects;
  }

  private static Incident resolved(Incident open, Instant now) {
    return with(open, open.cause(), open.published(), Optional.of(now));
  }

  private Incident opened(Instant now) {
    return new Incident(
        IncidentId.of("job:" + verdict.target().value(), verdict.since()),
        Incident.Subject.SERVICE,
        List.of(verdict.target()),
        Scope.GLOBAL,
        List.of(),
        verdict.cause().orElseThrow(),
        verdict.since(),
        now,
        Optional.empty(),
        Optional.empty(),
        0,
        List.of(),
        List.of(),
        verdict.why());
  }

  private static Incident with(
      Incident incident, Cause cause, Optional<Instant> published, Optional<Instant> resolved) {
    return new Incident(
        incident.id(),
        incident.subject(),
        incident.targets(),
        incident.scope(),
        incident.regions(),
        cause,
        incident.onset(),
        incident.opened(),
        published,
        resolved,
        incident.reopened(),
        incident.votes(),
        incident.well(),
        incident.why());
  }
}
