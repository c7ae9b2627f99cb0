package parallax.coordinator.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.Configuration;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.desk.Desk;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.OneLookDecides;
import parallax.coordinator.testing.Waiting;

final class DecisionLoopTest {
  @TempDir Path folder;

  private final Tally dropped = new Tally("d_total", "d", "reason");
  private final Tally failures = new Tally("f_total", "f", "input");
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger decisions = new AtomicInteger();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<String> learnt = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private volatile Optional<Instant> wanted = Optional.empty();
  private volatile boolean nobodyToAsk;
  private Store store;
  private StoreWriter writer;
  private DecisionLoop loop;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    writer =
        new StoreWriter(
            new StoreWriter.Ports(
                store,
                store.takeOver(),
                InstantSource.system(),
                System::nanoTime,
                new StoreWriter.Counts(
                    new Tally("sd_total", "s", "kind"), new Tally("sf_total", "s", "operation"))),
            () -> {});
    writer.start();
    loop =
        new DecisionLoop(
            ports(new Noting()), new DecisionLoop.Clocks(InstantSource.system(), System::nanoTime));
    loop.configure(
        Examples.configuration(
            "r1", Examples.target("shop"), Examples.target(OneLookDecides.POISON)));
    loop.start();
    Waiting.until("configured", () -> loop.snapshot().configuration().revision().equals("r1"));
  }

  private DecisionLoop.Ports ports(Decider decider) {
    return new DecisionLoop.Ports(
        decider,
        Desk.EMPTY,
        TreeMap::new,
        writer,
        (_, _, _, _) -> ask(),
        new Gate(),
        _ -> decisions.incrementAndGet(),
        dropped,
        failures);
  }

  @AfterEach
  void stop() {
    gate.countDown();
    loop.close();
    writer.close();
    store.close();
  }

  /** Notes what was learnt. */
  private class Noting implements Decider {
    private final Decider decider = new OneLookDecides();

    @Override
    public List<Effect> decide(Input input, Instant now) {
      if (input instanceof Input.Learnt(TargetName target, Dependencies dependencies)) {
        learnt.add(target + " " + dependencies.shared());
      }
      return decider.decide(input, now);
    }

    @Override
    public Optional<Instant> due() {
      return wanted;
    }

    @Override
    public Optional<Verdict> verdict(TargetName target) {
      return decider.verdict(target);
    }

    @Override
    public List<Incident> openIncidents() {
      return decider.openIncidents();
    }
  }

  /** Holds the decision thread up when told to. */
  private final class Gate implements DecisionLoop.Listener {
    @Override
    public void saw(Observation observation) {
      seen.add(observation.target().value());
      try {
        gate.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void configured(Configuration configuration) {
      seen.add(configuration.revision());
    }
  }

  private void ask() {
    if (nobodyToAsk) {
      throw new IllegalStateException("nobody to ask");
    }
  }

  private void see(String target, Outcome outcome) {
    loop.ingest(
        Examples.observation(target, outcome, Examples.NOON.plusNanos(nanos.addAndGet(1000))));
  }

  private TargetState state(String target) {
    return loop.snapshot().target(new TargetName(target)).orElseThrow().verdict().state();
  }

  @Test
  void whatIsDueHasATickOfItsOwn() {
    Instant noon = Examples.NOON;
    long soon = Supervised.SOON.toNanos();
    AtomicLong clock = new AtomicLong();
    AtomicInteger ticks = new AtomicInteger();
    AtomicLong takes = new AtomicLong();
    Decider core =
        new Noting() {
          @Override
          public List<Effect> decide(Input input, Instant now) {
            ticks.incrementAndGet();
            clock.addAndGet(takes.get());
            return List.of();
          }
        };
    Supervised deciding = new Supervised(ports(core), clock::get);
    clock.addAndGet(soon);
    deciding.due(noon);
    assertThat(ticks).as("nothing is due").hasValue(0);
    wanted = Optional.of(noon.plusMillis(400));
    deciding.due(noon.plusMillis(399));
    assertThat(ticks).as("too early").hasValue(0);
    deciding.due(noon.plusMillis(400));
    assertThat(ticks).hasValue(1);
    clock.addAndGet(soon - 1);
    deciding.due(noon.plusMillis(500));
    assertThat(ticks).as("too soon after the last one").hasValue(1);
    clock.incrementAndGet();
    takes.set(soon);
    deciding.due(noon.plusMillis(500));
    assertThat(ticks).hasValue(2);
    clock.addAndGet(soon * (Supervised.SHARE - 1) - 1);
    deciding.due(noon.plusSeconds(3));
    assertThat(ticks).as("ticks that take long are rare").hasValue(2);
    clock.incrementAndGet();
    deciding.due(noon.plusSeconds(3));
    assertThat(ticks).hasValue(3);
  }

  @Test
  void aTargetIsUnknownUntilItIsSeen() {
    assertThat(state("shop")).isEqualTo(TargetState.UNKNOWN);
    see("shop", Outcome.up());
    Waiting.until("up", () -> state("shop") == TargetState.UP);
    assertThat(loop.snapshot().probes()).singleElement().matches(probe -> probe.up() == 1);
  }

  @Test
  void anInputTheCoreStumblesOverDoesNotStopTheOthers() {
    see(OneLookDecides.POISON, Outcome.up());
    see("shop", Outcome.up());
    Waiting.until("up", () -> state("shop") == TargetState.UP);
    assertThat(failures.value("observed")).isEqualTo(1);
    assertThat(loop.trouble()).isEmpty();
  }

  @Test
  void aProbeThatCannotBeAskedDoesNotStopTheDecision() {
    nobodyToAsk = true;
    see("shop", Examples.REFUSED);
    Waiting.until("down", () -> state("shop") == TargetState.DOWN);
    assertThat(loop.snapshot().open()).hasSize(1);
    assertThat(store.remembered().open().size() + writer.waiting()).isPositive();
  }

  @Test
  void whenTheQueueIsFullTheNewestIsDroppedAndCountedAndTheCallerNeverWaits() {
    gate = new CountDownLatch(1);
    see("shop", Outcome.up());
    Waiting.until("held up", () -> seen.contains("shop"));
    for (int i = 0; i < DecisionLoop.MAX_QUEUE + 10; i++) {
      see("shop", Outcome.up());
    }
    assertThat(dropped.value("queue_full")).isEqualTo(10);
    assertThat(loop.waiting()).isEqualTo(DecisionLoop.MAX_QUEUE);
    gate.countDown();
    Waiting.until("all taken in", () -> loop.waiting() == 0);
    Waiting.until(
        "all decided",
        () -> loop.snapshot().probes().getFirst().up() == DecisionLoop.MAX_QUEUE + 1);
  }

  @Test
  void whatIsQueuedIsDecidedBeforeTheEndAndNothingAfterIt() {
    for (int i = 0; i < 1000; i++) {
      see("shop", i % 2 == 0 ? Examples.REFUSED : Outcome.up());
    }
    loop.close();
    assertThat(seen).filteredOn(name -> name.equals("shop")).hasSize(1000);
    see("shop", Outcome.up());
    assertThat(dropped.value("queue_full")).isEqualTo(1);
    assertThat(loop.trouble()).contains("the decision thread has ended");
    writer.close();
    assertThat(store.incidents(Optional.empty(), Optional.empty(), 1000).items()).isNotEmpty();
  }

  @Test
  void timePassesForTheCoreEverySecond() {
    int before = decisions.get();
    Waiting.until("ticked", () -> decisions.get() > before);
  }

  @Test
  void whatATargetStandsOnIsLearntOnceAndForgottenWhenItLeadsElsewhere() {
    see("shop", Outcome.up());
    see("shop", Outcome.up());
    Waiting.until("seen", () -> seen.size() == 3);
    assertThat(learnt).containsExactly("shop [ca:Test CA]");
    Target shop = Examples.target("shop");
    loop.configure(
        Examples.configuration(
            "r2",
            new Target(
                shop.name(),
                Optional.of(URI.create("http://127.0.0.2/")),
                shop.labels(),
                shop.interval(),
                shop.from(),
                shop.checks())));
    Waiting.until("configured", () -> seen.contains("r2"));
    assertThat(learnt).containsExactly("shop [ca:Test CA]", "shop []");
  }
}
