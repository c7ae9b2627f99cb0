package parallax.probe.spool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import parallax.config.wire.Priority;

/** Small spools, and what is in them. */
final class Spools {
  static final int SEGMENT = 2_048;
  static final int MAX = 64 * 1024;

  private Spools() {}

  static SpoolSettings small(Path folder) {
    return new SpoolSettings(folder, MAX, SEGMENT, Duration.ofSeconds(1), 4_096);
  }

  static Spool open(Path folder, long boot) throws IOException {
    return open(folder, boot, FaultyDisk.sound());
  }

  static Spool open(Path folder, long boot, Disk disk) throws IOException {
    return Spool.open(small(folder), origin(boot), disk, () -> 0);
  }

  static Spool.Origin origin(long boot) {
    return new Spool.Origin(boot, ("probe of run " + boot).getBytes(StandardCharsets.UTF_8));
  }

  /** What stands for observation {@code sequence}: differs in length and bytes from others. */
  static byte[] payload(long sequence) {
    byte[] bytes = new byte[(int) (20 + sequence * 7 % 90)];
    for (int index = 0; index < bytes.length; index++) {
      bytes[index] = (byte) (sequence * 31 + index);
    }
    return bytes;
  }

  static Priority priority(long sequence) {
    return sequence % 10 == 7
        ? Priority.CHANGE
        : sequence % 5 == 3 ? Priority.TROUBLE : Priority.ROUTINE;
  }

  static void append(Spool spool, long from, long to) {
    for (long sequence = from; sequence < to; sequence++) {
      spool.append(sequence, priority(sequence), payload(sequence));
    }
  }

  /** Takes everything of one cursor and acknowledges it; the numbers, as they came. */
  static List<Long> drain(Spool spool, boolean live) {
    List<Long> numbers = new ArrayList<>();
    Optional<Slice> slice = live ? spool.live(7, 1_000) : spool.backlog(7, 1_000);
    while (slice.isPresent()) {
      numbers.addAll(numbers(slice.get()));
      acknowledge(spool, slice.get());
      slice = live ? spool.live(7, 1_000) : spool.backlog(7, 1_000);
    }
    return numbers;
  }

  /** The numbers of a slice, each of which has the bytes that it should. */
  static List<Long> numbers(Slice slice) {
    for (Slice.Entry entry : slice.entries()) {
      if (!Arrays.equals(entry.bytes(), payload(entry.sequence()))) {
        throw new AssertionError("other bytes than were appended for " + entry.sequence());
      }
    }
    return slice.entries().stream().map(Slice.Entry::sequence).toList();
  }

  /** As coordinators do: they name stretches without gaps, and nothing between them. */
  static void acknowledge(Spool spool, Slice slice) {
    slice.stretches().forEach(each -> spool.acknowledge(slice.boot(), each.first(), each.last()));
  }
}
