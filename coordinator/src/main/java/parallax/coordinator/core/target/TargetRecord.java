package parallax.coordinator.core.target;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.check.CheckKind;
import parallax.config.target.TargetName;
import parallax.coordinator.core.unit.Phase;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.unit.UnitJudge;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.RouteDependency;
import parallax.coordinator.core.watch.Watched;

/**
 * All that is known of one target.
 *
 * @param units one for each kind of check, in causal order
 * @param learnt what checks found it stands on, beyond its configuration
 * @param since when the state of {@code ruling} began
 * @param lowerAsked when the layers below were asked last, to find the first domino
 * @param queued when this target is looked after even if nothing arrives
 * @param resumed what is on record and waits to be seen again, until {@code ruling} is the first
 *     one
 */
public record TargetRecord(
    Watched watched,
    List<Unit> units,
    Dependencies learnt,
    Ruling ruling,
    Instant since,
    Instant lowerAsked,
    Instant queued,
    Optional<Resumed> resumed) {

  /**
   * What another core held before this one took over.
   *
   * @param state not UNKNOWN: that is what is held anyway
   * @param since when it began
   */
  public record Resumed(TargetState state, Instant since) {}

  public static TargetRecord start(Watched watched, Instant since) {
    return new TargetRecord(
        watched,
        watched.checks().stream().map(Unit::start).toList(),
        Dependencies.NONE,
        Ruling.UNKNOWN,
        since,
        Instant.MIN,
        Instant.MAX,
        Optional.empty());
  }

  /** With what was held before; what is seen first tells whether it goes on. */
  public TargetRecord resuming(Resumed before) {
    return new TargetRecord(
        watched, units, learnt, ruling, since, lowerAsked, queued, Optional.of(before));
  }

  /** With what was held before taken for over. */
  public TargetRecord notResuming() {
    return new TargetRecord(
        watched, units, learnt, ruling, since, lowerAsked, queued, Optional.empty());
  }

  public TargetName name() {
    return watched.name();
  }

  /** The index of the unit of this kind; -1 when there is none. */
  public int indexOf(CheckKind check) {
    for (int index = 0; index < units.size(); index++) {
      if (units.get(index).cadence().check() == check) {
        return index;
      }
    }
    return -1;
  }

  /** The unit of this kind, if the target is looked at so. */
  public Optional<Unit> unit(CheckKind check) {
    int index = indexOf(check);
    return index < 0 ? Optional.empty() : Optional.of(units.get(index));
  }

  public TargetRecord with(int index, Unit unit) {
    List<Unit> changed = new ArrayList<>(units);
    changed.set(index, unit);
    return with(List.copyOf(changed));
  }

  private TargetRecord with(List<Unit> other) {
    return new TargetRecord(watched, other, learnt, ruling, since, lowerAsked, queued, resumed);
  }

  /**
   * With what was decided; a state begins when it differs from the one before, unless it is the one
   * that is resumed.
   */
  public TargetRecord with(Ruling other, Instant now) {
    Instant began = other.state() == ruling.state() ? since : began(other.state(), now);
    Optional<Resumed> left = other.state() == TargetState.UNKNOWN ? resumed : Optional.empty();
    return new TargetRecord(watched, units, learnt, other, began, lowerAsked, queued, left);
  }

  private Instant began(TargetState state, Instant now) {
    return resumed
        .filter(before -> before.state() == state && before.since().isBefore(now))
        .map(Resumed::since)
        .orElse(now);
  }

  public TargetRecord withLearnt(Dependencies other) {
    return new TargetRecord(watched, units, other, ruling, since, lowerAsked, queued, resumed);
  }

  public TargetRecord withLowerAsked(Instant now) {
    return new TargetRecord(watched, units, learnt, ruling, since, now, queued, resumed);
  }

  public TargetRecord withQueued(Instant when) {
    return new TargetRecord(watched, units, learnt, ruling, since, lowerAsked, when, resumed);
  }

  /** Under a changed configuration; what was seen by a check that is another one now is gone. */
  public TargetRecord under(Watched other) {
    boolean same = other.version() == watched.version();
    List<Unit> kept = new ArrayList<>(other.checks().size());
    for (Cadence cadence : other.checks()) {
      kept.add(
          unit(cadence.check())
              .filter(_ -> same)
              .map(unit -> unit.with(cadence))
              .orElseGet(() -> Unit.start(cadence)));
    }
    return new TargetRecord(
        other, List.copyOf(kept), learnt, ruling, since, lowerAsked, queued, resumed);
  }

  /** After the clock was set back: nothing was seen yet, and what fails does so from now on. */
  public TargetRecord setBack(Instant now) {
    List<Unit> forgetful = units.stream().map(unit -> unit.setBack(now)).toList();
    Instant began = since.isAfter(now) ? now : since;
    return new TargetRecord(
        watched, forgetful, learnt, ruling, began, Instant.MIN, queued, resumed);
  }

  /** Everything it is known to stand on. */
  public List<Dependency> dependencies() {
    if (learnt.shared().isEmpty()) {
      return watched.dependencies().shared();
    }
    List<Dependency> all = new ArrayList<>(watched.dependencies().shared());
    all.addAll(learnt.shared());
    return new Dependencies(all, List.of()).shared();
  }

  /** Every route that it is known to stand on: as configured, and as found. */
  public List<RouteDependency> routes() {
    List<RouteDependency> found = learnt.routes();
    List<RouteDependency> configured = watched.dependencies().routes();
    return found.isEmpty()
        ? configured
        : Stream.concat(configured.stream(), found.stream()).toList();
  }

  public boolean isFailing() {
    for (Unit unit : units) {
      if (unit.isFailing()) {
        return true;
      }
    }
    return false;
  }

  /** When the trouble began; empty when there is none. */
  public Optional<Instant> onset() {
    long first = Long.MAX_VALUE;
    for (Unit unit : units) {
      if (unit.phase() instanceof Phase.Failing failing) {
        first = Math.min(first, failing.from());
      }
    }
    return first == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(first));
  }

  /** When a unit wants to be looked after. */
  public Instant due() {
    Instant due = Instant.MAX;
    for (Unit unit : units) {
      Instant wanted = UnitJudge.due(unit);
      due = wanted.isBefore(due) ? wanted : due;
    }
    return due;
  }
}
