package parallax.browser;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.ProbeFrame;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Told;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.TargetView;

/** What twelve probes in four regions and three networks see. */
final class Looks {
  private static final Instant NOON = World.NOON;
  private static final List<String> REGIONS = List.of("frankfurt", "lima", "oslo", "tokyo");
  private static final int NETWORKS = 3;

  /** From one kept look of a probe to the next. */
  private static final Duration STEP = Duration.ofMinutes(15);

  private static final int STEPS = 96;

  private static final Why WHY =
      new Why(
          "http fails for 3 of 12 probes, 3 of 12 looks, all of them in the named regions",
          List.of(
              new Why.Explanation("regional", 0.98),
              new Why.Explanation("partial", 0.019),
              new Why.Explanation("nothing", 0.001)),
          List.of(
              new Why.Share("region:frankfurt", 0, 3),
              new Why.Share("region:lima", 0, 3),
              new Why.Share("region:oslo", 0, 3),
              new Why.Share("region:tokyo", 3, 3)),
          List.of(new Why.Rival("asn:64500", 2, 3, 3.5), new Why.Rival("cdn:fastly", 2, 9, 1.25)),
          List.of("failures in other regions too would make it partial or global"));

  private Looks() {}

  /** What two of the targets have in common, as it was decided. */
  static Incident incident() {
    Incident known = Told.shared();
    return new Incident(
        known.id(),
        known.subject(),
        known.targets(),
        known.scope(),
        known.regions(),
        known.cause(),
        NOON.minusSeconds(125),
        NOON.minusSeconds(120),
        Optional.of(NOON.minusSeconds(110)),
        Optional.empty(),
        0,
        Judged.votes(
            vantages().stream()
                .filter(Looks::isTokyo)
                .map(
                    from ->
                        look(
                            from,
                            "shop",
                            CheckKind.HTTP,
                            World.outcome(TargetState.DOWN),
                            NOON.minusSeconds(10)))
                .toList()),
        known.well(),
        WHY);
  }

  /** Something of some hours ago. */
  static Incident past() {
    Incident known = Told.over();
    Instant onset = NOON.minus(Duration.ofHours(9));
    return new Incident(
        known.id(),
        known.subject(),
        known.targets(),
        known.scope(),
        known.regions(),
        known.cause(),
        onset,
        onset.plusSeconds(5),
        Optional.of(onset.plusSeconds(20)),
        Optional.of(onset.plus(Duration.ofHours(1))),
        0,
        known.votes(),
        known.well(),
        known.why());
  }

  private static List<Vantage> vantages() {
    List<Vantage> vantages = new ArrayList<>();
    for (String region : REGIONS) {
      for (int network = 0; network < NETWORKS; network++) {
        vantages.add(
            new Vantage(
                new ProbeName(region + "-" + network),
                new Region(region),
                Optional.of(64_500L + network)));
      }
    }
    return vantages;
  }

  private static boolean isTokyo(Vantage from) {
    return from.region().value().equals("tokyo");
  }

  /** A target as they see it now; what is wrong with it is so from one region. */
  static TargetView view(Target target, TargetState state) {
    String name = target.name().value();
    List<Evidence> looks = new ArrayList<>();
    boolean few = name.startsWith("site-");
    for (Vantage from : vantages()) {
      boolean well = !isTokyo(from) && state != TargetState.UNKNOWN;
      Outcome outcome = well ? Outcome.up() : World.outcome(state);
      looks.add(look(from, name, CheckKind.HTTP, outcome, NOON.minusSeconds(10)));
      if (!few && state != TargetState.UNKNOWN) {
        looks.add(look(from, name, CheckKind.DNS, Outcome.up(), NOON.minusSeconds(20)));
      }
    }
    return new TargetView(
        target,
        verdict(target.name(), state, looks),
        looks,
        World.history(state),
        Optional.of(Examples.EXPIRY));
  }

  /** What is held of a target that looks so. */
  static Verdict verdict(TargetName name, TargetState state, List<Evidence> looks) {
    return switch (state) {
      case UP, UNKNOWN -> Examples.verdict(name.value(), state, NOON.minusSeconds(120));
      case DEGRADED -> Told.blocked(name.value());
      case DOWN ->
          new Verdict(
              name,
              state,
              Optional.of(Scope.REGIONAL),
              List.of(new Region("tokyo")),
              Optional.of(Told.shared().cause()),
              NOON.minusSeconds(120),
              0.98,
              Judged.votes(looks),
              WHY);
    };
  }

