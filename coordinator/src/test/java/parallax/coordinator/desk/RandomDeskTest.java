package parallax.coordinator.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.observation.Reason;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Scope;

/** What holds whatever happens in whatever order, and whoever goes on in the middle of it. */
class RandomDeskTest {
  private static final int RUNS = 400;
  private static final int EVENTS = 60;
  private static final List<String> TARGETS = List.of("shop", "blog", "db", "gone");
  private static final List<Scope> SCOPES =
      List.of(Scope.GLOBAL, Scope.PARTIAL, Scope.UNCONFIRMED, Scope.NETWORK);
  private static final List<Reason> REASONS =
      List.of(Reason.HTTP_STATUS, Reason.NXDOMAIN, Reason.CERTIFICATE_EXPIRES_SOON);

  private static final String HEAD =
      """
      receivers:
        - {name: a, webhook: {url: https://hooks.example.com/a}, otherwise: {to: d}}
        - {name: b, webhook: {url: https://hooks.example.com/b}, at_most: {letters: 4, in: 10m}}
        - {name: c, webhook: {url: https://hooks.example.com/c}}
        - {name: d, webhook: {url: https://hooks.example.com/d}, otherwise: {to: a}}
        - {name: e, webhook: {url: https://hooks.example.com/e}}
      targets:
        - {name: shop, url: "https://shop.example.com/", labels: {team: web}}
        - {name: blog, url: "https://blog.example.com/", labels: {team: web}}
        - {name: db, url: "https://db.example.com/"}
      """;

  /** Routes, and who is named by them, worked out by hand. */
  private enum Routes {
    PLAIN("routes: [{to: [a, b]}]") {
      @Override
      Set<String> named(String target, Trouble trouble) {
        return Set.of("a", "b");
      }
    },
    RICH(
        """
        routes:
          - {severity: note, to: c, digest: 30m}
          - {match: {team: web}, scope: global, to: a, continue: true, escalate: [{after: 5m, to: e}]}
          - match: {team: web}
            to: b
            remind: 7m
            quiet: {from: "12:30", to: "13:10", except: critical}
          - {layer: dns, to: [c, d], remind: 15m}
        """) {
      @Override
      Set<String> named(String target, Trouble trouble) {
        if (isNote(trouble)) {
          return Set.of("c");
        }
        boolean web = target.equals("shop") || target.equals("blog");
        Set<String> named = new HashSet<>();
        if (web && trouble.scope() == Scope.GLOBAL) {
          named.addAll(Set.of("a", "e"));
        }
        if (web) {
          named.add("b");
        } else if (trouble.reason() == Reason.NXDOMAIN) {
          named.addAll(Set.of("c", "d"));
        }
        return named;
      }
    };

    private final String yaml;

    Routes(String yaml) {
      this.yaml = yaml;
    }

    abstract Set<String> named(String target, Trouble trouble);

    private static boolean isNote(Trouble trouble) {
      return trouble.targets().isEmpty() || trouble.reason() == Reason.CERTIFICATE_EXPIRES_SOON;
    }

    /** Also those who may stand in. */
    Set<String> all(Trouble trouble) {
      Set<String> named = new TreeSet<>();
      if (trouble.targets().isEmpty()) {
        named.addAll(this == PLAIN ? Set.of("a", "b") : Set.of("c"));
      }
      trouble.targets().stream()
          .filter(target -> !target.equals("gone"))
          .forEach(target -> named.addAll(named(target, trouble)));
      return named;
    }
  }

  private final Map<String, Trouble> open = new LinkedHashMap<>();
  private final Map<String, Trouble> over = new LinkedHashMap<>();
  private final List<String> ends = new ArrayList<>();
  private Random random = new Random(0);
  private Office office = new Office(HEAD);
  private Routes routes = Routes.PLAIN;
  private int opened;
  private int seen;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everybodyIsToldWhatTheyShouldKnowOnceAndNobodyElse(boolean takenOver) {
    for (int seed = 0; seed < RUNS; seed++) {
      run(seed, takenOver);
    }
  }

  private void run(int seed, boolean takenOver) {
    random = new Random(seed);
    routes = Routes.values()[seed % 2];
    office = new Office(HEAD + routes.yaml);
    open.clear();
    over.clear();
    ends.clear();
    seen = 0;
    for (int event = 0; event < EVENTS; event++) {
      happens();
      if (takenOver && random.nextInt(4) == 0) {
        office.isTakenOver();
      }
      office.passes(Duration.ofSeconds(random.nextInt(random.nextBoolean() ? 5 : 240)));
      onlyThoseWhoAreNamed(seed);
    }
    office.step(new DeskInput.ReceiverWorks("a")).step(new DeskInput.ReceiverWorks("d"));
    office.passes(Duration.ofHours(3));
    assertThat(office.doubled()).as("seed %s", seed).isEmpty();
    nothingIsLost(seed);
    List.copyOf(open.keySet()).forEach(this::ends);
    theEndIsToldToThoseWhoKnow(seed);
  }

