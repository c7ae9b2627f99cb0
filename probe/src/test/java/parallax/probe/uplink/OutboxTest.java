package parallax.probe.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.observation.Observation;
import parallax.config.wire.Batch;
import parallax.config.wire.CoordinatorFrame.Limits;
import parallax.config.wire.Decoded;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.ProbeFrame.Dropped;
import parallax.config.wire.ProbeFrames;
import parallax.probe.spool.Disk;
import parallax.probe.spool.LocalDisk;
import parallax.probe.spool.Spool;
import parallax.probe.uplink.Outbox.Parcel;
import parallax.probe.uplink.session.UplinkInput.Sent;

/** What is put in comes out as frames, also when the disk takes nothing. */
final class OutboxTest {
  private static final long BOOT = 9;
  private static final Limits LIMITS = new Limits(64 * 1024, 100, 10_000, 1_000);
  private static final Dropped REFUSED = new Dropped(Priority.ROUTINE, DropCause.DISK_FAILED);
  private static final Map<Priority, Long> NONE = new EnumMap<>(Priority.class);

  @TempDir Path folder;
  private final List<String> steps = new ArrayList<>();
  private boolean broken;
  private long nanos;
  private Optional<Outbox> opened = Optional.empty();

  /** Makes no more files while it is broken. */
  private final class BreakingDisk implements Disk {
    private final Disk disk = new LocalDisk();

    @Override
    public FileChannel create(Path file) throws IOException {
      if (broken) {
        throw new IOException("broken");
      }
      return disk.create(file);
    }

    @Override
    public FileChannel open(Path file) throws IOException {
      return disk.open(file);
    }

    @Override
    public long bytes(Path file) throws IOException {
      return disk.bytes(file);
    }

    @Override
    public void delete(Path file) throws IOException {
      disk.delete(file);
    }

    @Override
    public List<Path> list(Path where) throws IOException {
      return disk.list(where);
    }

    @Override
    public void syncNames(Path where) throws IOException {
      disk.syncNames(where);
    }

    @Override
    public long freeBytes(Path where) {
      return Long.MAX_VALUE;
    }
  }

  @BeforeEach
  void open() throws IOException {
    byte[] vantage = Batch.encode(Uplinks.TOKYO);
    Spool spool =
        Spool.open(
            Uplinks.spool(folder),
            new Spool.Origin(BOOT, vantage),
            new BreakingDisk(),
            () -> nanos);
    opened =
        Optional.of(
            new Outbox(
                spool,
                Duration.ofMillis(20),
                new Outbox.Origin(BOOT, vantage),
                () -> nanos,
                steps::add));
  }

  private Outbox outbox() {
    return opened.orElseThrow();
  }

  private void put(int from, int to) {
    IntStream.range(from, to).forEach(n -> outbox().put(Uplinks.observation(BOOT, n)));
  }

  private static List<Long> due(Parcel parcel) {
    return switch (ProbeFrames.decode(parcel.frame())) {
      case Decoded.Good<ProbeFrame>(ProbeFrame.Observations batch) ->
          batch.observations().stream()
              .map(Observation::scheduled)
              .map(java.time.Instant::getEpochSecond)
              .toList();
      default -> throw new AssertionError("not a frame of observations");
    };
  }

  @Test
  void passesEachStepOnce() {
    put(0, 1);
    outbox().syncWhenDue();
    nanos += Duration.ofMillis(20).toNanos();
    outbox().syncWhenDue();
    outbox().syncWhenDue();
    outbox().begin();
    Parcel parcel = outbox().backlog(10, LIMITS).orElseThrow();
    acknowledge(parcel);
    assertThat(steps)
        .containsExactly(
            "probe.made", "probe.appended", "probe.synced", "probe.acked", "probe.trimmed");
    assertThat(outbox().fill().observations()).isZero();
  }

  @Test
  void aFrameWithGapsIsForgottenStretchByStretch() {
    outbox().begin();
    put(0, 4);
    Parcel lost = outbox().live(4, LIMITS).orElseThrow();
    assertThat(lost.content()).containsExactly(new Sent(BOOT, 0, 3));
    outbox().begin();
    put(4, 6);
    // New ones overtake, and are the only ones that are acknowledged.
    Parcel live = outbox().live(10, LIMITS).orElseThrow();
    assertThat(due(live)).containsExactly(4L, 5L);
    acknowledge(live);
    put(6, 8);
    outbox().begin();
    Parcel rest = outbox().backlog(10, LIMITS).orElseThrow();
    assertThat(due(rest)).containsExactly(0L, 1L, 2L, 3L, 6L, 7L);
    assertThat(rest.content()).containsExactly(new Sent(BOOT, 0, 3), new Sent(BOOT, 6, 7));
    assertThat(rest.count()).isEqualTo(6);
    outbox().acknowledge(BOOT, 6, 7);
    assertThat(outbox().fill().observations()).isEqualTo(4);
    outbox().acknowledge(BOOT, 0, 3);
    assertThat(outbox().fill().observations()).isZero();
  }

  private void acknowledge(Parcel parcel) {
    parcel.content().forEach(sent -> outbox().acknowledge(BOOT, sent.first(), sent.last()));
  }

  @Test
  void whatTheDiskRefusesIsSentOnceAllTheSame() {
    outbox().begin();
    broken = true;
    put(0, 5);
    assertThat(outbox().drops(NONE)).isEmpty();
    Parcel parcel = outbox().live(3, LIMITS).orElseThrow();
    assertThat(due(parcel)).containsExactly(0L, 1L, 2L);
    outbox().acknowledge(BOOT, 0, 2);
    assertThat(due(outbox().live(100, LIMITS).orElseThrow())).containsExactly(3L, 4L);
    // The stream breaks: these two may be lost, and are counted.
    outbox().begin();
    assertThat(outbox().live(100, LIMITS)).isEmpty();
    assertThat(outbox().drops(NONE)).containsEntry(REFUSED, 2L).hasSize(1);
  }

  @Test
  void aFrameOfWhatWasRefusedHasNoGapThatAnAckCouldCover() {
    outbox().begin();
    put(0, 1);
    broken = true;
    // Other priorities go to files of their own, which cannot be made.
    outbox().put(Uplinks.down(BOOT, 1));
    outbox().put(Uplinks.down(BOOT, 2));
    put(3, 5);
    outbox().put(Uplinks.down(BOOT, 5));
    List<List<Long>> frames = new ArrayList<>();
    for (int frame = 0; frame < 4; frame++) {
      outbox().live(100, LIMITS).map(OutboxTest::due).ifPresent(frames::add);
    }
    assertThat(frames).containsExactly(List.of(1L, 2L, 3L), List.of(5L), List.of(0L, 4L));
  }

  @Test
  void theOldestOfWhatWasRefusedGoFirstAndAreCounted() {
    broken = true;
    put(0, Unspooled.MAX_WAITING + 7);
    assertThat(outbox().drops(NONE)).containsEntry(REFUSED, 7L);
    outbox().begin();
    assertThat(due(outbox().live(1, LIMITS).orElseThrow())).containsExactly(7L);
  }

  @Test
  void whatFoundNoRoomBeforeItIsCountedToo() {
    EnumMap<Priority, Long> before = new EnumMap<>(Priority.class);
    before.put(Priority.TROUBLE, 4L);
    assertThat(outbox().drops(before))
        .containsEntry(new Dropped(Priority.TROUBLE, DropCause.BOUND), 4L);
  }
}
