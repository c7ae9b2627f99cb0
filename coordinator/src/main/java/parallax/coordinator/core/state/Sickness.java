package parallax.coordinator.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.coordinator.core.evidence.LookCode;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.fleet.Probe;
import parallax.coordinator.core.incident.Trouble;
import parallax.coordinator.core.persistent.SortedTree;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.target.Verdicts;
import parallax.coordinator.core.unit.FewVantages;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.watch.Dependency;

/** Which of our probes are in trouble themselves, so that what they say does not count. */
final class Sickness {
  private static final double MOST = 0.6;
  private static final int LEAST_UNITS = 3;
  private static final int LEAST_PERSISTENT = 2;

  /** Something fails for a probe alone for good when it did so for so many intervals. */
  private static final double PERSISTENT = 1;

  /** The same when all that fails stands on one thing. */
  private static final double PERSISTENT_SHARED = 2.5;

  /** A dependency is shared by the failing ones when so many have it. */
  private static final double SHARED = 0.75;

  /** More failing units of a probe than this are not looked through. */
  private static final int MAX_LOOKED_THROUGH = 64;

  /** A probe that was silent for so long is reported. */
  private static final Duration LONG_SILENCE = Duration.ofMinutes(5);

  /** While something may be wrong with a probe it is looked at so often. */
  private static final Duration EVERY = Duration.ofSeconds(1);

  private static final int FLEET = 3;

  private Sickness() {}

  static SortedTree<State.Pair, State.Pair> pairs(Turn turn, int slot) {
    return turn.pairs.get(slot).orElseGet(SortedTree::empty);
  }

  /** When a probe is to be looked at after it was {@code looked} at. */
  static Instant due(Probe probe, Instant looked) {
    if (probe.failing() >= LEAST_PERSISTENT || probe.sick().isPresent()) {
      return looked.equals(Instant.MIN) ? looked : looked.plus(EVERY);
    }
    Instant silent = probe.heard().plus(Fleet.SILENCE);
    if (silent.isAfter(looked)) {
      return silent;
    }
    Instant reported = probe.heard().plus(LONG_SILENCE);
    return reported.isAfter(looked) ? reported : Instant.MAX;
  }

  /** Finds who is in trouble and who is not any more. */
  static void look(Turn turn) {
    // Where nobody can be weighed against anybody, nobody can be told to be wrong.
    boolean few = FewVantages.are(turn.fleet.probes());
    for (Probe probe : turn.fleet.probes()) {
      boolean sick = !few && isSick(turn, probe);
      if (sick && probe.sick().isEmpty()) {
        turn.fleet = turn.fleet.sick(probe.slot(), Optional.of(turn.now));
      } else if (!sick && probe.sick().isPresent()) {
        turn.fleet = turn.fleet.sick(probe.slot(), Optional.empty());
      }
    }
    blind(turn);
  }

  private static void blind(Turn turn) {
    List<Probe> counting = turn.fleet.counting(List.of(), turn.now);
    boolean one =
        counting.isEmpty()
            || counting.stream().allMatch(p -> p.region() == counting.getFirst().region());
    boolean oneByDesign =
        turn.fleet.probes().stream().allMatch(p -> p.region() == turn.fleet.probe(0).region());
    boolean blind =
        turn.fleet.size() >= FLEET && (counting.size() < FLEET || (one && !oneByDesign));
    if (blind != turn.blind.isPresent()) {
      turn.blind = blind ? Optional.of(turn.now) : Optional.empty();
      for (TargetRecord record : turn.records.values()) {
        Judging.ruled(turn, record);
      }
    }
  }

  private static boolean isSick(Turn turn, Probe probe) {
    if (probe.failing() < LEAST_PERSISTENT) {
      return false;
    }
    List<State.Pair> known = pairs(turn, probe.slot()).firstValues(MAX_LOOKED_THROUGH);
    // A target whose lower layers are known to be down speaks against no probe.
    List<State.Pair> failing =
        known.stream()
            .filter(pair -> turn.record(pair.target()).filter(TargetRecord::isFailing).isEmpty())
            .toList();
    int count = probe.failing() - (known.size() - failing.size());
    if (count < LEAST_PERSISTENT) {
      return false;
    }
    Optional<Dependency> shared = shared(turn, probe.slot(), failing);
    boolean most = probe.units() >= LEAST_UNITS && count >= MOST * probe.units();
    if (most && (shared.isEmpty() || probe.sick().isPresent())) {
      return true;
    }
    double intervals = shared.isPresent() ? PERSISTENT_SHARED : PERSISTENT;
    int persistent = 0;
    for (State.Pair pair : failing) {
      persistent += persists(turn, pair, probe.slot(), intervals) ? 1 : 0;
    }
    return persistent >= LEAST_PERSISTENT || (persistent > 0 && probe.sick().isPresent());
  }

