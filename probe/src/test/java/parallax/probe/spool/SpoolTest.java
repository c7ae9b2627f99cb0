package parallax.probe.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.wire.Batch;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame.Dropped;
import parallax.config.wire.WireLimits;

class SpoolTest {
  private static final Dropped ROUTINE = new Dropped(Priority.ROUTINE, DropCause.BOUND);

  @TempDir Path folder;

  @Test
  void whatWasAppendedComesOutInTheOrderOfItsNumbersWhateverItsPriority() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      Spools.append(spool, 0, 200);
      assertThat(Spools.drain(spool, true)).isEqualTo(numbers(0, 200));
      assertThat(spool.fill().observations()).isZero();
      assertThat(spool.drops()).isEmpty();
    }
  }

  @Test
  void aSliceKeepsToItsBoundsButIsNeverEmpty() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      Spools.append(spool, 0, 10);
      assertThat(spool.live(3, 10_000).orElseThrow().entries()).hasSize(3);
      assertThat(spool.live(100, 1).orElseThrow().entries()).hasSize(1);
      Slice rest = spool.live(100, 100).orElseThrow();
      assertThat(rest.entries().stream().mapToInt(entry -> entry.bytes().length).sum())
          .isLessThanOrEqualTo(100);
    }
  }

  @Test
  void aSliceAlwaysFitsIntoTheFrameItWasTakenFor() throws IOException {
    Vantage vantage = new Vantage(new ProbeName("a".repeat(63)), new Region("b"), Optional.of(9L));
    try (Spool spool = Spools.open(folder, 1)) {
      for (long sequence = 0; sequence < 1_600; sequence += 2) {
        spool.append(sequence, Priority.CHANGE, new byte[(int) (sequence % 40)]);
      }
      int frame = WireLimits.MIN_BATCH_BYTES;
      Slice slice = spool.live(WireLimits.MAX_BATCH, frame - Batch.HEAD_ROOM).orElseThrow();
      Batch batch = new Batch(1, Batch.encode(vantage), frame, WireLimits.MAX_BATCH);
      for (Slice.Entry entry : slice.entries()) {
        assertThat(batch.add(entry.sequence(), entry.bytes())).isTrue();
      }
      assertThat(batch.size()).isGreaterThan(500);
      assertThat(batch.frame().length).isLessThanOrEqualTo(frame);
    }
  }

  @Test
  void afterARestartTheOldIsBacklogAndTheNewComesFirst() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      Spools.append(spool, 0, 100);
      assertThat(spool.live(20, 100_000)).isPresent();
      spool.restart();
      Spools.append(spool, 100, 110);
      assertThat(Spools.drain(spool, true)).isEqualTo(numbers(100, 110));
      assertThat(Spools.drain(spool, false)).isEqualTo(numbers(0, 100));
    }
  }

  @Test
  void onlyWhatWasNotAcknowledgedIsSentAgain() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      Spools.append(spool, 0, 100);
      Slice one = spool.live(30, 100_000).orElseThrow();
      Slice two = spool.live(30, 100_000).orElseThrow();
      Slice three = spool.live(30, 100_000).orElseThrow();
      Spools.acknowledge(spool, three);
      Spools.acknowledge(spool, one);
      assertThat(two.entries()).hasSize(30);
      spool.restart();
      assertThat(Spools.drain(spool, false))
          .isEqualTo(LongStream.concat(range(30, 60), range(90, 100)).boxed().toList());
    }
  }

  @Test
  void anAckOfAnotherRunOrOfHalfASliceForgetsNothing() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      Spools.append(spool, 0, 10);
      spool.live(10, 10_000);
      spool.acknowledge(2, 0, 9);
      spool.acknowledge(1, 0, 8);
      spool.acknowledge(1, 1, 9);
      assertThat(spool.fill().observations()).isEqualTo(10);
      spool.acknowledge(1, 0, Long.MAX_VALUE);
      assertThat(spool.fill().observations()).isZero();
    }
  }

  @Test
  void theNextRunHandsOverWhatTheOneBeforeLeftWithItsOrigin() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      Spools.append(spool, 0, 50);
    }
    try (Spool spool = Spools.open(folder, 2)) {
      Spools.append(spool, 0, 5);
      Slice old = spool.backlog(1_000, 100_000).orElseThrow();
      assertThat(old.boot()).isEqualTo(1);
      assertThat(old.origin()).isEqualTo("probe of run 1".getBytes(StandardCharsets.UTF_8));
      assertThat(Spools.numbers(old)).isEqualTo(numbers(0, 50));
      assertThat(spool.live(1_000, 100_000).orElseThrow().boot()).isEqualTo(2);
    }
  }

  @Test
  void whatIsAcknowledgedLeavesTheDisk() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      Spools.append(spool, 0, 300);
      assertThat(segments()).isGreaterThan(5);
      Spools.drain(spool, true);
      assertThat(segments()).as("those in use").isLessThanOrEqualTo(3);
    }
    assertThat(segments()).isZero();
  }

  @Test
  void theOldestOfTheLowestPriorityGoFirst() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      Spools.append(spool, 0, 1_200);
      assertThat(spool.fill().bytes()).isLessThanOrEqualTo(Spools.MAX);
      assertThat(spool.drops().keySet()).containsExactly(ROUTINE);
      long dropped = spool.drops().getOrDefault(ROUTINE, 0L);
      List<Long> left = Spools.drain(spool, true);
      assertThat(left).hasSize((int) (1_200 - dropped));
      assertThat(left)
          .containsAll(
              range(0, 1_200).filter(n -> Spools.priority(n) != Priority.ROUTINE).boxed().toList());
      assertThat(left).endsWith(1_195L, 1_196L, 1_197L, 1_198L, 1_199L);
    }
  }

  @Test
  void routineIsRefusedWhereAllRoomIsTakenByWhatMattersMore() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      for (long sequence = 0; sequence < 1_500; sequence++) {
        assertThat(spool.append(sequence, Priority.CHANGE, Spools.payload(sequence)))
            .isEqualTo(new Appended.Kept());
      }
      assertThat(spool.append(1_500, Priority.ROUTINE, new byte[3 * Spools.SEGMENT]))
          .isEqualTo(new Appended.Refused(DropCause.BOUND));
      assertThat(spool.drops()).containsEntry(ROUTINE, 1L).hasSize(2);
      assertThat(Spools.drain(spool, true)).endsWith(1_499L);
    }
  }

  @Test
  void syncsByTimeAndByBytes() throws IOException {
    AtomicLong nanos = new AtomicLong();
    FaultyDisk disk = FaultyDisk.sound();
    try (Spool spool = Spool.open(Spools.small(folder), Spools.origin(1), disk, nanos::get)) {
      spool.append(0, Priority.ROUTINE, new byte[100]);
      nanos.set(999_999_999);
      spool.tick();
      assertThat(disk.syncs()).isZero();
      nanos.set(1_000_000_000);
      spool.tick();
      spool.tick();
      assertThat(disk.syncs()).isEqualTo(1);
      assertThat(spool.fill().unsyncedBytes()).isZero();
      spool.append(1, Priority.CHANGE, new byte[5_000]);
      assertThat(disk.syncs()).isEqualTo(2);
    }
  }

  @Test
  void twoProbesNeverShareAFolder() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      assertThat(spool.fill().observations()).isZero();
      assertThatThrownBy(() -> Spools.open(folder, 2)).hasMessageContaining("another probe");
    }
    Spools.open(folder, 3).close();
  }

  @Test
  void aRunIsNeverTakenForAnother() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      Spools.append(spool, 0, 5);
    }
    assertThatThrownBy(() -> Spools.open(folder, 1)).hasMessageContaining("run 1 before");
    assertThat(segments()).isPositive();
  }

  @Test
  void dropsOfWhatIsOnTheWayAreNotForgottenTwice() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      Spools.append(spool, 0, 400);
      Slice all = spool.live(400, 1_000_000).orElseThrow();
      Spools.append(spool, 400, 2_500);
      Spools.acknowledge(spool, all);
      Spools.drain(spool, true);
      assertThat(spool.fill().observations()).isZero();
      assertThat(spool.fill().segments()).isLessThanOrEqualTo(3);
      assertThat(spool.fill().bytes()).isBetween(0L, 3L * Spools.SEGMENT);
      assertThat(spool.drops()).isNotEqualTo(Map.of());
    }
  }

  private long segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".seg")).count();
    }
  }

  private static LongStream range(long from, long to) {
    return LongStream.range(from, to);
  }

  private static List<Long> numbers(long from, long to) {
    return range(from, to).boxed().toList();
  }
}
