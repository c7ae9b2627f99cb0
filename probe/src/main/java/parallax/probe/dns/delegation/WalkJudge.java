package parallax.probe.dns.delegation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;

/**
 * Judges a walk: what the parent zone says about the zone, and whether the servers that it names
 * serve it. Pure: the same evidence gives the same judgement, now or years later.
 */
public final class WalkJudge {
  /** Details name at most this many servers; how many more there are is said. */
  static final int MAX_NAMED = 4;

  /** Of several ways in which all servers fail, the one that says most. */
  private static final List<Reason> TELLING =
      List.of(
          Reason.NAME_SERVERS_GARBAGE,
          Reason.NAME_SERVERS_TRUNCATED_NO_TCP,
          Reason.NAME_SERVERS_RCODE,
          Reason.NAME_SERVERS_TIMEOUT,
          Reason.NAME_SERVERS_PORT_UNREACHABLE,
          Reason.NAME_SERVERS_TCP_TIMEOUT,
          Reason.NAME_SERVERS_TCP_REFUSED,
          Reason.NAME_SERVERS_TCP_RESET,
          Reason.NAME_SERVERS_UNREACHABLE);

  private final Walk walk;
  private final List<Walk> controls;
  private final List<Outcome> findings = new ArrayList<>();

  private WalkJudge(Walk walk, List<Walk> controls) {
    this.walk = walk;
    this.controls = controls;
  }

  /**
   * Judges {@code walk}.
   *
   * @param controls walks for other zones of the same parent at the same time: where these fail at
   *     the same place, it is the parent's trouble and the detail says so
   */
  public static Judgement judge(Walk walk, Approved approved, List<Walk> controls) {
    WalkJudge judge = new WalkJudge(walk, List.copyOf(controls));
    judge.judge(approved);
    return new Judgement(judge.findings);
  }

  private void judge(Approved approved) {
    Optional<Delegation> delegation = walk.delegation();
    if (delegation.isEmpty()) {
      notDelegated();
      return;
    }
    walk.parent().ifPresent(this::parentAgrees);
    compare(delegation.get(), approved);
    Optional<Step> own = walk.own();
    if (own.isEmpty()) {
      bound();
    } else {
      addresses(delegation.get(), own.get());
      servers(own.get());
    }
  }

  // The parent zone.

  private void notDelegated() {
    Step last = walk.last();
    if (last.visits().isEmpty() && walk.bound().isEmpty()) {
      String homeless = "no address of any of " + last.homeless();
      add(Reason.DELEGATION_PARENT_UNREACHABLE, last.zone() + ": " + homeless + elsewhere(last));
      return;
    }
    if (last.telling().isEmpty()) {
      untold(last);
      return;
    }
    List<Visit> denying = denying(last);
    if (isServedTogether(last)) {
      parentAgrees(last);
      answers(last.telling());
    } else if (!denying.isEmpty()) {
      add(Reason.DELEGATION_ABSENT, denials(last, denying) + elsewhere(last));
    } else if (walk.bound().isPresent()) {
      bound();
    } else if (last.zone().equals(Name.root) && silent(last)) {
      // Some of the root's servers always answer; when none does, it is the way there.
      add(Reason.PROBE_REACHES_NO_NAME_SERVER, named(last.telling()));
    } else {
      add(parentReason(last), last.zone() + ": " + named(last.telling()) + elsewhere(last));
    }
  }

  private String denials(Step last, List<Visit> denying) {
    String said =
        denying.stream()
            .map(visit -> visit.said().words())
            .distinct()
            .collect(Collectors.joining(" and "));
    return "%s for %s from %d of %d servers of %s"
        .formatted(said, walk.zone(), denying.size(), last.telling().size(), last.zone());
  }

  private static List<Visit> denying(Step step) {
    return step.telling().stream().filter(visit -> isNegative(visit.said())).toList();
  }

  /** Servers of both zones do not refer from the one to the other but answer at once. */
  private static boolean isServedTogether(Step parent) {
    return parent.visits().stream()
        .map(Visit::said)
        .anyMatch(said -> said instanceof Said.Answered || said instanceof Said.Looping);
  }

  private static boolean silent(Step step) {
    return step.telling().stream().allMatch(visit -> visit.said() instanceof Said.Silent);
  }

  private static Reason parentReason(Step parent) {
    SortedSet<Reason> reasons = reasons(parent.telling());
    boolean lame = parent.telling().stream().anyMatch(visit -> visit.said() instanceof Said.Lame);
    if (reasons.equals(new TreeSet<>(List.of(Reason.NAME_SERVERS_SERVFAIL)))) {
      return Reason.DELEGATION_SERVFAIL;
    }
    if (lame) {
      return Reason.DELEGATION_PARENT_LAME;
    }
    return reasons.contains(Reason.NAME_SERVERS_TIMEOUT)
        ? Reason.DELEGATION_TIMEOUT
        : Reason.DELEGATION_PARENT_UNREACHABLE;
  }

