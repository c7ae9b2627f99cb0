package parallax.coordinator.core.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.target.Target;

/**
 * The units of a target, one for each kind of check, and how many probes hold what of each: what
 * {@link VerdictRule} decides by.
 */
record Units(List<Unit> units) {
  /**
   * A unit of decision.
   *
   * @param probes those that know how it is
   * @param down those that hold it DOWN
   * @param degraded those that hold it DEGRADED
   */
  record Unit(CheckKind check, int probes, int down, int degraded) {
    /** By majority of the probes that know. */
    TargetState state() {
      if (probes == 0) {
        return TargetState.UNKNOWN;
      }
      if (2 * down > probes) {
        return TargetState.DOWN;
      }
      return down + degraded > 0 ? TargetState.DEGRADED : TargetState.UP;
    }

    /** Whether more than half of the probes that know see trouble. */
    boolean isForMost() {
      return 2 * (down + degraded) > probes;
    }
  }

  static Units of(Target target, Courses courses) {
    List<CheckSpec> checks = target.checks();
    List<Unit> units = new ArrayList<>(checks.size());
    for (CheckSpec check : checks) {
      units.add(count(check.kind(), courses));
    }
    return new Units(units);
  }

  private static Unit count(CheckKind check, Courses courses) {
    int probes = 0;
    int down = 0;
    int degraded = 0;
    for (Courses.Entry entry : courses.entries()) {
      if (entry.check() == check && entry.now().held().isKnown()) {
        probes++;
        switch (entry.now().held()) {
          case DOWN -> down++;
          case DEGRADED -> degraded++;
          case UP, DOUBTED, UNSEEN -> {}
        }
      }
    }
    return new Unit(check, probes, down, degraded);
  }

  /**
   * The worst of the units; but to be UP or DEGRADED all of them must be known, for a target of
   * which one part cannot be seen may be down.
   */
  TargetState state() {
    if (any(TargetState.DOWN)) {
      return TargetState.DOWN;
    }
    if (units.isEmpty() || any(TargetState.UNKNOWN)) {
      return TargetState.UNKNOWN;
    }
    return any(TargetState.DEGRADED) ? TargetState.DEGRADED : TargetState.UP;
  }

  private boolean any(TargetState state) {
    for (Unit unit : units) {
      if (unit.state() == state) {
        return true;
      }
    }
    return false;
  }

  /** For whom the target is in trouble, as far as votes of equal weight can tell. */
  Optional<Scope> scope() {
    TargetState state = state();
    boolean most = units.stream().anyMatch(unit -> unit.state() == state && unit.isForMost());
    return switch (state) {
      case DOWN -> Optional.of(Scope.UNCONFIRMED);
      case DEGRADED -> Optional.of(most ? Scope.UNCONFIRMED : Scope.PARTIAL);
      case UP, UNKNOWN -> Optional.empty();
    };
  }

  /** The unit of this kind, if the target has one. */
  Optional<Unit> unit(CheckKind check) {
    for (Unit unit : units) {
      if (unit.check() == check) {
        return Optional.of(unit);
      }
    }
    return Optional.empty();
  }
}
