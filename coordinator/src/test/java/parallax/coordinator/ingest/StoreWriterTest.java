package parallax.coordinator.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.testing.Examples.NOON;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.CheckKind;
import parallax.config.observation.Outcome;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.FaultyStore;
import parallax.coordinator.testing.Waiting;

final class StoreWriterTest {
  private static final TargetName SHOP = new TargetName("shop");

  @TempDir Path folder;

  private final Tally dropped = new Tally("d_total", "d", "kind");
  private final Tally failures = new Tally("f_total", "f", "operation");
  private final AtomicInteger recorded = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private FaultyStore store;
  private StoreWriter writer;

  @BeforeEach
  void start() {
    Store record = SqliteStore.open(folder);
    store = new FaultyStore(record);
    writer =
        new StoreWriter(
            new StoreWriter.Ports(
                store,
                record.takeOver(),
                InstantSource.fixed(NOON),
                () -> System.nanoTime() + nanos.get(),
                new StoreWriter.Counts(dropped, failures)),
            recorded::incrementAndGet);
    writer.start();
  }

  @AfterEach
  void stop() {
    store.fail(false);
    writer.close();
    store.close();
  }

  private static Effect changed(String target, TargetState state, long second) {
    return new Effect.VerdictChanged(Examples.verdict(target, state, NOON.plusSeconds(second)));
  }

  private int written() {
    return store.intervals(SHOP, NOON, NOON.plusSeconds(1_000_000)).size();
  }

  private int evidence() {
    return store
        .evidence(SHOP, NOON.minusSeconds(1), NOON.plusSeconds(1_000_000), Optional.empty(), 1000)
        .items()
        .size();
  }

  @Test
  void whatWasDecidedIsWrittenInOrderOnceTheStoreWorksAgain() {
    store.fail(true);
    for (int second = 0; second < 100; second++) {
      TargetState state = second % 2 == 0 ? TargetState.UP : TargetState.DOWN;
      writer.record(List.of(changed("shop", state, second)), NOON.plusSeconds(second));
    }
    Waiting.until("tried", () -> failures.value("record") >= 3);
    assertThat(writer.trouble().orElseThrow()).contains("the disk is full");
    assertThat(writer.waiting()).isEqualTo(100);
    store.fail(false);
    Waiting.until("written", () -> written() == 100);
    Waiting.until("well again", () -> writer.trouble().isEmpty() && writer.waiting() == 0);
    assertThat(dropped.value("effects")).isZero();
  }

  @Test
  void whatIsDecidedAfterAnotherHasTakenOverIsNotWritten() {
    writer.record(List.of(changed("shop", TargetState.UP, 0)), NOON);
    Waiting.until("written", () -> written() == 1);
    Epoch newer = store.takeOver();
    writer.record(List.of(changed("shop", TargetState.DOWN, 1)), NOON.plusSeconds(1));
    Waiting.until("refused", () -> writer.waiting() == 0);
    assertThat(writer.trouble()).contains("another coordinator has taken over, in epoch 2");
    assertThat(newer).isEqualTo(new Epoch(2));
    assertThat(dropped.value("effects")).isEqualTo(1);
    assertThat(written()).isEqualTo(1);
  }

  @Test
  void aStoreThatFailsIsNotAskedWithoutPause() {
    store.fail(true);
    writer.record(List.of(changed("shop", TargetState.UP, 0)), NOON);
    Waiting.until("tried", () -> failures.value("record") >= 2);
    for (int i = 0; i < 1000; i++) {
      writer.record(List.of(changed("shop", TargetState.DOWN, i)), NOON.plusSeconds(i));
    }
    assertThat(failures.value("record")).isLessThan(10);
  }

  @Test
  void evidenceIsWrittenAfterASecondOrWhenThereIsABatchOfIt() {
    writer.append(Examples.evidence("shop", Outcome.up(), NOON));
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    Waiting.until("written", () -> evidence() == 1);
  }

  @Test
  void evidenceGivesWayWhenThereIsTooMuchOfItAndEffectsDoNot() {
    CountDownLatch release = store.hold();
    writer.record(List.of(changed("shop", TargetState.UP, 0)), NOON);
    for (int i = 0; i < StoreWriter.MAX_EVIDENCE + 10; i++) {
      writer.append(Examples.evidence("other", Outcome.up(), NOON));
    }
    assertThat(dropped.value("evidence")).isEqualTo(10);
    release.countDown();
    Waiting.until("written", () -> written() == 1);
  }

  @Test
  void whatWasDecidedWaitsForOneBatchOfEvidenceAtMost() {
    CountDownLatch release = store.hold();
    for (int i = 0; i < 5 * StoreWriter.EVIDENCE_BATCH; i++) {
      writer.append(Examples.evidence("other", Outcome.up(), NOON));
    }
    Waiting.until("appending", () -> store.calls() == 1);
    writer.record(List.of(changed("shop", TargetState.UP, 0)), NOON);
    release.countDown();
    Waiting.until("all written", () -> store.writes().size() == 6);
    assertThat(store.writes())
        .containsExactly("append", "record", "append", "append", "append", "append");
  }

  @Test
  void anEffectThatCannotBeWrittenDoesNotTakeTheOthersWithIt() {
    store.refuse(true);
    writer.record(
        List.of(changed("shop", TargetState.UP, 0), changed("other", TargetState.UP, 0)), NOON);
    Waiting.until("written one by one", () -> written() == 1 && writer.waiting() == 0);
    assertThat(dropped.value("effects")).isZero();
    assertThat(writer.trouble()).isEmpty();
  }

  @Test
  void whatNeedsNoRecordIsNotRecorded() {
    writer.record(
        List.of(
            new Effect.AskAgain(SHOP, CheckKind.HTTP, Examples.EMBEDDED.probe(), Duration.ZERO)),
        NOON);
    assertThat(writer.waiting()).isZero();
    assertThat(recorded).hasValue(0);
  }

  @Test
  void whatWaitsIsWrittenBeforeTheEnd() {
    writer.record(List.of(changed("shop", TargetState.UP, 0)), NOON);
    writer.append(Examples.evidence("shop", Outcome.up(), NOON));
    writer.close();
    assertThat(written()).isEqualTo(1);
    assertThat(evidence()).isEqualTo(1);
  }

  @Test
  void evidenceThatIsTooOldIsRemoved() {
    store.append(List.of(Examples.evidence("shop", Outcome.up(), NOON.minus(Store.KEPT))));
    store.append(
        List.of(Examples.evidence("shop", Outcome.up(), NOON.minus(Store.KEPT).minusSeconds(1))));
    nanos.addAndGet(Pruner.EVERY.toNanos());
    Waiting.until(
        "pruned",
        () ->
            store
                    .evidence(SHOP, NOON.minus(Duration.ofDays(30)), NOON, Optional.empty(), 10)
                    .items()
                    .size()
                == 1);
  }
}
