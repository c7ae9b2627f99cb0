package parallax.coordinator.runbook.execute;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import parallax.coordinator.run.Run;
import parallax.coordinator.runbook.local.LocalCommand;

/**
 * One process: without a shell, without the coordinator's environment, with nothing on its standard
 * input, killed with whatever it started when its time is over.
 */
final class ProcessRun {
  /** So long it may take to end by itself when it is told to. */
  static final Duration GRACE = Duration.ofSeconds(2);

  /** So long after its end there may come something that it wrote before. */
  static final Duration SETTLING = Duration.ofMillis(300);

  private static final Duration LOOK = Duration.ofMillis(20);
  private static final int CHUNK = 8_192;
  private static final List<String> KEPT = List.of("PATH", "HOME", "LANG", "TZ");

  private final LocalCommand command;
  private final LongSupplier nanos;
  private final BoundedOutput output = new BoundedOutput();
  private final byte[] chunk = new byte[CHUNK];

  ProcessRun(LocalCommand command, LongSupplier nanos) {
    this.command = command;
    this.nanos = nanos;
  }

  /** What came of it, without a time. */
  record Ended(Run.Outcome outcome, String said) {}

  /**
   * Runs it, and waits for its end.
   *
   * @throws InterruptedException after it was killed
   */
  Ended run(SortedMap<String, String> facts) throws InterruptedException {
    long began = nanos.getAsLong();
    Process process;
    try {
      process = builder(facts).start();
    } catch (IOException e) {
      return new Ended(Run.Outcome.FAILED, "failed: cannot be started");
    }
    try {
      boolean ended = await(process, began);
      Duration took = Duration.ofNanos(nanos.getAsLong() - began);
      int killed = ended ? 0 : kill(process);
      drain(process);
      return ended ? exited(process, took) : timedOut(killed);
    } catch (InterruptedException e) {
      kill(process);
      throw e;
    } finally {
      process.destroyForcibly();
    }
  }

  private ProcessBuilder builder(SortedMap<String, String> facts) {
    ProcessBuilder builder =
        new ProcessBuilder(command.run())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    command.folder().ifPresent(folder -> builder.directory(folder.toFile()));
    // The coordinator's own environment may hold its secrets.
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(KEPT);
    environment.putAll(facts);
    return builder;
  }

  private boolean await(Process process, long began) throws InterruptedException {
    long most = command.timeout().toNanos();
    while (nanos.getAsLong() - began < most) {
      take(process);
      if (process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
    return false;
  }

  /** Takes what is there, and never waits for more: a child may keep the pipe open for ever. */
  private boolean take(Process process) {
    InputStream from = process.getInputStream();
    boolean some = false;
    try {
      while (from.available() > 0) {
        int count = from.read(chunk, 0, Math.min(chunk.length, from.available()));
        if (count <= 0) {
          break;
        }
        output.add(chunk, count);
        some = true;
      }
    } catch (IOException e) {
      // It was closed at its other end, and says nothing more.
      return some;
    }
    return some;
  }

  /** Takes what it wrote before its end. */
  private void drain(Process process) throws InterruptedException {
    long since = nanos.getAsLong();
    while (nanos.getAsLong() - since < SETTLING.toNanos()) {
      take(process);
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
  }

  private Ended exited(Process process, Duration took) {
    int status = process.exitValue();
    String how = "exit status " + status + " after " + seconds(took);
    return status == 0
        ? new Ended(Run.Outcome.DONE, said("finished: " + how))
        : new Ended(Run.Outcome.FAILED, said("failed: " + how));
  }

  private Ended timedOut(int killed) {
    String what = killed == 1 ? "1 process" : killed + " processes";
    return new Ended(
        Run.Outcome.TIMED_OUT,
        said("timed out after " + seconds(command.timeout()) + ", killed: " + what));
  }

  private String said(String head) {
    String text = output.text().strip();
    return text.isEmpty() ? head : head + "\n" + text;
  }

  static String seconds(Duration time) {
    long millis = Math.max(0, time.toMillis());
    return "%d.%d s".formatted(millis / 1000, millis % 1000 / 100);
  }

  /**
   * Ends it and all that it started, as far as they still know each other: first they are asked to,
   * then they are made to.
   *
   * @return how many there were
   */
  private int kill(Process process) throws InterruptedException {
    Map<Long, ProcessHandle> tree = new LinkedHashMap<>();
    // Once a parent is gone its children can't be found any more.
    gather(process, tree);
    tree.values().forEach(ProcessHandle::destroy);
    long since = nanos.getAsLong();
    while (anyAlive(tree) && nanos.getAsLong() - since < GRACE.toNanos()) {
      gather(process, tree);
      take(process);
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    tree.values().forEach(ProcessHandle::destroyForcibly);
    process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    return tree.size();
  }

  private static void gather(Process process, Map<Long, ProcessHandle> tree) {
    for (ProcessHandle known : List.copyOf(tree.values())) {
      known.descendants().forEach(child -> tree.putIfAbsent(child.pid(), child));
    }
    process.descendants().forEach(child -> tree.putIfAbsent(child.pid(), child));
    tree.putIfAbsent(process.pid(), process.toHandle());
  }

  private static boolean anyAlive(Map<Long, ProcessHandle> tree) {
    return tree.values().stream().anyMatch(ProcessHandle::isAlive);
  }
}
