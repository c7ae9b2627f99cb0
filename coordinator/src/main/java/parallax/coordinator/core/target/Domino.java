package parallax.coordinator.core.target;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.coordinator.core.evidence.Failure;
import parallax.coordinator.core.evidence.LookCode;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.unit.Phase;
import parallax.coordinator.core.unit.Unit;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.RouteDependency;
import parallax.coordinator.core.watch.Routes;

/**
 * The first domino: where users fail, and the lowest layer that is bad and can explain it. Once a
 * lower layer was found it is kept, for what broke first does not change while it lasts; between
 * the layers at which users meet the service the cause follows what is seen.
 */
final class Domino {
  /** A layer is bad when so many of the fresh looks at it fail. */
  private static final double BAD = 0.6;

  /** The same for the domain's own name servers, of which some may answer. */
  private static final double NAME_SERVERS_BAD = 0.5;

  /** Of so many probes at least, or of all, where fewer look. */
  private static final int LEAST_LOOKS = 2;

  /** Looks at lower layers from so long before the trouble count, as a part of their interval. */
  private static final long BEFORE_MILLIS = 30_000;

  /** Routes are lost within minutes of what breaks with them, and told of a little later. */
  private static final long ROUTES_AFTER_MILLIS = 300_000;

  /** More routes, or addresses of one, are not named. */
  private static final int MAX_NAMED = 4;

  private final TargetRecord record;
  private final Fleet fleet;
  private final Routes routes;
  private final long from;

  private Domino(TargetRecord record, Fleet fleet, Routes routes, long from) {
    this.record = record;
    this.fleet = fleet;
    this.routes = routes;
    this.from = from;
  }

  /** The cause of the trouble of a target that fails; empty when it does not. */
  static Optional<Cause> of(TargetRecord record, Fleet fleet, Routes routes) {
    return record
        .onset()
        .flatMap(
            onset -> {
              long from = onset.toEpochMilli() - BEFORE_MILLIS;
              Domino domino = new Domino(record, fleet, routes, from);
              return domino.stage().map(domino::first).map(found -> kept(record, found));
            });
  }

  private static Cause kept(TargetRecord record, Cause found) {
    Optional<Cause> before = record.ruling().cause();
    boolean deeper =
        before.isPresent()
            && before.get().layer().isPresent()
            && found.layer().isPresent()
            && before.get().layer().get().breaks(found.layer().get())
            && before.get().layer().get().breaks(Layer.DNS);
    return deeper ? before.get() : found;
  }

  /** Where users fail, or the lowest unit that fails when they do not yet. */
  private Optional<Cause> stage() {
    return record.units().stream()
        .filter(Unit::isFailing)
        .filter(unit -> Kinds.isUsers(unit.cadence().check()))
        .findFirst()
        .or(() -> record.units().stream().filter(Unit::isFailing).findFirst())
        .map(this::seen);
  }

  /** The layer and reason that most of the failing looks of a unit tell. */
  private Cause seen(Unit unit) {
    int code = mostFrequent(unit);
    Layer layer = LookCode.layer(code);
    Reason reason = LookCode.reason(code).orElse(Reason.PROBE_FAILS_EVERYWHERE);
    return new Cause(Optional.of(layer), finding(unit, reason), target());
  }

  private int mostFrequent(Unit unit) {
    Looks looks = unit.looks();
    int[] codes = new int[looks.probes() * Looks.KEPT];
    int found = 0;
    for (int index = 0; index < looks.probes(); index++) {
      for (int back = 0; back < looks.kept(index); back++) {
        int code = looks.code(index, back);
        boolean counts =
            LookCode.isFailed(code)
                && looks.started(index, back) >= from
                && fleet.probe(looks.slot(index)).sick().isEmpty();
        if (counts) {
          codes[found++] = code;
        }
      }
    }
    Arrays.sort(codes, 0, found);
    int best = 0;
    int most = 0;
    for (int at = 0; at < found; ) {
      int next = at;
      while (next < found && codes[next] == codes[at]) {
        next++;
      }
      if (next - at > most) {
        most = next - at;
        best = codes[at];
      }
      at = next;
    }
    return best == 0 ? lastFailure(unit) : best;
  }

