package parallax.coordinator.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import parallax.config.policy.Receiver;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;

/**
 * One look at one incident: who does not know what they should, and when to look again. What is
 * told is what is so now, so whatever was superseded meanwhile is told to nobody.
 */
final class Look {
  /** So long a change has to last before it is told. */
  static final Duration SETTLED = Duration.ofMinutes(1);

  /**
   * So long after a letter nobody gets another one because of a change; it doubles with each change
   * that was told, unless it is worse now.
   */
  static final Duration CHANGES_APART = Duration.ofMinutes(5);

  /** It doubles no further. */
  private static final int MAX_DOUBLINGS = 3;

  /** How often to look whether a silence is over. */
  static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final DeskTurn turn;
  private final Instant now;
  private final Map<Plan, List<String>> plans = new LinkedHashMap<>();
  private Dossier dossier;
  private Instant due = Instant.MAX;
  private boolean onlyBeginnings;

  /** What is alike for several receivers. */
  private record Plan(Notice.Kind kind, int number, Notice.Along along) {}

  Look(DeskTurn turn, Dossier dossier) {
    this.turn = turn;
    this.now = turn.now;
    this.dossier = dossier;
  }

  /** Tells whoever does not know of it, or is to know by now that nobody takes care of it. */
  Look atBeginnings() {
    onlyBeginnings = true;
    return atAll();
  }

  /** Tells whoever is to be told now. */
  Look atAll() {
    if (!dossier.published() || !dossier.incident().isOpen()) {
      return this;
    }
    Routing.Audience audience = turn.routing.audience(dossier.incident(), turn.silences, now);
    if (audience.isHushed()) {
      lookBy(now.plus(LOOK_AGAIN));
    }
    audience.terms().forEach(this::at);
    audience.terms().forEach((receiver, terms) -> atSubstitutes(receiver, audience.terms()));
    return this;
  }

  /** Tells those who know of it that it is over. */
  Look atEnd() {
    for (String receiver : dossier.knowing()) {
      plan(receiver, Notice.Kind.RESOLVED, 0, Optional.empty());
    }
    return this;
  }

  /** The incident afterwards. */
  Dossier dossier() {
    return dossier.withDue(due);
  }

  List<Effect> effects() {
    List<Effect> effects = new ArrayList<>(plans.size());
    plans.forEach(
        (plan, receivers) ->
            effects.add(
                new Effect.Tell(
                    new Notice(
                        plan.kind(), dossier.incident(), plan.number(), plan.along(), receivers))));
    return effects;
  }

  private void at(String receiver, Terms terms) {
    Optional<Line> line = dossier.line(receiver);
    if (line.filter(Line::knows).isPresent()) {
      Line compared = line.get().comparedWith(Said.of(dossier.incident()), now);
      dossier = dossier.with(receiver, compared);
      goOn(receiver, terms, compared);
    } else if (terms.isNamed()) {
      begin(receiver, terms, line.isPresent());
    } else {
      escalate(receiver, terms, Line.Counts.NONE);
    }
  }

  private void begin(String receiver, Terms terms, boolean again) {
    boolean collected = terms.digest().isPresent() && !again;
    if (collected) {
      Instant next = nextAfter(dossier.began(), terms.digest().get());
      if (now.isBefore(next)) {
        lookBy(next);
        return;
      }
    }
    if (isHeld(receiver, terms)) {
      return;
    }
    if (collected) {
      told(receiver, Notice.Kind.OPENED, 0);
      turn.collect(receiver, dossier.incident());
    } else {
      plan(receiver, again ? Notice.Kind.REOPENED : Notice.Kind.OPENED, 0, Optional.empty());
    }
  }

  /** Digests come at the same times, whoever decides: every hour at the full hour, in UTC. */
  private static Instant nextAfter(Instant time, Duration every) {
    long millis = every.toMillis();
    return Instant.ofEpochMilli((Math.floorDiv(time.toEpochMilli(), millis) + 1) * millis);
  }

  private void goOn(String receiver, Terms terms, Line line) {
    Line.Counts counts = line.countsOf(dossier.incident().reopened());
    if (onlyBeginnings) {
      escalate(receiver, terms, counts);
    } else if (dossier.acknowledged().isPresent()) {
      if (!line.acknowledged() && !isHeld(receiver, terms)) {
        plan(receiver, Notice.Kind.ACKNOWLEDGED, 0, dossier.acknowledged());
      } else if (line.acknowledged()) {
        change(receiver, terms, line, counts);
      }
    } else if (!escalate(receiver, terms, counts) && !change(receiver, terms, line, counts)) {
      terms.remind().ifPresent(every -> remind(receiver, terms, line.at().plus(every), counts));
    }
  }

