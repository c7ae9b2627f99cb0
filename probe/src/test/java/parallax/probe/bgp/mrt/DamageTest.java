package parallax.probe.bgp.mrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.bgp.mrt.MrtSummary.Problem;
import parallax.probe.bgp.mrt.MrtSummary.RecordType;
import parallax.probe.bgp.route.RouteEvent;

/** A damaged part is told with its place, and all the rest is read. */
final class DamageTest {
  private static final byte[] UPDATES = Samples.own("lab.gobgp-updates.mrt");
  private static final int LENGTH_AT = 8;

  @TempDir Path folder;

  private final List<RouteEvent> events = new ArrayList<>();

  @Test
  void anUndamagedFileHasNoProblem() {
    MrtSummary summary = read(UPDATES);
    assertThat(summary.problems()).isEmpty();
    assertThat(summary.damaged()).isFalse();
    assertThat(events).hasSize(9);
  }

  /** The length of the second record, wrong in each direction, by little and by much. */
  @ParameterizedTest
  @ValueSource(ints = {-40, -1, 1, 7, 100, 300, 70_000, 1 << 25, -1 >>> 1})
  void aWrongLengthCostsOneRecord(int error) {
    byte[] damaged = UPDATES.clone();
    int second = starts().get(1);
    int length = Samples.i32(damaged, second + LENGTH_AT);
    Samples.put(damaged, second + LENGTH_AT, length + error);
    MrtSummary summary = read(damaged);
    assertThat(summary.damaged()).isTrue();
    assertThat(summary.problems()).hasSize(1);
    assertThat(summary.problems().getFirst().offset()).isEqualTo(second);
    assertThat(summary.records()).containsEntry(new RecordType(16, 4), 8L);
    assertThat(events).hasSize(8);
  }

  @Test
  void aTypeThatDoesNotExistCostsOneRecord() {
    byte[] damaged = UPDATES.clone();
    int third = starts().get(2);
    damaged[third + 5] = 99;
    MrtSummary summary = read(damaged);
    assertThat(summary.problems())
        .extracting(Problem::offset, problem -> problem.reason().contains("no header"))
        .containsExactly(tuple((long) third, true));
    assertThat(events).hasSize(8);
  }

  @Test
  void noiseBetweenRecordsIsSkipped() {
    int third = starts().get(2);
    byte[] noise = "not a record at all, but some words".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(UPDATES, 0, third);
    file.writeBytes(noise);
    file.write(UPDATES, third, UPDATES.length - third);
    MrtSummary summary = read(file.toByteArray());
    assertThat(summary.problems())
        .containsExactly(
            new Problem(third, "no header of a record; " + noise.length + " bytes skipped"));
    assertThat(events).hasSize(9);
  }

  @Test
  void aFileThatIsCutOffIsReadUpToThere() {
    for (int length = 1; length < UPDATES.length; length++) {
      events.clear();
      MrtSummary summary = read(Arrays.copyOf(UPDATES, length));
      long whole = starts(length);
      assertThat(events).as("cut at " + length).hasSize((int) whole);
      assertThat(summary.damaged()).isEqualTo(!starts().contains(length));
    }
  }

  @Test
  void aBrokenMessageCostsItselfOnly() {
    byte[] damaged = UPDATES.clone();
    int second = starts().get(1);
    damaged[second + 12 + 20] = 0;
    MrtSummary summary = read(damaged);
    assertThat(summary.problems()).containsExactly(new Problem(second + 32, "no marker"));
    assertThat(summary.damaged()).isFalse();
    assertThat(summary.records()).containsEntry(new RecordType(16, 4), 9L);
    assertThat(events).hasSize(8);
  }

  @Test
  void entriesOfUnknownPeersAreToldAndLeftOut() {
    byte[] table = Samples.own("lab.gobgp-table.mrt");
    int second = RecordHeader.BYTES + Samples.i32(table, LENGTH_AT);
    MrtSummary summary = read(Arrays.copyOfRange(table, second, table.length));
    assertThat(events).isEmpty();
    assertThat(summary.problems()).hasSize(3).allMatch(p -> p.reason().endsWith(" of 0"));
  }

  @Test
  void compressedFilesAreKnownByTheirFirstBytes() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    for (byte[] part : List.of(UPDATES, UPDATES)) {
      // Two members, one after the other, as archives put files together.
      try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
        out.write(part);
      }
    }
    ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream out = new BZip2CompressorOutputStream(bzip2)) {
      out.write(UPDATES);
    }
    assertThat(readFile(gzip.toByteArray()).elements().total()).isEqualTo(18);
    assertThat(readFile(bzip2.toByteArray()).elements().total()).isEqualTo(9);
    assertThat(readFile(UPDATES).elements().total()).isEqualTo(9);
    assertThat(readFile(new byte[0]).damaged()).isFalse();
  }

  @Test
  void aCompressedFileThatIsCutOffEndsWithAReason() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(UPDATES);
    }
    byte[] packed = gzip.toByteArray();
    MrtSummary summary = readFile(Arrays.copyOf(packed, packed.length - 60));
    assertThat(summary.elements().total()).isBetween(1L, 9L);
    assertThat(summary.problems().getLast().reason()).startsWith("the file ends here: ");
    assertThat(summary.damaged()).isTrue();
  }

  private MrtSummary read(byte[] bytes) {
    return MrtReader.read(new ByteArrayInputStream(bytes), "test", events::add);
  }

  private MrtSummary readFile(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    try (InputStream in = MrtFile.open(file)) {
      return MrtReader.read(in, "test", events::add);
    }
  }

  /** Where records start, and the end. */
  private static List<Integer> starts() {
    List<Integer> starts = new ArrayList<>();
    int at = 0;
    while (at < UPDATES.length) {
      starts.add(at);
      at += RecordHeader.BYTES + Samples.i32(UPDATES, at + LENGTH_AT);
    }
    starts.add(at);
    return starts;
  }

  /** How many records are whole in so many bytes. */
  private static long starts(int length) {
    return starts().stream().filter(start -> start > 0 && start <= length).count();
  }
}