  private static int lastFailure(Unit unit) {
    List<Failure> failures =
        unit.phase() instanceof Phase.Failing failing ? failing.failures() : List.of();
    return failures.isEmpty()
        ? 0
        : LookCode.of(failures.getLast().outcome(), failures.getLast().layer());
  }

  private static Finding finding(Unit unit, Reason reason) {
    List<Failure> failures =
        switch (unit.phase()) {
          case Phase.Calm _ -> List.of();
          case Phase.Suspected suspected -> suspected.failures();
          case Phase.Failing failing -> failing.failures();
        };
    return failures.reversed().stream()
        .flatMap(failure -> failure.outcome().why().stream())
        .filter(why -> why.reason() == reason)
        .findFirst()
        .or(() -> told(unit, reason))
        .orElseGet(() -> Finding.of(reason));
  }

  /** In the words of the look that is kept of a unit that is not held to fail yet. */
  private static Optional<Finding> told(Unit unit, Reason reason) {
    return unit.vague()
        .flatMap(kept -> kept.observation().outcome().why())
        .filter(why -> why.reason() == reason);
  }

  /** The lowest bad layer that explains where users fail. */
  private Cause first(Cause stage) {
    Layer layer = stage.layer().orElse(Layer.CONTENT);
    return registration(layer)
        .or(() -> delegation(layer))
        .or(() -> routes(layer))
        .or(() -> nameServers(layer))
        .orElse(stage);
  }

  private Optional<Cause> registration(Layer stage) {
    boolean explains =
        switch (stage) {
          case DELEGATION, DNS_AUTH, DNS, TLS, CONTENT -> true;
          case REGISTRATION, BGP, TCP, HTTP -> false;
        };
    return explains
        ? bad(CheckKind.REGISTRATION, BAD).map(cause -> held(cause))
        : stage == Layer.REGISTRATION
            ? bad(CheckKind.REGISTRATION, BAD).map(this::held)
            : Optional.empty();
  }

  private Cause held(Cause cause) {
    Optional<String> culprit =
        switch (cause.finding().reason()) {
          case REGISTRATION_CLIENT_HOLD -> named(DependencyKind.REGISTRAR);
          case REGISTRATION_SERVER_HOLD, REGISTRATION_SUSPENDED -> named(DependencyKind.REGISTRY);
          default -> Optional.empty();
        };
    return new Cause(cause.layer(), explained(cause.finding()), culprit.orElseGet(this::target));
  }

  /** While no look of its own is kept, in the words of those that missed the delegation. */
  private Finding explained(Finding finding) {
    return finding.detail().isEmpty()
        ? record.units().stream()
            .map(unit -> finding(unit, Reason.DELEGATION_ABSENT).detail())
            .filter(words -> !words.isEmpty())
            .findFirst()
            .map(words -> new Finding(finding.reason(), words))
            .orElse(finding)
        : finding;
  }

  private Optional<Cause> delegation(Layer stage) {
    return switch (stage) {
      case DNS_AUTH, DNS -> bad(CheckKind.DELEGATION, BAD);
      case TLS, CONTENT -> bad(CheckKind.DELEGATION, BAD).or(this::changedDelegation);
      case REGISTRATION, DELEGATION, BGP, TCP, HTTP -> Optional.empty();
    };
  }

  private Optional<Cause> changedDelegation() {
    return record
        .unit(CheckKind.DELEGATION)
        .filter(unit -> share(unit, Reason.DELEGATION_CHANGED) >= BAD)
        .map(
            _ ->
                new Cause(
                    Optional.of(Layer.DELEGATION),
                    Finding.of(Reason.DELEGATION_CHANGED),
                    target()));
  }

  private Optional<Cause> routes(Layer stage) {
    return switch (stage) {
      case DNS, DNS_AUTH ->
          withdrawn(RouteDependency.Role.NAME_SERVERS)
              .or(() -> foreign(RouteDependency.Role.NAME_SERVERS));
      case TCP, HTTP ->
          withdrawn(RouteDependency.Role.SERVERS).or(() -> foreign(RouteDependency.Role.SERVERS));
      case TLS, CONTENT ->
          foreign(RouteDependency.Role.SERVERS)
              .or(() -> foreign(RouteDependency.Role.NAME_SERVERS));
      case REGISTRATION, DELEGATION, BGP -> Optional.empty();
    };
  }

