package parallax.coordinator.runbook.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A command that this machine allows.
 *
 * @param run the program, with an absolute path, and its arguments; no shell reads them
 * @param folder in which it runs; empty: the coordinator's own
 */
public record LocalCommand(String name, List<String> run, Duration timeout, Optional<Path> folder) {
  /** What holds when nothing is said. */
  public static final Duration USUAL_TIMEOUT = Duration.ofMinutes(1);

  public static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
  public static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  public LocalCommand {
    run = List.copyOf(run);
    if (run.isEmpty()) {
      throw new IllegalArgumentException("a command without a program: " + name);
    }
  }

  /** What is run, without the arguments, which may hold what is nobody's business. */
  public String words() {
    int count = run.size() - 1;
    String more = count == 0 ? "" : " with " + count + (count == 1 ? " argument" : " arguments");
    return run.getFirst() + more;
  }
}
