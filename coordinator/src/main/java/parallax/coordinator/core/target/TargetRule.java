package parallax.coordinator.core.target;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.target.Region;
import parallax.coordinator.core.evidence.LookCode;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.fleet.Probe;
import parallax.coordinator.core.unit.FewVantages;
import parallax.coordinator.core.unit.Label;
import parallax.coordinator.core.unit.Phase;
import parallax.coordinator.core.unit.Setting;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.verdict.Cause;
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

  private static final double CONFIDENCE = 0.99;

  /** What a single region sees is never global. */
  private static final int LEAST_REGIONS = 2;

  /** What one probe of a region sees may be its own trouble. */
  private static final int LEAST_IN_REGION = 2;

  /** By the rule of succession, three looks of three. */
  private static final double CONFIDENCE_OF_FEW = 0.8;

  private TargetRule() {}

  /** What the units say. */
  public static Ruling judge(TargetRecord record, Setting setting, Routes routes, boolean isFew) {
    Optional<Label> label = label(record, setting);
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
          Domino.of(record, setting.fleet(), routes),
          label.get().probability());
    }
    boolean isUnseen =
        record.units().stream()
            .anyMatch(unit -> Kinds.isUsers(unit.cadence().check()) && unit.isFailing());
    return isUnseen ? Ruling.UNKNOWN : calm(record, setting, isFew);
  }

  /** Whether what a unit was labelled with still rests on what is seen. */
  private static boolean isSeen(Unit unit, Phase.Failing failing, Setting setting) {
    int least = failing.label().scope() == Scope.GLOBAL ? LEAST_REGIONS : 1;
    return setting.regionsSeeing(unit) >= least;
  }

  /** For whom the target fails; empty when it does not. */
  private static Optional<Label> label(TargetRecord record, Setting setting) {
    Optional<Label> users = widest(record, true, setting);
    boolean usersLook =
        record.units().stream().anyMatch(unit -> Kinds.isUsers(unit.cadence().check()));
    Optional<Label> lower =
        widest(record, false, setting)
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

  private static Optional<Label> widest(TargetRecord record, boolean users, Setting setting) {
    Optional<Label> widest = Optional.empty();
    for (Unit unit : record.units()) {
      if (Kinds.isUsers(unit.cadence().check()) == users
          && unit.phase() instanceof Phase.Failing failing
          && isSeen(unit, failing, setting)) {
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

  private static Ruling calm(TargetRecord record, Setting setting, boolean isFew) {
    boolean wasNotable = record.ruling().state() == TargetState.DEGRADED;
    Optional<Unit> notable = Optional.empty();
    for (Unit unit : record.units()) {
      boolean users = Kinds.isUsers(unit.cadence().check());
      boolean known = isFresh(unit, setting.now()) && (!isFew || FewVantages.know(unit, setting));
      if (users && !known) {
        return new Ruling(
            TargetState.UNKNOWN, Optional.empty(), List.of(), ofProbe(unit, setting), 0);
      }
      if (notable.isEmpty() && isNotable(unit, setting, wasNotable)) {
        notable = Optional.of(unit);
      }
    }
    return notable
        .map(unit -> degraded(record, unit, setting, isFew))
        .or(() -> inSomeRegions(record, setting, wasNotable))
        .orElseGet(
            () ->
                new Ruling(
                    TargetState.UP,
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    isFew ? CONFIDENCE_OF_FEW : CONFIDENCE));
  }

  /** Why nothing can be told: the newest trouble of a probe's own, while it is fresh. */
  private static Optional<Cause> ofProbe(Unit unit, Setting setting) {
    Duration window = Duration.ofMillis(window(unit.cadence()));
    return unit.vague()
        .filter(vague -> setting.now().isBefore(vague.received().plus(window)))
        .flatMap(
            vague ->
                vague
                    .observation()
                    .outcome()
                    .why()
                    .map(
                        finding ->
                            new Cause(
                                Optional.of(vague.observation().layer()),
                                finding,
                                "probe:" + vague.observation().vantage().probe())));
  }

  /** What most probes of a region see, though it may be the only one. */
  private static Optional<Ruling> inSomeRegions(
      TargetRecord record, Setting setting, boolean already) {
    for (Unit unit : record.units()) {
      List<Region> regions = notableIn(unit, setting, already);
      if (!regions.isEmpty()) {
        Ruling all = degraded(record, unit, setting, false);
        return Optional.of(
            new Ruling(
                all.state(), Optional.of(Scope.REGIONAL), regions, all.cause(), all.probability()));
      }
    }
    return Optional.empty();
  }

  /** The regions, sorted, in which most probes, and more than one, see something twice in a row. */
  private static List<Region> notableIn(Unit unit, Setting setting, boolean already) {
    List<Region> looking = new ArrayList<>();
    List<Region> seeing = new ArrayList<>();
    for (int index = 0; index < unit.looks().probes(); index++) {
      if (tells(unit, index, setting)) {
        Region region = setting.fleet().probe(unit.looks().slot(index)).vantage().region();
        looking.add(region);
        if (sees(unit.looks(), index, already)) {
          seeing.add(region);
        }
      }
    }
    return seeing.stream()
        .distinct()
        .sorted()
        .filter(
            region -> {
              int count = Collections.frequency(seeing, region);
              return count >= LEAST_IN_REGION && 2 * count > Collections.frequency(looking, region);
            })
        .toList();
  }

  private static boolean sees(Looks looks, int index, boolean already) {
    boolean last = isNotable(looks.code(index, 0));
    boolean before = isNotable(looks.code(index, 1));
    return already ? last || before : last && before;
  }

  private static Ruling degraded(TargetRecord record, Unit unit, Setting setting, boolean isFew) {
    Looks looks = unit.looks();
    int code = 0;
    for (int index = 0; index < looks.probes(); index++) {
      code = LookCode.isNotable(looks.code(index, 0)) ? looks.code(index, 0) : code;
    }
    int seen = code;
    Optional<Cause> cause =
        LookCode.reason(seen)
            .map(
                reason ->
                    new Cause(
                        Optional.of(LookCode.layer(seen)),
                        noted(unit, reason),
                        "target:" + record.name()));
    return new Ruling(
        TargetState.DEGRADED,
        Optional.of(isFew ? Scope.UNCONFIRMED : scope(unit, setting)),
        List.of(),
        cause.or(() -> record.ruling().cause()),
        isFew ? CONFIDENCE_OF_FEW : CONFIDENCE);
  }

  /** What one region, or one pair of probes, sees is not for everybody. */
  private static Scope scope(Unit unit, Setting setting) {
    Looks looks = unit.looks();
    List<Probe> seeing = new ArrayList<>();
    for (int index = 0; index < looks.probes(); index++) {
      boolean notable = isNotable(looks.code(index, 0)) || isNotable(looks.code(index, 1));
      if (notable && tells(unit, index, setting) && setting.counts(looks.slot(index))) {
        seeing.add(setting.fleet().probe(looks.slot(index)));
      }
    }
    return FewVantages.are(seeing) ? Scope.PARTIAL : Scope.GLOBAL;
  }

  /** The finding with the words of the look that was kept for it. */
  private static Finding noted(Unit unit, Reason reason) {
    return unit.vague()
        .flatMap(noted -> noted.observation().outcome().why())
        .filter(finding -> finding.reason() == reason)
        .orElse(Finding.of(reason));
  }

  /** When the last look stops telling how a unit is. */
  public static Instant fades(Unit unit) {
    return Instant.ofEpochMilli(unit.looks().newest() + window(unit.cadence()));
  }

  /** For how long the last looks of users' checks tell how a target is. */
  public static Duration window(TargetRecord record) {
    long longest = LEAST_WINDOW.toMillis();
    for (Unit unit : record.units()) {
      boolean users = Kinds.isUsers(unit.cadence().check());
      longest = users ? Math.max(longest, window(unit.cadence())) : longest;
    }
    return Duration.ofMillis(longest);
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
  private static boolean isNotable(Unit unit, Setting setting, boolean already) {
    Looks looks = unit.looks();
    int looking = 0;
    int seeing = 0;
    for (int index = 0; index < looks.probes(); index++) {
      if (tells(unit, index, setting)) {
        looking++;
        seeing += sees(looks, index, already) ? 1 : 0;
      }
    }
    return 2 * seeing > looking;
  }

  /** Whether a probe is believed and has looked lately. */
  private static boolean tells(Unit unit, int index, Setting setting) {
    Looks looks = unit.looks();
    long fades = looks.ended(index, 0) + window(unit.cadence());
    return setting.fleet().probe(looks.slot(index)).sick().isEmpty()
        && setting.now().toEpochMilli() < fades;
  }

  private static boolean isNotable(int code) {
    return LookCode.isNotable(code) && !LookCode.layer(code).breaks(Layer.DNS_AUTH);
  }
}
