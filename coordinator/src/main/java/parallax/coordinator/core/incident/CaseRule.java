package parallax.coordinator.core.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Layer;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.core.watch.Dependency;

/** What becomes of an incident: its label, its publication and its end. */
public final class CaseRule {
  /** However often it was reopened, it is over after so long, unless its checks are slower. */
  private static final Duration MAX_HOLD = Duration.ofMinutes(15);

  /** A lower layer is the cause when so many members have it. */
  private static final double LOWER_SHARE = 0.4;

  private CaseRule() {}

  /** With the label that its members call for. */
  public static Case labelled(Case known) {
    if (known.isLabelled()) {
      return known;
    }
    List<Member> all = known.members().values();
    List<Member> failing = known.failing();
    List<Member> telling = failing.isEmpty() ? all : failing;
    Cause cause = cause(known, telling);
    Scope scope = scope(telling);
    List<Region> regions = scope == Scope.REGIONAL ? known.regions() : List.of();
    Incident was = known.incident();
    Instant onset = was.onset();
    for (Member member : all) {
      onset = member.onset().isBefore(onset) ? member.onset() : onset;
    }
    return known.withLabel(
        new Incident(
            was.id(),
            was.subject(),
            known.targets(),
            scope,
            regions,
            cause,
            onset,
            was.opened(),
            was.published(),
            was.resolved(),
            was.reopened(),
            was.votes(),
            was.well(),
            was.why()));
  }

  private static Scope scope(List<Member> members) {
    EnumMap<Scope, Integer> counts = new EnumMap<>(Scope.class);
    for (Member member : members) {
      if (member.ruling().scope().isPresent()) {
        counts.merge(member.ruling().scope().get(), 1, Integer::sum);
      }
    }
    int global = counts.getOrDefault(Scope.GLOBAL, 0);
    if (2 * global >= members.size() && global > 0) {
      return Scope.GLOBAL;
    }
    for (Scope scope : List.of(Scope.UNCONFIRMED, Scope.REGIONAL, Scope.NETWORK)) {
      if (counts.getOrDefault(scope, 0) == members.size()) {
        return scope;
      }
    }
    return Scope.PARTIAL;
  }

  private static Cause cause(Case known, List<Member> members) {
    Cause chosen = chosen(members).orElse(known.incident().cause());
    Cause before = known.incident().cause();
    boolean deeper =
        before.layer().isPresent()
            && chosen.layer().isPresent()
            && before.layer().get().breaks(Layer.DNS)
            && before.layer().get().breaks(chosen.layer().get());
    Cause kept = deeper ? before : chosen;
    return known
        .shared()
        .map(shared -> new Cause(kept.layer(), kept.finding(), culprit(shared, kept)))
        .orElse(kept);
  }

  /** A route says itself whose it is. */
  private static String culprit(Dependency shared, Cause cause) {
    boolean route = cause.layer().equals(Optional.of(Layer.BGP));
    return route && cause.culprit().startsWith("asn:") ? cause.culprit() : shared.toString();
  }

  private static Optional<Cause> chosen(List<Member> members) {
    EnumMap<Layer, Cause> firsts = new EnumMap<>(Layer.class);
    EnumMap<Layer, Integer> counts = new EnumMap<>(Layer.class);
    int causes = 0;
    for (Member member : members) {
      Optional<Cause> cause = member.ruling().cause();
      causes += cause.isPresent() ? 1 : 0;
      if (cause.isPresent() && cause.get().layer().isPresent()) {
        firsts.putIfAbsent(cause.get().layer().get(), cause.get());
        counts.merge(cause.get().layer().get(), 1, Integer::sum);
      }
    }
    Optional<Cause> best = Optional.empty();
    int most = 0;
    for (Map.Entry<Layer, Cause> first : firsts.entrySet()) {
      int count = counts.getOrDefault(first.getKey(), 0);
      if (first.getKey().breaks(Layer.DNS) && count >= LOWER_SHARE * causes) {
        return Optional.of(first.getValue());
      }
      if (count > most) {
        most = count;
        best = Optional.of(first.getValue());
      }
    }
    return best;
  }

  /** With other evidence. */
  public static Case explained(Case known, List<Vote> votes, Why why) {
    Incident was = known.incident();
    return known.with(
        new Incident(
            was.id(),
            was.subject(),
            was.targets(),
            was.scope(),
            was.regions(),
            was.cause(),
            was.onset(),
            was.opened(),
            was.published(),
            was.resolved(),
            was.reopened(),
            votes,
            was.well(),
            why));
  }

  /** With those that share the culprit and are fine. */
  public static Case withWell(Case known, Dependants dependants) {
    Incident was = known.incident();
    return known
        .shared()
        .map(
            shared ->
                known.with(
                    new Incident(
                        was.id(),
                        was.subject(),
                        was.targets(),
                        was.scope(),
                        was.regions(),
                        was.cause(),
                        was.onset(),
                        was.opened(),
                        was.published(),
                        was.resolved(),
                        was.reopened(),
                        was.votes(),
                        well(known, dependants, shared),
                        was.why())))
        .orElse(known);
  }

