package parallax.probe.blackbox.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.problem.Problem;
import parallax.probe.blackbox.module.ProbeModule;
import parallax.probe.blackbox.read.Defaults;
import parallax.probe.blackbox.read.ModulesReader;

/**
 * The modules in force: those of the file as it was when it was last good, or the built-in ones.
 * Safe for use by many threads.
 */
public final class Modules {
  private static final Logger LOG = LoggerFactory.getLogger(Modules.class);
  private static final int MAX_BYTES = (1 << 20) + 1;

  private final Optional<Path> file;
  private final InstantSource clock;
  private ModulesReader.Outcome.Good good;
  private byte[] bytes = new byte[0];
  private boolean successful = true;
  private Instant loaded;

  /**
   * The modules of a file.
   *
   * @param file empty: the built-in ones
   */
  public Modules(Optional<Path> file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    this.good = Defaults.modules();
    this.loaded = clock.instant();
  }

  /**
   * Reads the file again. When something is wrong with it, what was in force stays.
   *
   * @return what is wrong; empty when it is in force
   */
  public synchronized List<Problem> load() {
    if (file.isEmpty()) {
      return List.of();
    }
    byte[] now;
    try (InputStream in = Files.newInputStream(file.get())) {
      now = in.readNBytes(MAX_BYTES);
    } catch (IOException e) {
      successful = false;
      return List.of(new Problem(file.get(), 1, 1, "cannot be read; does it exist?"));
    }
    bytes = now;
    return switch (ModulesReader.read(file.get(), now)) {
      case ModulesReader.Outcome.Good read -> {
        good = read;
        successful = true;
        loaded = clock.instant();
        read.warnings().forEach(warning -> LOG.warn("modules={}", warning));
        yield List.of();
      }
      case ModulesReader.Outcome.Bad(List<Problem> problems) -> {
        successful = false;
        yield problems;
      }
    };
  }

  /** Whether the file differs from what was read last. */
  synchronized boolean hasChanged() {
    if (file.isEmpty()) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      return !Arrays.equals(bytes, in.readNBytes(MAX_BYTES));
    } catch (IOException e) {
      return false;
    }
  }

  synchronized Optional<ProbeModule> get(String name) {
    return Optional.ofNullable(good.modules().get(name));
  }

  /** All of them as YAML, without secrets. */
  synchronized String shown() {
    return good.shown();
  }

  synchronized boolean successful() {
    return successful;
  }

  /** When the file was last good. */
  synchronized Instant loaded() {
    return loaded;
  }
}
