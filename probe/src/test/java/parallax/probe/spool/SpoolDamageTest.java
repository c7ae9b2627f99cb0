package parallax.probe.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;
import parallax.config.wire.ProbeFrame.Dropped;

/** Files that end anywhere and hold anything: what is sound is kept, nothing else is believed. */
class SpoolDamageTest {
  private static final int RECORDS = 12;
  private static final Dropped DAMAGED = new Dropped(Priority.ROUTINE, DropCause.DAMAGED);

  @TempDir Path folder;

  @Test
  void aSegmentCutAtAnyByteGivesTheRecordsBeforeTheCut() throws IOException {
    byte[] whole = oneSegment();
    List<Integer> ends = ends(whole);
    for (int cut = 0; cut <= whole.length; cut++) {
      Path copy = restore(whole, cut, cut);
      int end = cut;
      long left = ends.stream().filter(e -> e <= end).count();
      try (Spool spool = Spools.open(copy, 2)) {
        assertThat(Spools.drain(spool, false)).as("cut at %d", cut).isEqualTo(firstOf(left));
        assertThat(spool.drops()).as("cut at %d", cut).isEmpty();
      }
    }
  }

  @Test
  void aSegmentWithAnyByteBrokenGivesTheRecordsBeforeTheBreak() throws IOException {
    byte[] whole = oneSegment();
    List<Integer> ends = ends(whole);
    for (int broken = 0; broken < whole.length; broken++) {
      Path copy = restore(whole, whole.length, broken);
      int at = broken;
      boolean head = broken < ends.getFirst() - RecordFormat.RECORD_HEAD - Spools.payload(0).length;
      long left = head ? 0 : ends.stream().filter(e -> e <= at).count();
      try (Spool spool = Spools.open(copy, 2)) {
        assertThat(Spools.drain(spool, false)).as("broken at %d", broken).isEqualTo(firstOf(left));
      }
    }
  }

  @Test
  void aBrokenRecordBeforeSoundOnesIsCounted() throws IOException {
    byte[] whole = oneSegment();
    Path copy = restore(whole, whole.length, ends(whole).get(4) + RecordFormat.RECORD_HEAD + 3);
    try (Spool spool = Spools.open(copy, 2)) {
      assertThat(spool.drops()).containsOnlyKeys(DAMAGED);
    }
  }

  @Test
  void aSegmentWhoseHeadIsBrokenIsCounted() throws IOException {
    byte[] whole = oneSegment();
    byte[] large = Arrays.copyOf(whole, RecordFormat.MAX_SEGMENT_HEAD + 1);
    try (Spool spool = Spools.open(restore(large, large.length, 2), 2)) {
      assertThat(spool.drops()).containsOnlyKeys(DAMAGED);
      assertThat(spool.fill().segments()).isZero();
    }
  }

  @Test
  void aRecordThatBreaksWhileTheSpoolIsOpenIsCountedAndTheRestGoesOn() throws IOException {
    try (Spool spool = Spools.open(folder, 1)) {
      for (long sequence = 0; sequence < 100; sequence++) {
        spool.append(sequence, Priority.ROUTINE, Spools.payload(sequence));
      }
      Path second = segments(folder).get(1);
      byte[] bytes = Files.readAllBytes(second);
      bytes[bytes.length / 2] ^= 1;
      Files.write(second, bytes);
      List<Long> left = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        left.addAll(Spools.drain(spool, true));
      }
      assertThat(left).startsWith(0L, 1L, 2L).endsWith(98L, 99L).isSorted();
      assertThat(spool.drops()).containsOnlyKeys(DAMAGED);
      assertThat(left.size() + spool.drops().getOrDefault(DAMAGED, 0L)).isEqualTo(100);
      assertThat(spool.fill().observations()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverStandsInTheFilesOnlySoundRecordsComeOut(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 60; round++) {
      Path copy = Files.createDirectory(folder.resolve("r" + seed + "-" + round));
      try (Spool spool = Spools.open(copy, 1)) {
        Spools.append(spool, 0, 120);
      }
      for (Path file : segments(copy)) {
        byte[] bytes = Files.readAllBytes(file);
        for (int change = random.nextInt(4); change > 0; change--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length + 200)));
      }
      try (Spool spool = Spools.open(copy, 2)) {
        assertThat(Spools.drain(spool, false)).isSorted().doesNotHaveDuplicates();
        assertThat(spool.append(0, Priority.ROUTINE, Spools.payload(0)))
            .isEqualTo(new Appended.Kept());
      }
    }
  }

  private byte[] oneSegment() throws IOException {
    Path made = Files.createDirectory(folder.resolve("made"));
    try (Spool spool = Spools.open(made, 1)) {
      for (long sequence = 0; sequence < RECORDS; sequence++) {
        spool.append(sequence, Priority.ROUTINE, Spools.payload(sequence));
      }
    }
    return Files.readAllBytes(segments(made).getFirst());
  }

  /** A folder with the first bytes of a segment, one of them another unless it is behind those. */
  private Path restore(byte[] whole, int length, int broken) throws IOException {
    byte[] bytes = Arrays.copyOf(whole, length);
    if (broken < length) {
      bytes[broken] ^= (byte) (1 << broken % 8);
    }
    Path copy = Files.createDirectory(folder.resolve(length + "-" + broken));
    Files.write(copy.resolve("0000000000000000.seg"), bytes);
    return copy;
  }

  /** The position behind each record. */
  private static List<Integer> ends(byte[] whole) {
    List<Integer> ends = new ArrayList<>();
    int end = whole.length;
    for (long sequence = RECORDS - 1; sequence >= 0; sequence--) {
      ends.addFirst(end);
      end -= RecordFormat.RECORD_HEAD + Spools.payload(sequence).length;
    }
    return ends;
  }

  private static List<Long> firstOf(long count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private static List<Path> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
    }
  }
}
