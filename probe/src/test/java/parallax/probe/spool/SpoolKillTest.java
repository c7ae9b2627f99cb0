package parallax.probe.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends and is killed, again and again, loses nothing that it said was kept. */
class SpoolKillTest {
  /** More with {@code -Dparallax.spool.kills=200}. */
  private static final int KILLS = Integer.getInteger("parallax.spool.kills", 12);

  private static final int MAX_REPORTS = 6_000;
  private static final long MAX_WAIT_SECONDS = 60;

  @TempDir Path folder;

  @Test
  void nothingThatWasKeptIsLostByKill() throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(KILLS);
    for (int boot = 1; boot <= KILLS; boot++) {
      long reported = appendAndKill(boot, random.nextInt(1, MAX_REPORTS));
      try (Spool spool =
          Spool.open(
              AppendingMain.settings(folder),
              Spools.origin(1_000_000L + boot),
              new LocalDisk(),
              () -> 0)) {
        List<Long> numbers = new ArrayList<>();
        Optional<Slice> slice = spool.backlog(500, 1_000_000);
        while (slice.isPresent()) {
          assertThat(slice.get().boot()).isEqualTo(boot);
          numbers.addAll(Spools.numbers(slice.get()));
          Spools.acknowledge(spool, slice.get());
          slice = spool.backlog(500, 1_000_000);
        }
        assertThat(numbers)
            .as("run %d, killed after %d", boot, reported)
            .isEqualTo(LongStream.range(0, numbers.size()).boxed().toList())
            .hasSizeGreaterThan((int) reported);
        assertThat(spool.drops()).isEmpty();
      }
    }
  }

  /** Kills a child after so many reports; the last number that it reported. */
  private long appendAndKill(long boot, int reports) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingMain.class.getName(),
                folder.toString(),
                Long.toString(boot))
            .redirectError(Files.createDirectories(folder).resolve("errors").toFile())
            .start();
    long last = -1;
    try (DataInputStream in = new DataInputStream(child.getInputStream())) {
      for (int count = 0; count < reports; count++) {
        last = in.readLong();
      }
      // Process.destroyForcibly would close the stream, with reports still in it.
      child.toHandle().destroyForcibly();
      for (long more = 0; more < AppendingMain.MAX_APPENDS; more++) {
        last = in.readLong();
      }
    } catch (EOFException e) {
      assertThat(last).as(Files.readString(folder.resolve("errors"))).isNotNegative();
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(MAX_WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
    return last;
  }
}
