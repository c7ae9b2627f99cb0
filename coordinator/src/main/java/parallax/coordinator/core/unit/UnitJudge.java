package parallax.coordinator.core.unit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.Failure;
import parallax.coordinator.core.evidence.LookCode;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.fleet.Probe;
import parallax.coordinator.core.verdict.Sample;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.ScopeModel;
import parallax.coordinator.core.verdict.ScopeModel.Weighed;

/**
 * Judges one unit: a first failure makes it suspected and others are asked at once; what they say
 * makes it failing, calm again, or is checked against other targets first. Pure: the same unit,
 * look and setting give the same outcome.
 */
public final class UnitJudge {
  /** How sure it has to be that one network is the cause. */
  private static final double NETWORK_SURE = 0.7;

  private static final double REGION_SURE = 0.9;

  /** How sure it has to be that nothing is wrong. */
  private static final double CALM_SURE = 0.99;

  /** After so many rounds a suspicion is dropped. */
  private static final int MAX_ROUNDS = 4;

  /** A failure is claimed from so many regions at least, where there are so many. */
  private static final int REGIONS_TO_CLAIM = 3;

  /** Answers are waited for by so much longer than a look takes at most. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  /** Failures that ended within so long are of one trouble, in whatever order they arrive. */
  private static final Duration TOGETHER = Duration.ofSeconds(2);

  /** No more failures than this are kept for their words. */
  static final int MAX_FAILURES = 64;

  private UnitJudge() {}

  /**
   * What became of a unit.
   *
   * @param ask slots of the probes that are to look again
   */
  public record Outcome(Unit unit, List<Integer> ask, List<Lesson> lessons) {
    static Outcome of(Unit unit) {
      return new Outcome(unit, List.of(), List.of());
    }

    Outcome with(Unit other) {
      return new Outcome(other, ask, lessons);
    }
  }

  /** What was learnt about a probe: so many failures that nobody else saw, of so many looks. */
  public record Lesson(int slot, int alone, int looks) {}

  /**
   * After a look that was new.
   *
   * @param unit with the look in it
   */
  public static Outcome looked(Unit unit, Looks.Look look, Evidence evidence, Setting setting) {
    boolean failed = LookCode.isFailed(look.code());
    int index = unit.looks().indexOf(look.slot());
    Unit marked =
        !failed && unit.looks().mark(index) == Unit.LOCAL && !unit.looks().fails(index)
            ? unit.with(unit.looks().marked(index, 0))
            : unit;
    if (!setting.counts(look.slot())) {
      return Outcome.of(marked);
    }
    return switch (marked.phase()) {
      case Phase.Calm _ ->
          failed ? suspecting(marked, look, evidence, setting) : Outcome.of(marked);
      case Phase.Suspected suspected ->
          judged(marked, answered(marked, suspected, look, evidence), setting);
      case Phase.Failing failing ->
          Failures.looked(
              marked, failing, look, withFailure(failing.failures(), evidence), setting);
    };
  }

  /** After time has passed. */
  public static Outcome passed(Unit unit, Setting setting) {
    return switch (unit.phase()) {
      case Phase.Calm _ -> Outcome.of(unit);
      case Phase.Suspected suspected -> judged(unit, suspected, setting);
      case Phase.Failing failing -> Failures.passed(unit, failing, setting);
    };
  }

  /** When {@link #passed} is to be called at the latest. */
  public static Instant due(Unit unit) {
    return switch (unit.phase()) {
      case Phase.Calm _ -> Instant.MAX;
      case Phase.Suspected suspected ->
          suspected.checking().isOn() ? suspected.checking().next() : suspected.round().due();
      case Phase.Failing failing -> Failures.due(unit, failing);
    };
  }

  /** After probes were checked against other targets: is the trouble theirs, or the target's? */
  public static Outcome checked(Unit unit, boolean isOurs, Setting setting) {
    if (!(unit.phase() instanceof Phase.Suspected suspected) || !suspected.checking().isOn()) {
      return Outcome.of(unit);
    }
    return isOurs
        ? calm(unit, setting)
        : opened(unit, suspected, suspected.checking().label(), setting);
  }

