package parallax.deploy.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntConsumer;
import parallax.config.fault.Steps;

/**
 * Ends the process without a word when it passes a step, as kill -9 would: no shutdown hook runs,
 * nothing is flushed. For fault campaigns, by {@code -Dparallax.halt=STEP:COUNT}: at the COUNTth
 * passing. {@code -Dparallax.halt=@FILE} reads that from a file, which may appear later; passings
 * count from then on, and the file is gone when the process is. Thread-safe.
 */
public final class HaltAt implements Steps {
  /** The system property. */
  public static final String PROPERTY = "parallax.halt";

  /** What the shell says of a process that was killed by SIGKILL. */
  static final int STATUS = 137;

  private static final int MAX_COUNT = 1_000_000;

  private final Aim fixed;
  private final Optional<Path> file;
  private final IntConsumer halt;
  private Aim aim;
  private int passings;

  private HaltAt(Aim fixed, Optional<Path> file, IntConsumer halt) {
    this.fixed = fixed;
    this.file = file;
    this.halt = halt;
    this.aim = fixed;
  }

  /** Where to end. */
  private record Aim(String step, int count) {
    static final Aim NOWHERE = new Aim("", 1);

    static Aim parse(String written) {
      int colon = written.lastIndexOf(':');
      try {
        int count = Integer.parseInt(written.substring(colon + 1));
        if (colon > 0 && count >= 1 && count <= MAX_COUNT) {
          return new Aim(written.substring(0, colon), count);
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(wrong(written), e);
      }
      throw new IllegalArgumentException(wrong(written));
    }

    private static String wrong(String written) {
      return PROPERTY + " must be STEP:COUNT, such as probe.sent:20: " + written;
    }
  }

  /**
   * What the system property says; without it nobody listens.
   *
   * @throws IllegalArgumentException when it says neither a step nor a file
   */
  public static Steps ofProperties() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(written -> parse(written, Runtime.getRuntime()::halt))
        .orElse(UNWATCHED);
  }

  static Steps parse(String written, IntConsumer halt) {
    return written.startsWith("@")
        ? new HaltAt(Aim.NOWHERE, Optional.of(Path.of(written.substring(1))), halt)
        : new HaltAt(Aim.parse(written), Optional.empty(), halt);
  }

  @Override
  public synchronized void passed(String step) {
    Aim now = file.map(HaltAt::read).orElse(fixed);
    if (!now.equals(aim)) {
      aim = now;
      passings = 0;
    }
    if (aim.step().equals(step) && ++passings == aim.count()) {
      file.ifPresent(HaltAt::forget);
      halt.accept(STATUS);
    }
  }

  private static Aim read(Path file) {
    try {
      return Files.exists(file) ? Aim.parse(Files.readString(file).strip()) : Aim.NOWHERE;
    } catch (NoSuchFileException e) {
      return Aim.NOWHERE;
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read " + file, e);
    }
  }

  /** Whoever starts again must not die again; if that fails, the starter's own care helps. */
  private static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot remove " + file, e);
    }
  }
}
