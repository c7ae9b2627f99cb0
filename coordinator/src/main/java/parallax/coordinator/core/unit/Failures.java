package parallax.coordinator.core.unit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import parallax.coordinator.core.evidence.Failure;
import parallax.coordinator.core.evidence.LookCode;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.verdict.Sample;
import parallax.coordinator.core.verdict.Scope;

/** A unit while it fails: for whom, and whether it is over. */
final class Failures {
  /** After it was opened everybody is asked once, to see for whom it fails. */
  private static final Duration SURVEY = Duration.ofSeconds(4);

  /** After everybody was asked they are left alone for so long. */
  private static final Duration SURVEY_PAUSE = Duration.ofSeconds(30);

  /** The same after the first time; then longer and longer. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  /** The label is looked at so often at most. */
  private static final Duration RELABEL = Duration.ofSeconds(2);

  /** So much has to speak for recovery, as a logarithm of a ratio of likelihoods. */
  private static final double OVER = 4.6;

  /** With so much in favour of recovery the label is left alone. */
  private static final double RECOVERING = 2;

  /** When it is over, so many may still fail, as a share of those who look. */
  private static final double STRAGGLERS = 0.15;

  /** So many looks in a row of everybody else succeed when it fails for one probe alone. */
  private static final int FINE_ELSEWHERE = 3;

  /** A success is a surprise, and everybody is asked, where all or so many looks fail. */
  private static final double SURPRISE = 0.75;

  private static final double MOST_FAILING = 0.97;
  private static final double LEAST_SHARE = 0.1;

  private Failures() {}

  static UnitJudge.Outcome looked(
      Unit unit, Phase.Failing failing, Looks.Look look, List<Failure> failures, Setting setting) {
    if (look.started() < failing.from()) {
      // How it was before says nothing of whether it is over.
      return settled(unit, failing, setting);
    }
    boolean failed = LookCode.isFailed(look.code());
    double f = setting.fleet().probe(look.slot()).trust().falseAlarm();
    double least = Math.min(MOST_FAILING, Math.max(2 * f, LEAST_SHARE));
    double share = Math.clamp(failing.tally().share(look.slot()), least, MOST_FAILING);
    double speaks = failed ? Math.log(f / share) : Math.log((1 - f) / (1 - share));
    double recovery = Math.max(0, failing.recovery() + speaks);
    Phase.Failing after =
        new Phase.Failing(
            failing.from(),
            failing.opened(),
            failing.label(),
            failing.tally().plus(look.slot(), failed),
            recovery,
            failing.round().answered(look.slot(), look.started()),
            failing.labelled(),
            failures);
    boolean surprise =
        !failed && (failing.label().scope() == Scope.GLOBAL || failing.tally().share() >= SURPRISE);
    if (surprise && mayAsk(unit, after, setting)) {
      return asking(unit, after, Askees.everybody(setting), setting);
    }
    return settled(unit, after, setting);
  }

  static UnitJudge.Outcome passed(Unit unit, Phase.Failing failing, Setting setting) {
    if (!setting.now().isBefore(survey(unit, failing))
        && (failing.round().number() == 0 || !setting.isWidespread(unit))) {
      return failing.round().number() == 0
          ? asking(unit, failing, Askees.everybody(setting), setting)
          : asking(unit, failing, failingOnes(failing, setting), setting);
    }
    return settled(unit, failing, setting);
  }

  static Instant due(Unit unit, Phase.Failing failing) {
    Instant survey = survey(unit, failing);
    Instant deadline = failing.round().deadline();
    boolean waits = !failing.round().awaited().isEmpty();
    return waits && deadline.isBefore(survey) ? deadline : survey;
  }

  /** When to ask of our own accord: once to see for whom it fails, and while only few see it. */
  private static Instant survey(Unit unit, Phase.Failing failing) {
    if (failing.round().number() == 0) {
      return failing.opened().plus(SURVEY);
    }
    Instant next = failing.round().asked().plus(unit.cadence().interval().dividedBy(4));
    Instant end = failing.opened().plus(unit.cadence().interval().multipliedBy(2));
    boolean doubtful =
        failing.label().scope() != Scope.GLOBAL && failing.label().scope() != Scope.UNCONFIRMED;
    return doubtful && next.isBefore(end) ? next : Instant.MAX;
  }

  private static List<Integer> failingOnes(Phase.Failing failing, Setting setting) {
    return failing.failures().stream()
        .map(failure -> setting.fleet().slot(failure.probe()))
        .filter(slot -> slot >= 0 && setting.counts(slot))
        .toList();
  }