  /** Dependants that are no members; both come by name. */
  private static List<TargetName> well(Case known, Dependants dependants, Dependency shared) {
    List<Member> members = known.members().values();
    List<TargetName> well = new ArrayList<>();
    int at = 0;
    for (TargetName target : dependants.some(shared, Incident.MAX_WELL + members.size())) {
      while (at < members.size() && isBefore(members.get(at).target(), target)) {
        at++;
      }
      if (at == members.size() || !members.get(at).target().equals(target)) {
        well.add(target);
      }
    }
    return List.copyOf(well);
  }

  private static boolean isBefore(TargetName one, TargetName other) {
    return !one.equals(other) && one.compareTo(other) < 0;
  }

  /** When it is to be looked after. */
  public static Instant due(Case known) {
    Incident incident = known.incident();
    if (!incident.isOpen()) {
      return incident.resolved().map(over -> over.plus(known.pace().reopen())).orElse(Instant.MAX);
    }
    if (known.fineSince().isPresent()) {
      return known.fineSince().get().plus(hold(known));
    }
    return incident.published().isEmpty() ? published(known) : Instant.MAX;
  }

  /** When it may be published. */
  static Instant published(Case known) {
    Pace pace = known.pace();
    return known
        .incident()
        .opened()
        .plus(known.members().size() == 1 ? pace.publishAlone() : pace.publish());
  }

  /** How long all has to be fine: longer each time it came back. */
  static Duration hold(Case known) {
    Duration base = known.pace().hold();
    Duration most = base.compareTo(MAX_HOLD) > 0 ? base : MAX_HOLD;
    int times = Math.min(known.incident().reopened(), 10);
    Duration grown = base.multipliedBy(1L << times);
    return grown.compareTo(most) > 0 ? most : grown;
  }

  public static boolean isToBePublished(Case known, Instant now) {
    return known.incident().published().isEmpty()
        && known.incident().isOpen()
        && known.isFailing()
        && !now.isBefore(published(known));
  }

  public static boolean isOver(Case known, Instant now) {
    return known.incident().isOpen()
        && known.fineSince().filter(fine -> !now.isBefore(fine.plus(hold(known)))).isPresent();
  }

  public static Case published(Case known, Instant now) {
    return known.with(
        at(known.incident(), Optional.of(later(known, now)), known.incident().resolved(), 0));
  }

  public static Case resolved(Case known, Instant now) {
    return known.with(
        at(known.incident(), known.incident().published(), Optional.of(later(known, now)), 0));
  }

  /** Not before it was opened, whatever became of the clock. */
  private static Instant later(Case known, Instant now) {
    Instant opened = known.incident().opened();
    return now.isBefore(opened) ? opened : now;
  }

  /** With a member that fails again after all seemed over. */
  public static Case reopened(Case known) {
    return known
        .with(at(known.incident(), known.incident().published(), Optional.empty(), 1))
        .withFineSince(Optional.empty());
  }

  /** With nothing that fails any more. */
  public static Case fine(Case known, Instant now) {
    return known.withFineSince(known.fineSince().or(() -> Optional.of(now)));
  }

  /** With trouble that is still there. */
  public static Case stillFailing(Case known) {
    return known.fineSince().isEmpty() ? known : known.withFineSince(Optional.empty());
  }

  /** An incident of which nothing is followed any more. */
  public static Incident ended(Incident incident, Instant now) {
    return at(incident, incident.published(), Optional.of(now), 0);
  }

  /** With a dependency that all members share. */
  public static Case shared(Case known, Dependency dependency) {
    return known.withShared(dependency);
  }

  /** About more of our probes than it seemed. */
  public static Case grown(Case known, Trouble trouble) {
    Incident was = known.incident();
    Cause cause = new Cause(trouble.layer(), trouble.finding(), trouble.culprit());
    return known
        .with(
            new Incident(
                was.id(),
                was.subject(),
                was.targets(),
                was.scope(),
                was.regions(),
                cause,
                was.onset(),
                was.opened(),
                was.published(),
                was.resolved(),
                was.reopened(),
                was.votes(),
                was.well(),
                Why.rule(trouble.rule())))
        .withSlots(trouble.slots());
  }

  private static Incident at(
      Incident was, Optional<Instant> published, Optional<Instant> resolved, int more) {
    return new Incident(
        was.id(),
        was.subject(),
        was.targets(),
        was.scope(),
        was.regions(),
        was.cause(),
        was.onset(),
        was.opened(),
        published,
        resolved,
        was.reopened() + more,
        was.votes(),
        was.well(),
        was.why());
  }
}
