package parallax.coordinator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.Configuration;
import parallax.config.observation.Observation;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Handling;
import parallax.config.policy.Receiver.Substitute;
import parallax.config.policy.Route;
import parallax.config.secret.Secret;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.desk.Desk;
import parallax.coordinator.desk.DeskInput;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.OneLookDecides;

/** The core and the desk together, as the decision thread drives them. */
class SupervisedTest {
  private static final Instant NOON = Examples.NOON;

  @TempDir Path folder;
  private final Tally failures = new Tally("f_total", "f", "input");
  private SortedMap<String, Instant> failing = new TreeMap<>();
  private Store store;
  private Supervised deciding;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    StoreWriter writer =
        new StoreWriter(
            new StoreWriter.Ports(
                store,
                store.takeOver(),
                InstantSource.system(),
                System::nanoTime,
                new StoreWriter.Counts(
                    new Tally("sd_total", "s", "kind"), new Tally("sf_total", "s", "operation"))),
            () -> {});
    DecisionLoop.Ports ports =
        new DecisionLoop.Ports(
            new OneLookDecides(),
            Desk.EMPTY,
            () -> new TreeMap<>(failing),
            writer,
            (_, _, _, _) -> {},
            new Deaf(),
            _ -> {},
            new Tally("d_total", "d", "reason"),
            failures);
    deciding = new Supervised(ports, System::nanoTime);
    deciding.configured(configuration(), List.of(), NOON);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private static final class Deaf implements DecisionLoop.Listener {
    @Override
    public void saw(Observation observation) {}

    @Override
    public void configured(Configuration configuration) {}
  }

  private static Configuration configuration() {
    Handling handling =
        new Handling(Optional.empty(), Optional.of(new Substitute("mail", Substitute.USUAL_AFTER)));
    return new Configuration(
        List.of(Examples.target("shop")),
        List.of(),
        List.of(),
        List.of(
            new Receiver.Webhook(
                "chat", Secret.of("http://127.0.0.1/1"), Optional.empty(), handling),
            new Receiver.Webhook("mail", Secret.of("http://127.0.0.1/2"))),
        List.of(new Route(new TreeMap<>(), List.of("chat"), Optional.empty(), List.of())),
        DecisionRules.USUAL,
        Optional.empty(),
        "r1");
  }

  private List<Effect> down(Instant now) {
    Input seen = new Input.Observed(Examples.evidence("shop", Examples.REFUSED, now));
    return deciding.decide(seen, "observed", now);
  }

  private static List<String> told(List<Effect> effects) {
    List<String> told = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Tell(Notice notice)) {
        told.add(notice.kind() + " " + notice.receivers());
      }
    }
    return told;
  }

  @Test
  void theCoreSaysThatAndTheDeskToWhom() {
    List<Effect> decided = down(NOON);
    assertThat(told(decided)).containsExactly("OPENED []");
    List<Effect> addressed = deciding.addressed(decided, NOON);
    assertThat(told(addressed)).containsExactly("OPENED [chat]");
    assertThat(addressed).hasSameSizeAs(decided).containsAll(decided.subList(0, 2));
  }

  @Test
  void whatDoesNotArriveIsToldElsewhereWithinAMinute() {
    deciding.addressed(down(NOON), NOON);
    failing.put("chat", NOON);
    Optional<Duration> after = Optional.empty();
    for (int second = 1; second <= 120 && after.isEmpty(); second++) {
      Duration passed = Duration.ofSeconds(second);
      List<String> told = told(deciding.ticked(List.of(), NOON.plus(passed)));
      after = told.equals(List.of("OPENED [mail]")) ? Optional.of(passed) : Optional.empty();
    }
    assertThat(after)
        .hasValueSatisfying(passed -> assertThat(passed).isLessThan(Duration.ofMinutes(1)));
  }

  @Test
  void whoeverWorksAgainNeedsNobody() {
    deciding.addressed(down(NOON), NOON);
    failing.put("chat", NOON);
    assertThat(deciding.ticked(List.of(), NOON.plusSeconds(10))).isEmpty();
    failing = new TreeMap<>();
    for (int second = 11; second <= 120; second++) {
      assertThat(deciding.ticked(List.of(), NOON.plusSeconds(second))).isEmpty();
    }
  }

  @Test
  void whatTheDeskStumblesOverIsRecordedNevertheless() {
    List<Effect> decided = down(NOON);
    deciding.hear(new DeskInput.Silenced(List.of((_, _) -> stumble())), NOON);
    assertThat(deciding.addressed(decided, NOON)).isEqualTo(decided);
    assertThat(failures.value("desk")).isPositive();
    deciding.hear(new DeskInput.Silenced(List.of()), NOON);
    assertThat(told(deciding.ticked(List.of(), NOON.plusSeconds(1))))
        .containsExactly("OPENED [chat]");
  }

  private static boolean stumble() {
    throw new IllegalStateException("stumbled");
  }
}