  private static Outcome suspecting(
      Unit unit, Looks.Look look, Evidence evidence, Setting setting) {
    int index = unit.looks().indexOf(look.slot());
    if (SlowPath.burns(unit, setting)) {
      long from = setting.now().minus(Setting.present(unit.cadence())).toEpochMilli();
      Phase.Suspected found =
          new Phase.Suspected(
              from, look.slot(), Round.NONE, Phase.Checking.NOTHING, List.of(Failure.of(evidence)));
      return opened(unit, found, Label.of(Scope.PARTIAL, setting.rules().sure()), setting);
    }
    boolean known = unit.looks().mark(index) == Unit.LOCAL;
    Optional<Label> lasting = known ? SlowPath.lasting(unit, setting) : Optional.empty();
    if (lasting.isPresent()) {
      Phase.Suspected found =
          new Phase.Suspected(
              setting.now().minus(Setting.present(unit.cadence())).toEpochMilli(),
              look.slot(),
              Round.NONE,
              Phase.Checking.NOTHING,
              List.of(Failure.of(evidence)));
      Sample sample = setting.sample(unit, found.from());
      // Looks that come so late that none is of the present leave nobody to look at.
      return sample.failingProbes() == 0
          ? Outcome.of(unit)
          : checking(unit, found, sample, lasting.get(), setting);
    }
    Probe probe = setting.fleet().probe(look.slot());
    if (known || probe.trust().falseAlarm() >= 0.2) {
      return Outcome.of(unit);
    }
    List<Integer> ask = Askees.first(setting, look.slot(), look.started());
    Phase.Suspected suspected =
        new Phase.Suspected(
            look.started(),
            look.slot(),
            round(unit, 1, ask, setting),
            Phase.Checking.NOTHING,
            List.of(Failure.of(evidence)));
    Outcome outcome = judged(unit, suspected, setting);
    return new Outcome(outcome.unit(), both(ask, outcome.ask()), outcome.lessons());
  }

  private static List<Integer> both(List<Integer> some, List<Integer> others) {
    return IntStream.concat(
            some.stream().mapToInt(Integer::intValue), others.stream().mapToInt(Integer::intValue))
        .distinct()
        .boxed()
        .toList();
  }

  static Round round(Unit unit, int number, List<Integer> ask, Setting setting) {
    Instant deadline = setting.now().plus(unit.cadence().timeout()).plus(SLACK);
    return Round.of(number, setting.now(), deadline, ask);
  }

  private static Phase.Suspected answered(
      Unit unit, Phase.Suspected suspected, Looks.Look look, Evidence evidence) {
    return new Phase.Suspected(
        began(unit, suspected, look),
        suspected.starter(),
        suspected.round().answered(look.slot(), look.started()),
        suspected.checking(),
        withFailure(suspected.failures(), evidence));
  }

  /** Since when it fails: the look that is heard of first need not be the first that failed. */
  private static long began(Unit unit, Phase.Suspected suspected, Looks.Look look) {
    if (!LookCode.isFailed(look.code()) || suspected.round().number() != 1) {
      return suspected.from();
    }
    Looks looks = unit.looks();
    int starter = looks.indexOf(suspected.starter());
    long ended = look.ended();
    for (int back = 0; starter >= 0 && back < looks.kept(starter); back++) {
      if (looks.started(starter, back) >= suspected.from()) {
        ended = looks.ended(starter, back);
      }
    }
    boolean together = look.ended() >= ended - TOGETHER.toMillis();
    return together ? Math.min(suspected.from(), look.started()) : suspected.from();
  }

  /** The newest failing look of each probe. */
  static List<Failure> withFailure(List<Failure> failures, Evidence evidence) {
    if (LookCode.of(evidence.observation().outcome(), evidence.observation().layer()) == 0
        || !LookCode.isFailed(
            LookCode.of(evidence.observation().outcome(), evidence.observation().layer()))) {
      return failures;
    }
    List<Failure> changed = new ArrayList<>(failures.size() + 1);
    for (Failure other : failures) {
      if (!other.probe().equals(evidence.observation().vantage().probe())) {
        changed.add(other);
      }
    }
    if (changed.size() >= MAX_FAILURES) {
      changed.removeFirst();
    }
    changed.add(Failure.of(evidence));
    return List.copyOf(changed);
  }

  private static Outcome judged(Unit unit, Phase.Suspected suspected, Setting setting) {
    Sample sample = setting.sample(unit, suspected.from());
    Weighed weighed = ScopeModel.weigh(sample, setting.priors());
    int claimed = setting.regions(REGIONS_TO_CLAIM);
    if (weighed.bad() >= setting.rules().sure()
        && weighed.global() >= 0.5
        && sample.failingRegions() >= claimed
        && claimed > 1
        && suspected.round().isSettled(setting.now())) {
      return opened(unit, suspected, Label.of(Scope.GLOBAL, weighed.bad()), setting);
    }
    if (suspected.checking().isOn() || !suspected.round().isOver(setting.now())) {
      return Outcome.of(unit.with(suspected.with(suspected.round().judged(setting.now()))));
    }
    if (sample.failingProbes() <= 1 && weighed.nothing() + weighed.networks() >= CALM_SURE) {
      return calm(unit, setting);
    }
    if (suspected.round().number() > 1) {
      if (weighed.bad() >= setting.rules().sure() && sample.failingRegions() > 1) {
        Label label = Labeller.of(sample, 1, Scope.PARTIAL, weighed.bad());
        return isSplit(sample)
            ? checking(unit, suspected, sample, label, setting)
            : opened(unit, suspected, label, setting);
      }
      Optional<Label> apart = apart(weighed, sample);
      if (apart.isPresent()) {
        return checking(unit, suspected, sample, apart.get(), setting);
      }
    }
    if (suspected.round().number() >= MAX_ROUNDS) {
      return calm(unit, setting);
    }
    List<Integer> ask = Askees.everybody(setting);
    Round next = round(unit, suspected.round().number() + 1, ask, setting);
    Phase.Suspected asked =
        new Phase.Suspected(
            suspected.from(),
            suspected.starter(),
            next,
            suspected.checking(),
            suspected.failures());
    return new Outcome(unit.with(asked), ask, List.of());
  }