  /** Whether it is time to. */
  private boolean escalate(String receiver, Terms terms, Line.Counts counts) {
    if (dossier.acknowledged().isPresent()) {
      return false;
    }
    int stage = 0;
    while (stage < terms.escalate().size()) {
      Instant next = dossier.began().plus(terms.escalate().get(stage));
      if (now.isBefore(next)) {
        lookBy(next);
        break;
      }
      stage++;
    }
    if (stage <= counts.escalated()) {
      return false;
    }
    if (!isHeld(receiver, terms)) {
      plan(receiver, Notice.Kind.ESCALATED, stage, Optional.empty());
    }
    return true;
  }

  /** Whether it is time to. */
  private boolean change(String receiver, Terms terms, Line line, Line.Counts counts) {
    if (line.differs().isEmpty()) {
      return false;
    }
    Instant settled = line.differs().get().plus(SETTLED);
    boolean isWorse = line.said().isWorse(Said.of(dossier.incident()));
    int doublings = isWorse ? 0 : Math.min(counts.changes(), MAX_DOUBLINGS);
    Instant apart = line.at().plus(CHANGES_APART.multipliedBy(1L << doublings));
    Instant next = settled.isAfter(apart) ? settled : apart;
    if (now.isBefore(next)) {
      lookBy(next);
      return false;
    }
    if (!isHeld(receiver, terms)) {
      plan(receiver, Notice.Kind.CHANGED, counts.changes() + 1, Optional.empty());
    }
    return true;
  }

  private void remind(String receiver, Terms terms, Instant next, Line.Counts counts) {
    if (now.isBefore(next)) {
      lookBy(next);
    } else if (!isHeld(receiver, terms)) {
      plan(receiver, Notice.Kind.REMINDER, counts.reminders() + 1, Optional.empty());
    }
  }

  /** Whoever stands in for a receiver at which nothing arrives, and for them, in turn. */
  private void atSubstitutes(String receiver, SortedMap<String, Terms> audience) {
    Optional<Terms> terms = Optional.ofNullable(audience.get(receiver)).map(Terms::atOnce);
    Set<String> asked = new HashSet<>(Set.of(receiver));
    String failing = receiver;
    Optional<Receiver.Substitute> next = substitute(failing);
    while (terms.isPresent() && next.isPresent() && asked.add(next.get().to())) {
      failing = next.get().to();
      if (!audience.containsKey(failing)) {
        at(failing, terms.get());
      }
      next = substitute(failing);
    }
  }

  /** Who is told now what did not arrive at a receiver. */
  private Optional<Receiver.Substitute> substitute(String receiver) {
    Optional<Instant> since = turn.failing.get(receiver);
    boolean waits =
        since.isPresent()
            && dossier
                .line(receiver)
                .filter(line -> line.knows() && !line.at().isBefore(since.get()))
                .isPresent();
    if (!waits) {
      return Optional.empty();
    }
    Optional<Receiver.Substitute> other = turn.routing.substitute(receiver);
    Optional<Instant> from = other.map(each -> since.get().plus(each.after()));
    from.filter(now::isBefore).ifPresent(this::lookBy);
    return other.filter(_ -> !now.isBefore(from.get()));
  }

  /** Whether it has to wait: for the end of quiet hours, or for room. */
  private boolean isHeld(String receiver, Terms terms) {
    if (terms.quiet().isPresent()) {
      lookBy(terms.quiet().get());
      return true;
    }
    Flow.Going flow = turn.flow(receiver);
    Optional<Instant> full = flow.full();
    if (full.isPresent()) {
      lookBy(full.get());
      if (!dossier.held().contains(receiver)) {
        flow.hold();
        dossier = dossier.withHeld(receiver, true);
      }
    }
    return full.isPresent();
  }

  private void plan(String receiver, Notice.Kind kind, int number, Optional<String> by) {
    told(receiver, kind, number);
    int held = turn.flow(receiver).send(now);
    Notice.Along along = new Notice.Along(held, by, List.of(), Optional.empty());
    plans.computeIfAbsent(new Plan(kind, number, along), _ -> new ArrayList<>()).add(receiver);
    lookBy(now);
  }

  private void told(String receiver, Notice.Kind kind, int number) {
    if (dossier.held().contains(receiver)) {
      turn.flow(receiver).release();
      dossier = dossier.withHeld(receiver, false);
    }
    Incident incident = dossier.incident();
    Letter letter = new Letter(kind, incident, number, receiver, now);
    dossier = dossier.with(receiver, Line.after(dossier.line(receiver), letter));
  }

  private void lookBy(Instant latest) {
    due = due.isAfter(latest) ? latest : due;
  }
}