  private void happens() {
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> opens();
      case 3, 4 -> any(open).ifPresent(this::changes);
      case 5 -> any(open).ifPresent(this::ends);
      case 6 -> any(over).ifPresent(this::reopens);
      case 7 -> any(open).ifPresent(id -> office.acknowledges(id, "mia"));
      default -> fails();
    }
  }

  private Optional<String> any(Map<String, Trouble> some) {
    return some.keySet().stream()
        .skip(some.isEmpty() ? 0 : random.nextInt(some.size()))
        .findFirst();
  }

  private void fails() {
    String receiver = random.nextBoolean() ? "a" : "d";
    office.step(
        random.nextBoolean()
            ? new DeskInput.ReceiverWorks(receiver)
            : new DeskInput.ReceiverFails(receiver, office.now().minusSeconds(30)));
  }

  private Trouble arbitrary(Trouble trouble) {
    return trouble
        .in(SCOPES.get(random.nextInt(SCOPES.size())))
        .by(REASONS.get(random.nextInt(REASONS.size())));
  }

  private void opens() {
    String id = "i" + opened++;
    boolean ours = random.nextInt(8) == 0;
    String target = TARGETS.get(random.nextInt(TARGETS.size()));
    Trouble trouble = ours ? Trouble.ours(id) : arbitrary(Trouble.of(id, target));
    open.put(id, trouble);
    office.opens(trouble);
  }

  private void changes(String id) {
    Trouble trouble = known(id);
    if (!trouble.targets().isEmpty()) {
      boolean joined = random.nextBoolean();
      String other = TARGETS.get(random.nextInt(TARGETS.size()));
      Trouble changed = arbitrary(joined ? trouble.with(other) : trouble);
      open.put(id, changed);
      office.changes(changed);
    }
  }

  private void ends(String id) {
    Trouble trouble = Objects.requireNonNull(open.remove(id));
    over.put(id, trouble);
    ends.add(id);
    office.ends(trouble);
  }

  private void reopens(String id) {
    Trouble again = Objects.requireNonNull(over.remove(id)).again();
    open.put(id, again);
    office.reopens(again);
  }

  private void onlyThoseWhoAreNamed(int seed) {
    List<Office.Sent> sent = office.sent();
    for (Office.Sent each : sent.subList(seen, sent.size())) {
      Letter letter = each.letter();
      if (letter.kind() != Notice.Kind.RESOLVED) {
        Set<String> named = routes.all(known(letter.incident().id().value()));
        Set<String> standing = new HashSet<>(named);
        standing.addAll(named.contains("a") ? Set.of("d") : Set.of());
        standing.addAll(named.contains("d") ? Set.of("a") : Set.of());
        assertThat(standing).as("seed %s: %s", seed, each).contains(letter.receiver());
      }
    }
    seen = sent.size();
  }

  private Trouble known(String id) {
    return Objects.requireNonNull(open.get(id));
  }

  private void nothingIsLost(int seed) {
    Map<String, Set<String>> knowing = knowing();
    open.forEach(
        (id, trouble) ->
            assertThat(knowing.getOrDefault(id, Set.of()))
                .as("seed %s: %s", seed, trouble)
                .containsAll(withoutTheEscalated(trouble)));
  }

  /** They hear of nothing that somebody takes care of. */
  private Set<String> withoutTheEscalated(Trouble trouble) {
    Set<String> named = routes.all(trouble);
    named.remove("e");
    return named;
  }

  private Map<String, Set<String>> knowing() {
    Map<String, Set<String>> knowing = new HashMap<>();
    for (Office.Sent sent : office.sent()) {
      Set<String> own =
          knowing.computeIfAbsent(sent.letter().incident().id().value(), _ -> new TreeSet<>());
      if (sent.letter().kind() == Notice.Kind.RESOLVED) {
        own.remove(sent.letter().receiver());
      } else {
        own.add(sent.letter().receiver());
      }
    }
    return knowing;
  }

  /** Whoever was told of a beginning is told of its end, and of none else. */
  private void theEndIsToldToThoseWhoKnow(int seed) {
    Set<String> knows = new HashSet<>();
    for (Office.Sent sent : office.sent()) {
      String line = sent.letter().incident().id() + " " + sent.letter().receiver();
      if (sent.letter().kind() == Notice.Kind.RESOLVED) {
        assertThat(knows.remove(line)).as("seed %s: %s", seed, sent).isTrue();
      } else {
        boolean begins =
            sent.letter().kind() == Notice.Kind.OPENED
                || sent.letter().kind() == Notice.Kind.REOPENED;
        boolean isNew = knows.add(line);
        assertThat(begins && !isNew).as("seed %s: %s", seed, sent).isFalse();
      }
    }
    assertThat(knows).as("seed %s", seed).isEmpty();
  }
}
