package parallax.coordinator.core.unit;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.Failure;
import parallax.coordinator.core.evidence.LookCode;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.fleet.Probe;
import parallax.coordinator.core.verdict.Scope;

/**
 * The rule for targets that fewer than three probes, or a single region, look at: nobody can be
 * weighed against anybody, so a probe holds an opinion after it saw the same several times in a
 * row, and the majority of the opinions decides. What it finds is unconfirmed.
 */
public final class FewVantages {
  /** The shortest pause before another look. */
  public static final Duration MIN_PAUSE = Duration.ofMillis(200);

  /** The longest pause before another look. */
  public static final Duration MAX_PAUSE = Duration.ofSeconds(5);

  /** The pause is this part of the interval of checks. */
  private static final int PART_OF_INTERVAL = 6;

  static final int MIN_PROBES = 3;
  private static final int MIN_REGIONS = 2;

  private static final int HOLDS_UP = 2;
  private static final int HOLDS_DOWN = 3;

  /** It was down when somebody looked last: to be believed again it has to recover. */
  private static final int DOUBTS = 4;

  /** By the rule of succession, (3 + 1) / (3 + 2): it speaks of this vantage, not of the world. */
  private static final double SURE = 0.8;

  private FewVantages() {}

  /**
   * What became of a unit.
   *
   * @param ask after how long the probe is to look again; empty: not at all
   */
  public record Outcome(Unit unit, List<Duration> ask) {}

  /** Whether those who look at a target are too few to be weighed against each other. */
  public static boolean are(List<Probe> known) {
    if (known.size() < MIN_PROBES) {
      return true;
    }
    int first = known.getFirst().region();
    return known.stream().allMatch(probe -> probe.region() == first) && MIN_REGIONS > 1;
  }

  /**
   * After a look that was new, of {@code slot}.
   *
   * @param wasDown whether the target was down when its probes looked last
   */
  public static Outcome looked(
      Unit unit, int slot, Evidence evidence, boolean wasDown, Setting setting) {
    int index = unit.looks().indexOf(slot);
    int needed = setting.rules().looks();
    int held = held(unit.looks(), index, wasDown, needed);
    Looks looks = unit.looks().marked(index, held);
    List<Failure> failures =
        unit.phase() instanceof Phase.Failing failing ? failing.failures() : List.of();
    Unit marked = new Unit(unit.cadence(), looks, unit.phase(), unit.vague());
    Unit judged = judged(marked, UnitJudge.withFailure(failures, evidence), setting);
    boolean settled = looks.fails(index) ? held == HOLDS_DOWN : held == HOLDS_UP;
    return new Outcome(
        judged,
        settled
            ? List.of()
            : ask(needed - run(looks, index), pause(unit.cadence().interval()), evidence));
  }

  /** Whether any probe that is heard holds an opinion. */
  public static boolean know(Unit unit, Setting setting) {
    Looks looks = unit.looks();
    for (int index = 0; index < looks.probes(); index++) {
      boolean knows = looks.mark(index) == HOLDS_UP || looks.mark(index) == HOLDS_DOWN;
      if (knows && setting.counts(looks.slot(index))) {
        return true;
      }
    }
    return false;
  }

  /** The opinion of a probe after its last looks. */
  private static int held(Looks looks, int index, boolean wasDown, int needed) {
    boolean first = looks.kept(index) == 1 && looks.mark(index) == 0;
    int held = first && wasDown ? DOUBTS : looks.mark(index);
    int run = run(looks, index);
    if (looks.fails(index)) {
      return run >= needed ? HOLDS_DOWN : held;
    }
    boolean recovering = held == HOLDS_DOWN || held == DOUBTS;
    return recovering && run < needed ? held : HOLDS_UP;
  }

  /** How many of the newest looks say the same. */
  private static int run(Looks looks, int index) {
    int run = 1;
    boolean failed = looks.fails(index);
    while (run < looks.kept(index) && LookCode.isFailed(looks.code(index, run)) == failed) {
      run++;
    }
    return run;
  }

  private static Unit judged(Unit unit, List<Failure> failures, Setting setting) {
    Looks looks = unit.looks();
    int down = 0;
    int up = 0;
    long from = Long.MAX_VALUE;
    for (int index = 0; index < looks.probes(); index++) {
      boolean heard = setting.counts(looks.slot(index));
      down += heard && looks.mark(index) == HOLDS_DOWN ? 1 : 0;
      up += heard && looks.mark(index) == HOLDS_UP ? 1 : 0;
      if (looks.mark(index) == HOLDS_DOWN) {
        from = Math.min(from, firstFailure(looks, index));
      }
    }
    if (down > up) {
      return unit.isFailing() ? continued(unit, failures) : opened(unit, from, failures, setting);
    }
    return unit.isFailing() && up == 0 ? unit : unit.with(Phase.CALM);
  }

  private static long firstFailure(Looks looks, int index) {
    int back = 0;
    while (back + 1 < looks.kept(index) && LookCode.isFailed(looks.code(index, back + 1))) {
      back++;
    }
    return looks.started(index, back);
  }

  private static Unit opened(Unit unit, long from, List<Failure> failures, Setting setting) {
    Round over = Round.of(1, setting.now(), setting.now(), List.of());
    return unit.with(
        new Phase.Failing(
            from,
            setting.now(),
            Label.of(Scope.UNCONFIRMED, SURE),
            Tally.NONE,
            0,
            over,
            setting.now(),
            failures));
  }

  private static Unit continued(Unit unit, List<Failure> failures) {
    return unit.phase() instanceof Phase.Failing failing
        ? unit.with(
            new Phase.Failing(
                failing.from(),
                failing.opened(),
                failing.label(),
                failing.tally(),
                failing.recovery(),
                failing.round(),
                failing.labelled(),
                failures))
        : unit;
  }

  /**
   * When to look again at once, where a change needs {@code more} looks to be confirmed. A look
   * that fails fast is followed by one; one that took longer than the pause (a timeout) by all.
   */
  private static List<Duration> ask(int more, Duration pause, Evidence evidence) {
    boolean slow = evidence.observation().duration().compareTo(pause) > 0;
    return IntStream.rangeClosed(1, slow ? Math.max(1, more) : 1)
        .mapToObj(pause::multipliedBy)
        .toList();
  }

  /** A sixth of the interval, from {@link #MIN_PAUSE} to {@link #MAX_PAUSE}. */
  public static Duration pause(Duration interval) {
    Duration part = interval.dividedBy(PART_OF_INTERVAL);
    if (part.compareTo(MIN_PAUSE) < 0) {
      return MIN_PAUSE;
    }
    return part.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : part;
  }
}