  /** What is kept of a day. */
  static List<Evidence> ofADay(String target) {
    List<Evidence> looks = new ArrayList<>();
    for (int step = STEPS; step > 0; step--) {
      Instant at = NOON.minus(STEP.multipliedBy(step)).plusSeconds(60);
      boolean bad = step < 2 || (step > 33 && step < 36);
      for (Vantage from : vantages()) {
        boolean hit = bad && isTokyo(from);
        looks.add(look(from, target, CheckKind.HTTP, hit ? Told.SLOW : Outcome.up(), at));
      }
    }
    for (Vantage from : vantages()) {
      boolean hit = isTokyo(from);
      Outcome now = hit ? World.outcome(TargetState.DOWN) : Outcome.up();
      looks.add(look(from, target, CheckKind.HTTP, now, NOON.minusSeconds(30)));
    }
    return looks;
  }

  private static Evidence look(
      Vantage from, String target, CheckKind check, Outcome outcome, Instant at) {
    Observation plain = Examples.observation(from, target, check, outcome, at);
    // Further away is slower, and no two moments are the same.
    long far = 8L * (1 + REGIONS.indexOf(from.region().value()));
    long swing = Math.floorMod(at.getEpochSecond() / 60 * 7 + target.hashCode(), 23);
    Timings timings =
        check == CheckKind.DNS
            ? Timings.NONE.plus(Phase.FIRST_BYTE, Duration.ofMillis(far + swing))
            : Timings.NONE
                .plus(Phase.RESOLVE, Duration.ofMillis(2 + swing))
                .plus(Phase.CONNECT, Duration.ofMillis(far))
                .plus(Phase.TLS, Duration.ofMillis(2 * far))
                .plus(Phase.FIRST_BYTE, Duration.ofMillis(far + 3 * swing))
                .plus(Phase.TRANSFER, Duration.ofMillis(5));
    Observation seen =
        new Observation(
            plain.id(),
            plain.vantage(),
            plain.target(),
            plain.check(),
            plain.layer(),
            plain.scheduled(),
            plain.started(),
            timings.total(),
            plain.outcome(),
            timings,
            facts(plain));
    return new Evidence(seen, at.plusMillis(200));
  }

  private static Facts facts(Observation plain) {
    return plain.check() == CheckKind.DNS
        ? Facts.NONE.withAnswers(List.of("192.0.2.80")).withRoutes(routes())
        : plain.facts().withAddress("192.0.2.80");
  }

  private static List<Facts.RouteSeen> routes() {
    return List.of(
        new Facts.RouteSeen(
            "192.0.2.0/24",
            List.of(64_500L),
            Facts.RouteRole.SERVERS,
            List.of("192.0.2.80"),
            Optional.of(
                new Facts.RouteSight(
                    "PARTIAL",
                    41,
                    120,
                    Optional.of(64_500L),
                    Optional.of("192.0.0.0/16"),
                    NOON.minusSeconds(200),
                    Optional.of(NOON.minusSeconds(260))))));
  }

  /** The probes themselves, one of which was not heard for long. */
  static List<ProbeView> probes() {
    List<ProbeView> views = new ArrayList<>();
    for (Vantage from : vantages()) {
      boolean silent = from.probe().value().equals("lima-1");
      Instant heard = NOON.minusSeconds(silent ? 900 : 2);
      ProbeView.Newest newest = new ProbeView.Newest(1, 16, heard.minusMillis(1_500), heard);
      views.add(new ProbeView(from, heard, Optional.of(newest), 12_345, 17, 38, 2));
    }
    return views;
  }

  /** How the coordinator is told by them. */
  static List<ProbeConnection> connections() {
    List<ProbeConnection> connections = new ArrayList<>();
    for (Vantage from : vantages()) {
      String name = from.probe().value();
      connections.add(
          switch (name) {
            case "tokyo-1" -> Examples.connection(name, ProbeConnection.State.HELD_BACK);
            case "lima-1" -> well(from).gone();
            default -> well(from);
          });
    }
    return connections;
  }

  private static ProbeConnection well(Vantage from) {
    int number = vantages().indexOf(from);
    return new ProbeConnection(
        from,
        NOON.minusSeconds(3_600).toEpochMilli(),
        Optional.of("192.0.2." + (10 + number)),
        Optional.of("3f1c9a2" + Integer.toHexString(number)),
        "c" + (1 + number % 2),
        NOON.minusSeconds(3_590),
        "Parallax/1.2.3",
        Optional.of(0xabc123L),
        List.of(),
        Optional.of(
            new ProbeConnection.Clock(Duration.ofMillis(3L * number - 10), Duration.ofMillis(40))),
        Optional.of(new ProbeFrame.Spooled(0, 0)),
        new TreeMap<>(),
        NOON.minusSeconds(1),
        ProbeConnection.State.OPEN);
  }
}
