package parallax.probe.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import parallax.config.wire.DropCause;
import parallax.config.wire.Priority;

/** Fills a small file system with a spool, makes room, goes on, and reads all of it again. */
final class FullDiskMain {
  private static final long MAX_APPENDS = 1_000_000;
  private static final long AFTERWARDS = 100;

  private FullDiskMain() {}

  /** Takes a folder of a small file system; prints how much was kept. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path ballast = Files.write(folder.resolve("ballast"), new byte[64 * 1024]);
    SpoolSettings settings =
        new SpoolSettings(
            folder.resolve("spool"), 64 << 20, 1 << 20, Duration.ofSeconds(1), 64 * 1024);
    long kept = 0;
    try (Spool spool = Spool.open(settings, Spools.origin(1), new LocalDisk(), () -> 0)) {
      while (kept < MAX_APPENDS && append(spool, kept).equals(new Appended.Kept())) {
        kept++;
      }
      require(append(spool, kept + 1).equals(new Appended.Refused(DropCause.DISK_FULL)), "refused");
      Files.delete(ballast);
      for (long after = kept + 2; after < kept + 2 + AFTERWARDS; after++) {
        require(append(spool, after).equals(new Appended.Kept()), "kept again");
      }
    }
    try (Spool spool = Spool.open(settings, Spools.origin(2), new LocalDisk(), () -> 0)) {
      Optional<Slice> all = spool.backlog(Integer.MAX_VALUE, Integer.MAX_VALUE);
      List<Long> numbers =
          LongStream.concat(
                  LongStream.range(0, kept), LongStream.range(kept + 2, kept + 2 + AFTERWARDS))
              .boxed()
              .toList();
      require(all.map(Spools::numbers).equals(Optional.of(numbers)), "all of it, once");
    }
    System.out.println(kept);
  }

  private static Appended append(Spool spool, long sequence) {
    return spool.append(sequence, Priority.ROUTINE, Spools.payload(sequence));
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("not " + what);
    }
  }
}
