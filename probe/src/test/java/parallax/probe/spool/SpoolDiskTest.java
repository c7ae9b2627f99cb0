package parallax.probe.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame.Dropped;

/** A disk that is full, or broken, and then is not any more. */
class SpoolDiskTest {
  private static final Appended FULL = new Appended.Refused(DropCause.DISK_FULL);
  private static final Appended KEPT = new Appended.Kept();

  @TempDir Path folder;

  @Test
  void aFullDiskRefusesAndCountsAndTheSpoolGoesOnWhenThereIsRoom() throws IOException {
    FaultyDisk disk = new FaultyDisk(10_000);
    try (Spool spool = Spools.open(folder, 1, disk)) {
      long kept = 0;
      while (spool.append(kept, Priority.ROUTINE, Spools.payload(kept)).equals(KEPT)) {
        kept++;
      }
      assertThat(kept).isBetween(50L, 200L);
      assertThat(spool.append(kept + 1, Priority.ROUTINE, Spools.payload(1))).isEqualTo(FULL);
      assertThat(spool.drops())
          .containsEntry(new Dropped(Priority.ROUTINE, DropCause.DISK_FULL), 2L)
          .hasSize(1);
      disk.room(1_000_000);
      long next = kept + 2;
      assertThat(spool.append(next, Priority.ROUTINE, Spools.payload(next))).isEqualTo(KEPT);
      List<Long> left = Spools.drain(spool, true);
      assertThat(left).hasSize((int) kept + 1).endsWith(kept - 1, next);
    }
  }

  @Test
  void nothingThatWasKeptIsLostAtAnyPlaceWhereTheDiskMayBecomeFull() throws IOException {
    for (long room = 0; room < 700; room++) {
      Path copy = folder.resolve("room-" + room);
      FaultyDisk disk = new FaultyDisk(room);
      long kept = 0;
      try (Spool spool = Spools.open(copy, 1, disk)) {
        for (long sequence = 0; sequence < 8; sequence++) {
          boolean fits = spool.append(kept, Priority.ROUTINE, Spools.payload(kept)).equals(KEPT);
          if (!fits) {
            break;
          }
          kept++;
        }
      }
      try (Spool spool = Spools.open(copy, 2)) {
        assertThat(Spools.drain(spool, false))
            .as("room for %d bytes", room)
            .isEqualTo(LongStream.range(0, kept).boxed().toList());
      }
    }
  }

  @Test
  void onAFullDiskWhatMattersTakesThePlaceOfWhatMattersLess() throws IOException {
    FaultyDisk disk = new FaultyDisk(20_000);
    try (Spool spool = Spools.open(folder, 1, disk)) {
      long sequence = 0;
      while (spool.append(sequence, Priority.ROUTINE, Spools.payload(sequence)).equals(KEPT)) {
        sequence++;
      }
      for (long change = sequence + 1; change < sequence + 20; change++) {
        assertThat(spool.append(change, Priority.CHANGE, Spools.payload(change))).isEqualTo(KEPT);
      }
      assertThat(spool.drops())
          .containsOnlyKeys(new Dropped(Priority.ROUTINE, DropCause.DISK_FULL));
      assertThat(Spools.drain(spool, true)).endsWith(sequence + 18, sequence + 19);
    }
  }

  @Test
  void aBrokenDiskRefusesAndANewFileIsUsedAfterwards() throws IOException {
    FaultyDisk disk = FaultyDisk.sound();
    try (Spool spool = Spools.open(folder, 1, disk)) {
      Spools.append(spool, 0, 10);
      disk.failing(true);
      assertThat(spool.append(10, Priority.ROUTINE, Spools.payload(10)))
          .isEqualTo(new Appended.Refused(DropCause.DISK_FAILED));
      spool.sync();
      assertThat(spool.fill().failedCalls()).isPositive();
      disk.failing(false);
      Spools.append(spool, 11, 20);
      assertThat(Spools.drain(spool, true))
          .isEqualTo(LongStream.range(0, 20).filter(n -> n != 10).boxed().toList());
    }
  }
}
