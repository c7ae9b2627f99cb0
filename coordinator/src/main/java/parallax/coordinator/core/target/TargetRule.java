package parallax.coordinator.core.target;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Layer;
import parallax.config.target.Region;
import parallax.coordinator.core.evidence.LookCode;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.unit.Label;
import parallax.coordinator.core.unit.Phase;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Routes;

/**
 * From the units of a target to what is held of it. Users' units decide; the others, which see what
 * users will meet when caches have expired, make it a partial outage as long as users are fine.
 */
public final class TargetRule {
  /** The shortest time for which a look says how a target is. */
  private static final Duration LEAST_WINDOW = Duration.ofSeconds(10);

  private TargetRule() {}

  /** What the units say. */
  public static Ruling judge(TargetRecord record, Fleet fleet, Routes routes, Instant now) {
    Optional<Label> label = label(record);
    if (label.isPresent()) {
      Scope scope = label.get().scope();
      TargetState state =
          scope == Scope.GLOBAL || scope == Scope.UNCONFIRMED
              ? TargetState.DOWN
              : TargetState.DEGRADED;
      List<Region> regions = label.get().regions();
      return new Ruling(
          state,
          Optional.of(scope),
          regions,
          Domino.of(record, fleet, routes),
          label.get().probability());
    }
    return calm(record, fleet, now);
  }

  /** For whom the target fails; empty when it does not. */
  private static Optional<Label> label(TargetRecord record) {
    Optional<Label> users = widest(record, true);
    boolean usersLook =
        record.units().stream().anyMatch(unit -> Kinds.isUsers(unit.cadence().check()));
    Optional<Label> lower =
        widest(record, false)
            .map(
                label ->
                    usersLook && label.scope() == Scope.GLOBAL
                        ? new Label(Scope.PARTIAL, List.of(), label.probability())
                        : label);
    boolean wider =
        users.isEmpty()
            || (lower.isPresent() && width(lower.get().scope()) > width(users.get().scope()));
    return wider ? lower : users;
  }

  private static Optional<Label> widest(TargetRecord record, boolean users) {
    Optional<Label> widest = Optional.empty();
    for (Unit unit : record.units()) {
      if (Kinds.isUsers(unit.cadence().check()) == users
          && unit.phase() instanceof Phase.Failing failing) {
        boolean wider =
            widest.isEmpty() || width(failing.label().scope()) > width(widest.get().scope());
        widest = wider ? Optional.of(failing.label()) : widest;
      }
    }
    return widest;
  }

  private static int width(Scope scope) {
    return switch (scope) {
      case GLOBAL -> 5;
      case UNCONFIRMED -> 4;
      case PARTIAL -> 3;
      case REGIONAL -> 2;
      case NETWORK -> 1;
      case PROBE_LOCAL -> 0;
    };
  }

  private static Ruling calm(TargetRecord record, Fleet fleet, Instant now) {
    boolean wasNotable = record.ruling().state() == TargetState.DEGRADED;
    boolean notable = false;
    for (Unit unit : record.units()) {
      boolean users = Kinds.isUsers(unit.cadence().check());
      if (users && !isFresh(unit, now)) {
        return Ruling.UNKNOWN;
      }
      notable |= isNotable(unit, fleet, wasNotable);
    }
    return new Ruling(
        notable ? TargetState.DEGRADED : TargetState.UP,
        notable ? Optional.of(Scope.UNCONFIRMED) : Optional.empty(),
        List.of(),
        Optional.empty(),
        0.99);
  }

  /** When the last look stops telling how a unit is. */
  public static Instant fades(Unit unit) {
    return Instant.ofEpochMilli(unit.looks().newest() + window(unit.cadence()));
  }

  /** In milliseconds: one look may get lost and the next may run into its timeout. */
  private static long window(Cadence cadence) {
    long usual = cadence.interval().toMillis() * 5 / 2 + cadence.timeout().toMillis();
    return Math.max(usual, LEAST_WINDOW.toMillis());
  }

  private static boolean isFresh(Unit unit, Instant now) {
    return now.isBefore(fades(unit));
  }

  /** Whether most probes see, twice in a row, that something is not as it should be. */
  private static boolean isNotable(Unit unit, Fleet fleet, boolean already) {
    Looks looks = unit.looks();
    int looking = 0;
    int seeing = 0;
    for (int index = 0; index < looks.probes(); index++) {
      if (fleet.probe(looks.slot(index)).sick().isEmpty()) {
        boolean last = isNotable(looks.code(index, 0));
        boolean before = isNotable(looks.code(index, 1));
        looking++;
        seeing += (already ? last || before : last && before) ? 1 : 0;
      }
    }
    return 2 * seeing > looking;
  }

  private static boolean isNotable(int code) {
    return LookCode.isNotable(code) && !LookCode.layer(code).breaks(Layer.DNS_AUTH);
  }
}
