package parallax.coordinator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.status.edition.Edition;
import parallax.coordinator.status.edition.Leaf;
import parallax.coordinator.status.edition.Leaf.Kind;
import parallax.coordinator.status.model.Ledger;
import parallax.coordinator.status.model.ServiceView;
import parallax.coordinator.status.model.StatusBoard;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;
import parallax.coordinator.view.Window;
import parallax.coordinator.words.Language;

/**
 * In worlds in which everything that is not public carries a mark, no mark is in anything that is
 * given out.
 */
final class LeaksTest {
  private static final String MARK = "zq7inner";

  private final Scene scene = new Scene();
  private final List<String> names = new ArrayList<>();
  private SplittableRandom random = new SplittableRandom(0);

  private String marked(String kind) {
    return MARK + "-" + kind + "-" + random.nextInt(1_000);
  }

  private <E> E any(E[] all) {
    return all[random.nextInt(all.length)];
  }

  private void target(int number) {
    String name = number + "-" + marked("target");
    names.add(name);
    Target target =
        new Target(
            new TargetName(name),
            Optional.of(URI.create("https://" + marked("host") + ".example.net/" + marked("path"))),
            new TreeMap<>(
                Map.of("team", marked("label"), "public", number % 2 == 0 ? "yes" : "no")),
            Duration.ofSeconds(30),
            List.of(new Region(marked("region"))),
            List.of());
    Instant since = Scene.NOON.minusSeconds(random.nextInt(1, 100_000));
    TargetState state = any(TargetState.values());
    boolean bad = state == TargetState.DOWN || state == TargetState.DEGRADED;
    Verdict verdict =
        new Verdict(
            target.name(),
            state,
            bad ? Optional.of(any(Scope.values())) : Optional.empty(),
            List.of(new Region(marked("region"))),
            bad ? Optional.of(cause()) : Optional.empty(),
            since,
            state == TargetState.UNKNOWN ? 0 : 0.9,
            Judged.votes(List.of(evidence(name))),
            Why.rule(marked("rule")));
    scene.view(
        new TargetView(
            target,
            verdict,
            List.of(evidence(name)),
            UptimeHistory.EMPTY.with(since, state),
            Optional.of(Examples.EXPIRY)));
  }

  private Cause cause() {
    Reason reason =
        any(new Reason[] {Reason.HTTP_STATUS, Reason.CONNECT_TIMEOUT, Reason.HTTP_SLOW});
    return new Cause(
        Optional.of(Layer.HTTP), new Finding(reason, marked("detail")), "cdn:" + marked("cdn"));
  }

  private Evidence evidence(String target) {
    Vantage vantage =
        new Vantage(
            new ProbeName(marked("probe")), new Region(marked("region")), Optional.of(64_512L));
    Outcome outcome = Outcome.down(Reason.HTTP_STATUS, marked("detail"));
    Observation seen = Examples.observation(vantage, target, CheckKind.HTTP, outcome, Scene.NOON);
    return new Evidence(seen, Scene.NOON);
  }

  private Incident incident(int number) {
    List<TargetName> hit =
        names.stream().filter(_ -> random.nextInt(3) == 0).map(TargetName::new).toList();
    List<TargetName> targets = hit.isEmpty() ? List.of(new TargetName(names.getFirst())) : hit;
    return new Incident(
        new IncidentId("id" + number),
        Incident.Subject.SERVICE,
        targets,
        any(Scope.values()),
        List.of(new Region(marked("region"))),
        cause(),
        Scene.NOON.minusSeconds(random.nextInt(100, 1_000)),
        Scene.NOON.minusSeconds(99),
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(Scene.NOON.minusSeconds(98)),
        Optional.empty(),
        0,
        Judged.votes(List.of(evidence(targets.getFirst().value()))),
        List.of(new TargetName(marked("well"))),
        Why.rule(marked("rule")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void nothingThatIsNotNamedForThePublicIsGivenOut(long seed) {
    random = new SplittableRandom(seed);
    int targets = random.nextInt(1, 12);
    for (int number = 0; number < targets; number++) {
      target(number);
    }
    int services = random.nextInt(1, 5);
    for (int number = 0; number < services; number++) {
      scene.service("Service " + number, names.get(random.nextInt(names.size())));
    }
    List<Incident> past = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      Incident incident = incident(number);
      scene.incident(incident);
      past.add(Judged.resolved(incident(100 + number), Scene.NOON));
    }
    scene.maintained(Scene.once(Scene.NOON.plusSeconds(60), Duration.ofHours(1)));
    StatusBoard board = scene.board(new Ledger(past, Map.of()));
    Edition edition = new Edition(board);
    int looked = 0;
    for (Leaf leaf : leaves(board)) {
      String text = edition.leaf(leaf).plain().toString(StandardCharsets.UTF_8);
      assertThat(text)
          .as("%s", leaf)
          .doesNotContainIgnoringCase(MARK)
          .doesNotContain("internal-window", "operators.example.net", "64512", "HTTP_STATUS");
      looked++;
    }
    assertThat(looked).isGreaterThan(20);
  }

  private static List<Leaf> leaves(StatusBoard board) {
    List<Leaf> all = new ArrayList<>();
    List<String> services = board.services().map(ServiceView::name).toList();
    for (Language language : Language.values()) {
      for (Kind kind : Kind.values()) {
        if (kind != Kind.BADGE) {
          all.add(new Leaf(kind, language, Optional.empty(), Optional.empty()));
        }
      }
      for (String service : services) {
        Optional<String> name = Optional.of(service);
        all.add(new Leaf(Kind.STRIP, language, name, Optional.empty()));
        all.add(new Leaf(Kind.NOTICE, language, name, Optional.empty()));
        all.add(new Leaf(Kind.BADGE, language, name, Optional.empty()));
        for (Window window : Window.values()) {
          all.add(new Leaf(Kind.BADGE, language, name, Optional.of(window)));
        }
      }
    }
    return all;
  }
}