  private static boolean persists(Turn turn, State.Pair pair, int slot, double intervals) {
    Optional<Unit> unit = turn.record(pair.target()).map(record -> record.units().get(pair.unit()));
    if (unit.isEmpty()) {
      return false;
    }
    Looks looks = unit.get().looks();
    int index = looks.indexOf(slot);
    long interval = unit.get().cadence().interval().toMillis();
    Duration needed = Duration.ofMillis((long) (interval * intervals));
    return index >= 0
        && looks.kept(index) > 1
        && LookCode.isFailed(looks.code(index, 1))
        && !turn.now.isBefore(pair.since().plus(needed));
  }

  /**
   * What most of the failing targets stand on and hardly any of the others that this probe looks
   * at.
   */
  private static Optional<Dependency> shared(Turn turn, int slot, List<State.Pair> failing) {
    if (failing.isEmpty()) {
      return Optional.empty();
    }
    List<List<Dependency>> all = new ArrayList<>();
    for (State.Pair pair : failing) {
      turn.record(pair.target()).ifPresent(record -> all.add(record.dependencies()));
    }
    int others = Math.max(1, turn.records.size() - all.size());
    for (List<Dependency> some : all.subList(0, Math.min(2, all.size()))) {
      for (Dependency dependency : some) {
        long having = all.stream().filter(list -> list.contains(dependency)).count();
        long elsewhere =
            turn.dependants.count(dependency) < turn.records.size()
                ? turn.dependants.count(dependency) - having - down(turn, dependency)
                : fine(turn, dependency, slot, failing);
        if (having >= SHARED * all.size() && having > 1 && elsewhere <= 0.2 * others) {
          return Optional.of(dependency);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * How many of those who stand on it this probe saw well since the first of the others failed, of
   * the first ones. On what everything stands those that were not looked at yet say nothing.
   */
  private static long fine(Turn turn, Dependency dependency, int slot, List<State.Pair> failing) {
    long first =
        failing.stream()
            .mapToLong(pair -> pair.since().toEpochMilli())
            .min()
            .orElse(Long.MAX_VALUE);
    return turn.dependants.some(dependency, MAX_LOOKED_THROUGH).stream()
        .flatMap(target -> turn.record(target).stream())
        .flatMap(record -> record.units().stream())
        .map(Unit::looks)
        .filter(
            looks -> {
              int index = looks.indexOf(slot);
              return index >= 0 && !looks.fails(index) && looks.started(index, 0) >= first;
            })
        .count();
  }

  /** How many of those who stand on it are known to be down, of the first ones. */
  private static long down(Turn turn, Dependency dependency) {
    return turn.dependants.some(dependency, MAX_LOOKED_THROUGH).stream()
        .filter(target -> turn.record(target).filter(TargetRecord::isFailing).isPresent())
        .count();
  }

  /** What is to be reported, the widest first. */
  static List<Trouble> troubles(Turn turn) {
    if (turn.blind.isPresent()) {
      List<Integer> slots = turn.fleet.probes().stream().map(Probe::slot).toList();
      return List.of(
          new Trouble(
              "monitoring",
              slots,
              Optional.empty(),
              Finding.of(Reason.PROBE_SILENT),
              turn.blind.get(),
              "fewer than three probes, or two regions, can be heard and believed"));
    }
    List<Probe> bad = turn.fleet.probes().stream().filter(probe -> isBad(probe, turn.now)).toList();
    List<Trouble> troubles = new ArrayList<>();
    List<Probe> left = new ArrayList<>(bad);
    grouped(turn, left, Probe::region, "region:", troubles);
    grouped(turn, left, Probe::resolver, "resolver:", troubles);
    grouped(turn, left, Probe::network, "network:AS", troubles);
    for (Probe probe : left) {
      troubles.add(trouble(turn, "probe:" + probe.vantage().probe(), List.of(probe)));
    }
    return troubles;
  }

  private static boolean isBad(Probe probe, Instant now) {
    return probe.sick().isPresent() || !probe.heard().plus(LONG_SILENCE).isAfter(now);
  }

  /** Takes whole groups out of {@code left}. */
  private static void grouped(
      Turn turn,
      List<Probe> left,
      ToIntFunction<Probe> group,
      String kind,
      List<Trouble> troubles) {
    for (Probe probe : List.copyOf(left)) {
      int slot = group.applyAsInt(probe);
      Predicate<Probe> member = other -> group.applyAsInt(other) == slot;
      List<Probe> members = turn.fleet.probes().stream().filter(member).toList();
      List<Probe> sick = left.stream().filter(member).toList();
      if (members.size() > 1 && sick.size() == members.size()) {
        Trouble trouble = trouble(turn, name(kind, turn.fleet.probe(slot)), sick);
        boolean fits = !kind.equals("resolver:") || trouble.layer().equals(Optional.of(Layer.DNS));
        if (fits) {
          troubles.add(trouble);
          left.removeAll(sick);
        }
      }
    }
  }

  private static String name(String kind, Probe probe) {
    return kind
        + switch (kind) {
          case "region:" -> probe.vantage().region().value();
          case "resolver:" -> probe.resolverName().orElse("");
          default -> probe.vantage().asn().map(Object::toString).orElse("");
        };
  }

  private static Trouble trouble(Turn turn, String culprit, List<Probe> probes) {
    Instant since =
        probes.stream()
            .map(probe -> probe.sick().orElse(probe.heard()))
            .min(Instant::compareTo)
            .orElse(turn.now);
    List<Integer> slots = probes.stream().map(Probe::slot).toList();
    int failing = probes.stream().mapToInt(Probe::failing).sum();
    int units = probes.stream().mapToInt(Probe::units).sum();
    boolean silent = probes.stream().allMatch(probe -> probe.sick().isEmpty());
    String rule =
        silent
            ? "nothing was heard for " + LONG_SILENCE.toMinutes() + " minutes"
            : failing + " of " + units + " checks fail there and succeed elsewhere";
    Reason reason = silent ? Reason.PROBE_SILENT : Reason.PROBE_FAILS_EVERYWHERE;
    return new Trouble(culprit, slots, layer(turn, slots), new Finding(reason, rule), since, rule);
  }

  /** The layer at which most of it fails. */
  private static Optional<Layer> layer(Turn turn, List<Integer> slots) {
    EnumMap<Layer, Integer> counts = new EnumMap<>(Layer.class);
    for (int slot : slots) {
      for (State.Pair pair : pairs(turn, slot).firstValues(MAX_LOOKED_THROUGH)) {
        Optional<Unit> unit =
            turn.record(pair.target()).map(record -> record.units().get(pair.unit()));
        int index = unit.map(known -> known.looks().indexOf(slot)).orElse(-1);
        if (unit.isPresent() && index >= 0 && unit.get().looks().fails(index)) {
          counts.merge(LookCode.layer(unit.get().looks().code(index, 0)), 1, Integer::sum);
        }
      }
    }
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }

  /** The newest failures that those in trouble saw, newest first. */
  static List<Vote> votes(Turn turn, Trouble trouble) {
    List<Vote> votes = new ArrayList<>();
    for (int slot : trouble.slots()) {
      ProbeName name = turn.fleet.probe(slot).vantage().probe();
      for (State.Pair pair : pairs(turn, slot).firstValues(MAX_LOOKED_THROUGH)) {
        turn.record(pair.target())
            .map(record -> Verdicts.failures(record, Judging.setting(turn, record)))
            .ifPresent(
                all ->
                    all.stream()
                        .filter(vote -> vote.vantage().probe().equals(name))
                        .forEach(votes::add));
      }
    }
    votes.sort(Comparator.comparing(Vote::at).reversed());
    return votes.stream().limit(Verdict.MAX_VOTES).toList();
  }
}
