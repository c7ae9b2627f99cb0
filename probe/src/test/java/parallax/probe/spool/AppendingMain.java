package parallax.probe.spool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Appends to a spool until it is killed, and reports the number of each observation, as 8 bytes,
 * once it was kept.
 */
final class AppendingMain {
  static final int SEGMENT = 16 * 1024;

  /** More than a child appends before it is killed. */
  static final long MAX_APPENDS = 10_000_000;

  private AppendingMain() {}

  static SpoolSettings settings(Path folder) {
    return new SpoolSettings(folder, 256 << 20, SEGMENT, Duration.ofMillis(10), 64 * 1024);
  }

  /** Takes a folder and the number of the run. */
  public static void main(String[] arguments) throws IOException {
    Spool.Origin origin = Spools.origin(Long.parseLong(arguments[1]));
    SpoolSettings settings = settings(Path.of(arguments[0]));
    ByteBuffer report = ByteBuffer.allocate(Long.BYTES);
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        Spool spool = Spool.open(settings, origin, new LocalDisk(), System::nanoTime)) {
      for (long sequence = 0; sequence < MAX_APPENDS; sequence++) {
        Appended appended =
            spool.append(sequence, Spools.priority(sequence), Spools.payload(sequence));
        spool.tick();
        if (appended.equals(new Appended.Kept())) {
          out.write(report.putLong(0, sequence).array());
        }
      }
    }
  }
}
