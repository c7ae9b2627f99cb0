package parallax.coordinator.core.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.observation.Finding;
import parallax.config.observation.Reason;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.persistent.SortedTree;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.core.watch.Dependency;

/**
 * An incident with what is needed to follow it.
 *
 * @param shared the dependency that its members have in common; empty: there is one member, or the
 *     trouble is our own
 * @param slots of the probes that are in trouble, when the trouble is our own
 * @param fineSince since when nothing fails any more
 * @param isLabelled whether the label is the one that the members call for: gone through for all of
 *     them, so that a change of one of many costs as much as one of few
 */
public record Case(
    Incident incident,
    SortedTree<TargetName, Member> members,
    Optional<Dependency> shared,
    List<Integer> slots,
    Pace pace,
    Optional<Instant> fineSince,
    boolean isLabelled) {

  /** A new one about one target. */
  public static Case of(IncidentId id, Member member, List<Vote> votes, Why why, Instant now) {
    Cause cause = member.ruling().cause().orElse(unexplained(member));
    Incident incident =
        new Incident(
            id,
            Incident.Subject.SERVICE,
            List.of(member.target()),
            member.ruling().scope().orElse(Scope.UNCONFIRMED),
            member.ruling().regions(),
            cause,
            member.onset(),
            now,
            Optional.empty(),
            Optional.empty(),
            0,
            votes,
            List.of(),
            why);
    return new Case(
        incident,
        SortedTree.<TargetName, Member>empty().with(member.target(), member),
        Optional.empty(),
        List.of(),
        member.pace(),
        Optional.empty(),
        false);
  }

  /** A new one about our own side. */
  public static Case of(IncidentId id, Trouble trouble, List<Vote> votes, Instant now) {
    Incident incident =
        new Incident(
            id,
            Incident.Subject.VANTAGE,
            List.of(),
            Scope.PROBE_LOCAL,
            List.of(),
            new Cause(trouble.layer(), trouble.finding(), trouble.culprit()),
            trouble.since(),
            now,
            Optional.empty(),
            Optional.empty(),
            0,
            votes,
            List.of(),
            Why.rule(trouble.rule()));
    return new Case(
        incident,
        SortedTree.empty(),
        Optional.empty(),
        trouble.slots(),
        Pace.OURS,
        Optional.empty(),
        false);
  }

  /**
   * One that another core left open: its targets are held to fail until they are seen to be fine.
   */
  public static Case adopted(Incident incident, List<Member> members) {
    SortedTree<TargetName, Member> all = SortedTree.empty();
    Pace pace = Pace.OURS;
    for (Member member : members) {
      all = all.with(member.target(), member);
      pace = member.pace();
    }
    return new Case(incident, all, Optional.empty(), List.of(), pace, Optional.empty(), false);
  }

  /** Without a target that is not watched any more. */
  public Case without(TargetName target) {
    return new Case(incident, members.without(target), shared, slots, pace, fineSince, false);
  }

  private static Cause unexplained(Member member) {
    return new Cause(
        Optional.empty(), Finding.of(Reason.PROBE_FAILS_EVERYWHERE), "target:" + member.target());
  }

  public IncidentId id() {
    return incident.id();
  }

  public boolean isService() {
    return incident.subject() == Incident.Subject.SERVICE;
  }

  /** Whether any member fails; of our own side: whether the trouble is there. */
  public boolean isFailing() {
    return fineSince.isEmpty();
  }

  /** Members that fail now. */
  public List<Member> failing() {
    List<Member> failing = new ArrayList<>(members.size());
    for (Member member : members.values()) {
      if (member.isFailing()) {
        failing.add(member);
      }
    }
    return failing;
  }

  /** How many members fail now. */
  public int countFailing() {
    if (members.size() == 1) {
      return members.values().getFirst().isFailing() ? 1 : 0;
    }
    return failing().size();
  }

  Case with(Incident other) {
    return new Case(other, members, shared, slots, pace, fineSince, isLabelled);
  }

  /** With the label that the members call for. */
  Case withLabel(Incident other) {
    return new Case(other, members, shared, slots, pace, fineSince, true);
  }

  Case withFineSince(Optional<Instant> other) {
    return new Case(incident, members, shared, slots, pace, other, isLabelled);
  }

  Case withShared(Dependency other) {
    return new Case(incident, members, Optional.of(other), slots, pace, fineSince, false);
  }

  Case withSlots(List<Integer> other) {
    List<Integer> all = List.copyOf(other);
    return new Case(incident, members, shared, all, pace, fineSince, isLabelled);
  }

  /** With a member as it is now. */
  public Case with(Member member) {
    boolean alone = members.size() == 1 && members.contains(member.target());
    Pace slower = alone ? member.pace() : pace.or(member.pace());
    Optional<Member> before = members.get(member.target());
    return new Case(
        incident,
        members.with(member.target(), member),
        shared,
        slots,
        slower,
        member.isFailing() ? Optional.empty() : fineSince,
        isLabelled && before.filter(member::tellsTheSameAs).isPresent());
  }

  /** Regions that are hit for any member, sorted. */
  List<Region> regions() {
    TreeSet<Region> regions = new TreeSet<>();
    members.values().forEach(member -> regions.addAll(member.ruling().regions()));
    return new ArrayList<>(regions);
  }

  List<TargetName> targets() {
    return members.values().stream().map(Member::target).toList();
  }
}