  private static boolean mayAsk(Unit unit, Phase.Failing failing, Setting setting) {
    Duration half = unit.cadence().interval().dividedBy(2);
    Duration grown = FIRST_PAUSE.multipliedBy(1L << Math.min(failing.round().number(), 8) >> 1);
    Duration most = half.compareTo(SURVEY_PAUSE) < 0 ? half : SURVEY_PAUSE;
    Duration pause = grown.compareTo(most) < 0 ? grown : most;
    return failing.round().isOver(setting.now())
        && (failing.round().number() == 0
            || !setting.now().isBefore(failing.round().asked().plus(pause)));
  }

  private static UnitJudge.Outcome asking(
      Unit unit, Phase.Failing failing, List<Integer> ask, Setting setting) {
    Phase.Failing asked =
        with(
            failing,
            failing.label(),
            UnitJudge.round(unit, failing.round().number() + 1, ask, setting),
            failing.labelled());
    return new UnitJudge.Outcome(unit.with(asked), ask, List.of());
  }

  private static UnitJudge.Outcome settled(Unit unit, Phase.Failing failing, Setting setting) {
    if (!failing.round().isOver(setting.now())) {
      return UnitJudge.Outcome.of(unit.with(failing));
    }
    if (isOver(unit, failing, setting)
        || isLeftToOne(unit, setting)
        || isOurs(unit, failing, setting)) {
      UnitJudge.Outcome calm = UnitJudge.calm(unit.with(failing), setting);
      return calm.with(calm.unit().with(calm.unit().looks().forgiven()));
    }
    boolean asked = failing.round().asked().isAfter(failing.labelled());
    boolean global = failing.label().scope() == Scope.GLOBAL;
    boolean again = !setting.now().isBefore(failing.labelled().plus(RELABEL));
    if (failing.recovery() >= RECOVERING || (global ? !asked : !again)) {
      return UnitJudge.Outcome.of(unit.with(failing));
    }
    return UnitJudge.Outcome.of(unit.with(relabelled(unit, failing, setting)));
  }

  private static Phase.Failing relabelled(Unit unit, Phase.Failing failing, Setting setting) {
    long window = setting.now().minus(Setting.present(unit.cadence())).toEpochMilli();
    Sample sample = setting.sample(unit, Math.max(failing.from(), window));
    Label label =
        sample.failedLooks() == 0
            ? failing.label()
            : Labeller.of(
                sample,
                failing.tally().share(),
                failing.label().scope(),
                failing.label().probability());
    // Trouble of one network looks like a part of the places; what was checked stays.
    boolean keep =
        failing.label().scope() == Scope.NETWORK
            && label.scope() == Scope.PARTIAL
            && sample.failingProbes() * 2 < sample.rows();
    // Those whose looks come in time may be too few to speak for everybody.
    boolean few =
        label.scope() == Scope.GLOBAL
            && failing.label().scope() != Scope.GLOBAL
            && 2 * sample.rows() <= setting.counting().size();
    Label next = keep || few ? failing.label() : label;
    return with(failing, next, failing.round(), setting.now());
  }

  /** Whether nobody who is still believed has seen it fail. */
  private static boolean isOurs(Unit unit, Phase.Failing failing, Setting setting) {
    if (failing.failures().stream().noneMatch(failure -> isSick(failure, setting))) {
      return false;
    }
    long window = setting.now().minus(Setting.present(unit.cadence())).toEpochMilli();
    Sample sample = setting.sample(unit, Math.min(failing.from(), window));
    return sample.rows() > 0 && sample.failingProbes() == 0;
  }

  private static boolean isSick(Failure failure, Setting setting) {
    int slot = setting.fleet().slot(failure.probe());
    return slot >= 0 && setting.fleet().probe(slot).sick().isPresent();
  }

  private static boolean isOver(Unit unit, Phase.Failing failing, Setting setting) {
    double share = Math.max(LEAST_SHARE, failing.tally().share());
    return failing.recovery() >= OVER - Math.log(share)
        && setting.failingNow(unit) <= (int) (STRAGGLERS * setting.counting().size());
  }

  /**
   * Whether it fails always for one probe and never for the others any more: that is trouble of its
   * path, as it would be had it begun so.
   */
  private static boolean isLeftToOne(Unit unit, Setting setting) {
    Looks looks = unit.looks();
    long fresh = setting.now().minus(Setting.present(unit.cadence())).toEpochMilli();
    int failing = 0;
    int fine = 0;
    for (int index = 0; index < looks.probes(); index++) {
      if (setting.counts(looks.slot(index)) && looks.started(index, 0) >= fresh) {
        failing += looks.failing(index) == Looks.KEPT ? 1 : 0;
        fine += looks.fine(index) >= FINE_ELSEWHERE ? 1 : 0;
      }
    }
    return failing == 1 && fine > 1 && fine + 1 == setting.counting().size();
  }

  private static Phase.Failing with(
      Phase.Failing failing, Label label, Round round, Instant labelled) {
    return new Phase.Failing(
        failing.from(),
        failing.opened(),
        label,
        failing.tally(),
        failing.recovery(),
        round,
        labelled,
        failing.failures());
  }
}