  /** Whether some probes fail always and the others never: then it may be the probes. */
  private static boolean isSplit(Sample sample) {
    boolean anyFine = false;
    for (int row = 0; row < sample.rows(); row++) {
      if (sample.failed(row) > 0 && sample.fine(row) > 0) {
        return false;
      }
      anyFine |= sample.failed(row) == 0;
    }
    return anyFine;
  }

  /** The network or region to which the trouble is confined, if it is. */
  private static Optional<Label> apart(Weighed weighed, Sample sample) {
    if (weighed.networks() >= NETWORK_SURE && sample.failingProbes() > 1) {
      return Optional.of(Label.of(Scope.NETWORK, weighed.networks()));
    }
    if (weighed.regionTrouble() >= REGION_SURE) {
      int failing = 0;
      for (int row = 0; row < sample.rows(); row++) {
        boolean there = sample.probe(row).region() == weighed.region();
        failing += there && sample.failed(row) > 0 ? 1 : 0;
      }
      if (failing > 1) {
        return Optional.of(Labeller.of(sample, 1, Scope.REGIONAL, weighed.regionTrouble()));
      }
    }
    return Optional.empty();
  }

  /** Before a target is blamed, the probes that fail are looked at on other targets. */
  private static Outcome checking(
      Unit unit, Phase.Suspected suspected, Sample sample, Label label, Setting setting) {
    List<Integer> slots = new ArrayList<>();
    for (int row = 0; row < sample.rows(); row++) {
      if (sample.failed(row) > 0) {
        slots.add(sample.probe(row).slot());
      }
    }
    Instant until = setting.now().plus(unit.cadence().timeout()).plus(SLACK);
    Phase.Checking checking =
        new Phase.Checking(slots, label, List.of(), setting.now(), setting.now(), until);
    return Outcome.of(unit.with(suspected.with(checking)));
  }

  private static Outcome opened(
      Unit unit, Phase.Suspected suspected, Label label, Setting setting) {
    Phase.Failing failing =
        new Phase.Failing(
            suspected.from(),
            setting.now(),
            label,
            tally(unit, suspected.from()),
            0,
            Round.NONE,
            setting.now(),
            suspected.failures());
    return Outcome.of(unit.with(failing));
  }

  private static Tally tally(Unit unit, long from) {
    Looks looks = unit.looks();
    Tally tally = Tally.NONE;
    for (int index = 0; index < looks.probes(); index++) {
      for (int back = 0; back < looks.kept(index) && looks.started(index, back) >= from; back++) {
        tally = tally.plus(looks.slot(index), LookCode.isFailed(looks.code(index, back)));
      }
    }
    return tally;
  }

  /** Nothing is wrong: those who failed alone are remembered, and trusted less. */
  static Outcome calm(Unit unit, Setting setting) {
    Looks looks = unit.looks();
    List<Lesson> lessons = new ArrayList<>(looks.probes());
    boolean first = unit.phase() instanceof Phase.Suspected;
    long from = unit.phase() instanceof Phase.Suspected suspected ? suspected.from() : 0;
    for (int index = 0; index < looks.probes(); index++) {
      int alone = 0;
      for (int back = 0; first && back < looks.kept(index); back++) {
        boolean counts = looks.started(index, back) >= from;
        alone += counts && LookCode.isFailed(looks.code(index, back)) ? 1 : 0;
      }
      int seen = looks.seen(index);
      if (seen > 0) {
        lessons.add(new Lesson(looks.slot(index), Math.min(alone, 1), seen));
      }
      if (looks.fails(index)) {
        looks = looks.marked(index, Unit.LOCAL);
      }
    }
    return new Outcome(
        new Unit(unit.cadence(), looks.counted(), Phase.CALM, unit.vague()), List.of(), lessons);
  }
}