  /** Whether it is the same with other names. */
  private String elsewhere(Step parent) {
    List<Walk> passed =
        controls.stream()
            .filter(control -> control.steps().stream().anyMatch(s -> same(s, parent)))
            .toList();
    if (passed.isEmpty()) {
      return "";
    }
    long failing = passed.stream().filter(control -> control.failsAt(parent.zone())).count();
    return failing == passed.size()
        ? "; the same for " + failing + " other names: trouble of " + parent.zone()
        : "; not so for " + (passed.size() - failing) + " other names";
  }

  private static boolean same(Step one, Step other) {
    return one.zone().equals(other.zone());
  }

  private void parentAgrees(Step parent) {
    List<Visit> denying = denying(parent);
    if (!denying.isEmpty()) {
      findings.add(Outcome.degraded(Reason.DELEGATION_PARTIAL, denials(parent, denying)));
    }
  }

  private void compare(Delegation seen, Approved approved) {
    approved
        .servers()
        .filter(servers -> !servers.equals(seen.servers()))
        .ifPresent(
            servers ->
                findings.add(
                    Outcome.degraded(
                        Reason.DELEGATION_CHANGED, seen.servers() + " instead of " + servers)));
    approved
        .ds()
        .filter(ds -> !ds.equals(seen.ds()))
        .ifPresent(
            ds ->
                findings.add(
                    Outcome.degraded(
                        Reason.DELEGATION_DS_CHANGED, seen.ds() + " instead of " + ds)));
  }

  // The servers of the zone.

  private void addresses(Delegation delegation, Step own) {
    SortedSet<Name> needy = new TreeSet<>(own.homeless());
    needy.removeIf(server -> !delegation.needsGlue(server));
    SortedSet<Name> unknown = new TreeSet<>(own.homeless());
    unknown.removeAll(needy);
    boolean all = own.visits().isEmpty();
    if (!needy.isEmpty()) {
      add(all && unknown.isEmpty(), Reason.DELEGATION_GLUE_MISSING, needy.toString());
    }
    if (!unknown.isEmpty() && walk.bound().isEmpty()) {
      add(all, Reason.DELEGATION_HOST_UNRESOLVED, unknown.toString());
    }
  }

  private void servers(Step own) {
    List<Visit> telling = own.telling();
    List<Visit> failing = telling.stream().filter(visit -> !visit.said().serves()).toList();
    if (telling.isEmpty()) {
      untold(own);
    } else if (failing.size() < telling.size()) {
      if (!failing.isEmpty()) {
        String share = failing.size() + " of " + telling.size();
        findings.add(Outcome.degraded(Reason.NAME_SERVERS_PARTIAL, share + ": " + named(failing)));
      }
      answers(telling);
    } else {
      add(commonReason(failing), named(failing));
    }
  }

  private void answers(List<Visit> telling) {
    List<Visit> answers = telling.stream().filter(visit -> visit.said().serves()).toList();
    if (answers.stream().anyMatch(visit -> visit.said() instanceof Said.Looping)) {
      add(Reason.NAME_SERVERS_CNAME_LOOP, named(answers));
    } else if (answers.stream().allMatch(visit -> isNegative(visit.said()))) {
      boolean noName = answers.stream().anyMatch(visit -> visit.said() instanceof Said.NoSuchName);
      Reason reason = noName ? Reason.NAME_SERVERS_NXDOMAIN : Reason.NAME_SERVERS_NODATA;
      add(reason, walk.question() + ": " + named(answers));
    }
  }

  private static boolean isNegative(Said said) {
    return said instanceof Said.NoSuchName || said instanceof Said.NoSuchRecord;
  }

  private static Reason commonReason(List<Visit> failing) {
    List<Reason> reasons = List.copyOf(reasons(failing));
    if (reasons.size() == 1) {
      return reasons.getFirst();
    }
    if (failing.stream().allMatch(visit -> visit.said() instanceof Said.Lame)) {
      return Reason.DELEGATION_LAME;
    }
    return TELLING.stream().filter(reasons::contains).findFirst().orElse(reasons.getFirst());
  }

  private static SortedSet<Reason> reasons(List<Visit> visits) {
    return visits.stream()
        .flatMap(visit -> ServerReasons.of(visit.said()).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  // What could not be told.

  /** Nobody could be asked: for the first reason that there is. */
  private void untold(Step step) {
    if (walk.bound().isPresent()) {
      bound();
      return;
    }
    reasons(step.visits()).stream()
        .findFirst()
        .ifPresent(reason -> add(reason, named(step.visits())));
  }

  private void bound() {
    add(
        Reason.PROBE_WALK_BOUND,
        "after %d queries and %d ms at %s, by %s"
            .formatted(
                walk.queries(),
                walk.took().toMillis(),
                walk.last().zone(),
                walk.bound().map(Walk.Bound::name).orElse("nothing")));
  }

  private void add(Reason reason, String detail) {
    add(true, reason, detail);
  }

  private void add(boolean down, Reason reason, String detail) {
    findings.add(down ? Judgement.failure(reason, detail) : Outcome.degraded(reason, detail));
  }

  private static String named(List<Visit> visits) {
    String first =
        visits.stream().limit(MAX_NAMED).map(Visit::toString).collect(Collectors.joining("; "));
    int more = visits.size() - MAX_NAMED;
    return more > 0 ? first + "; and " + more + " more" : first;
  }
}