  /** All routes of a role are gone, and began to go in time to have been the first. */
  private Optional<Cause> withdrawn(RouteDependency.Role role) {
    List<RouteDependency> all = routesOf(role);
    boolean gone =
        !all.isEmpty()
            && all.stream()
                .allMatch(route -> routes.withdrawnSince(route).filter(this::inTime).isPresent());
    return gone
        ? Optional.of(
            new Cause(
                Optional.of(Layer.BGP),
                new Finding(Reason.ROUTE_WITHDRAWN, words(all)),
                culprit(all)))
        : Optional.empty();
  }

  /** A route of a role is announced by somebody else. */
  private Optional<Cause> foreign(RouteDependency.Role role) {
    for (RouteDependency route : routesOf(role)) {
      Optional<Routes.Foreign> foreign =
          routes.foreign(route).filter(found -> inTime(found.since()));
      if (foreign.isPresent()) {
        String words = words(route) + " by AS" + foreign.get().origin();
        return Optional.of(
            new Cause(
                Optional.of(Layer.BGP),
                new Finding(Reason.ROUTE_FOREIGN_ORIGIN, words),
                "prefix:" + route.prefix()));
      }
    }
    return Optional.empty();
  }

  /** Routes that changed long after the trouble began did not begin it. */
  private boolean inTime(Instant since) {
    return since.toEpochMilli() <= from + BEFORE_MILLIS + ROUTES_AFTER_MILLIS;
  }

  /** The network that should announce them, the first one where there are several. */
  private static String culprit(List<RouteDependency> all) {
    return all.stream()
        .flatMap(route -> route.origins().stream())
        .findFirst()
        .map(origin -> "asn:" + origin)
        .orElseGet(() -> "prefix:" + all.getFirst().prefix());
  }

  private static String words(List<RouteDependency> routes) {
    return String.join(", ", routes.stream().map(Domino::words).limit(MAX_NAMED).toList());
  }

  private static String words(RouteDependency route) {
    return route.addresses().isEmpty()
        ? route.prefix()
        : route.prefix()
            + " ("
            + String.join(", ", route.addresses().stream().limit(MAX_NAMED).toList())
            + ")";
  }

  private List<RouteDependency> routesOf(RouteDependency.Role role) {
    return record.routes().stream().filter(route -> route.role() == role).toList();
  }

  private Optional<Cause> nameServers(Layer stage) {
    return switch (stage) {
      case DNS, TLS, HTTP, CONTENT -> bad(CheckKind.DNS_AUTH, NAME_SERVERS_BAD);
      case REGISTRATION, DELEGATION, BGP, DNS_AUTH, TCP -> Optional.empty();
    };
  }

  private Optional<Cause> bad(CheckKind check, double limit) {
    return record.unit(check).filter(unit -> shareFailed(unit) >= limit).map(this::seen);
  }

  private double shareFailed(Unit unit) {
    return share(unit, (looks, index) -> looks.fails(index));
  }

  private double share(Unit unit, Reason reason) {
    return share(
        unit, (looks, index) -> LookCode.reason(looks.code(index, 0)).equals(Optional.of(reason)));
  }

  private interface Says {
    boolean bad(Looks looks, int index);
  }

  /** The share of the newest fresh looks that say so; 0 when there are too few. */
  private double share(Unit unit, Says says) {
    Looks looks = unit.looks();
    int fresh = 0;
    int bad = 0;
    for (int index = 0; index < looks.probes(); index++) {
      boolean counts =
          looks.started(index, 0) >= from && fleet.probe(looks.slot(index)).sick().isEmpty();
      fresh += counts ? 1 : 0;
      bad += counts && says.bad(looks, index) ? 1 : 0;
    }
    boolean tooFew = fresh == 0 || fresh < Math.min(LEAST_LOOKS, looks.probes());
    return tooFew ? 0 : (double) bad / fresh;
  }

  private Optional<String> named(DependencyKind kind) {
    return record.dependencies().stream()
        .filter(dependency -> dependency.kind() == kind)
        .findFirst()
        .map(Dependency::toString);
  }

  private String target() {
    return "target:" + record.name();
  }
}
