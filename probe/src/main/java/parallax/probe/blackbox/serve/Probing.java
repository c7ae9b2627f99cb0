package parallax.probe.blackbox.serve;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import parallax.config.observation.Printable;
import parallax.probe.blackbox.look.ProbeLog;
import parallax.probe.blackbox.look.Samples;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.Unseen;
import parallax.probe.blackbox.module.ProbeModule;
import parallax.probe.check.Deadline;
import parallax.probe.check.NanoSource;
import parallax.probe.net.Attempt;

/** Makes probes, each on a thread of its own that may wait, a bounded number at a time. */
public final class Probing {
  /** Further ones are turned away. */
  static final int MAX_RUNNING = 2_000;

  /** Of a target, where a line of the log names it. */
  private static final int MAX_SHOWN = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Probing.class);

  private final Sight.Tools tools;
  private final Probers probers;
  private final InstantSource clock;
  private final NanoSource nanos;
  private final Level told;
  private final Semaphore running = new Semaphore(MAX_RUNNING);

  /**
   * @param clock for logs
   * @param nanos for measuring
   * @param told how severe it is what the log of a probe says, for the log of this process
   */
  public Probing(
      Sight.Tools tools, Probers probers, InstantSource clock, NanoSource nanos, Level told) {
    this.tools = tools;
    this.probers = probers;
    this.clock = clock;
    this.nanos = nanos;
    this.told = told;
  }

  /**
   * What came of a probe.
   *
   * @param metrics in the text format
   * @param debug log, metrics and module, for people
   */
  public record Result(boolean success, String metrics, String debug) {}

  /** Probes; empty when too many probes are under way. Waits until it is over. */
  public Optional<Result> probe(ProbeModule module, String target, Duration timeout) {
    if (!running.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return Optional.of(run(module, target, timeout));
    } finally {
      running.release();
    }
  }

  /** A log of a probe of which each line is also one of this process, named by whose it is. */
  private ProbeLog log(ProbeModule module, String target) {
    if (!LOG.isEnabledForLevel(told)) {
      return new ProbeLog(clock, _ -> {});
    }
    String shown = Printable.bounded(target, MAX_SHOWN);
    return new ProbeLog(
        clock,
        line ->
            LOG.atLevel(told)
                .log("event=probing module={} target=\"{}\" {}", module.name(), shown, line));
  }

  private Result run(ProbeModule module, String target, Duration timeout) {
    Samples samples = new Samples();
    ProbeLog log = log(module, target);
    samples.set("probe_success", "Displays whether or not the probe was a success", 0);
    samples.set("probe_timeout_seconds", "Timeout of the probe in seconds", Sight.seconds(timeout));
    log.info(
        "Beginning probe",
        "module",
        module.name(),
        "target",
        target,
        "probe",
        module.kind().prober(),
        "timeout_seconds",
        Sight.seconds(timeout));
    long started = nanos.nanos();
    Attempt attempt =
        Attempt.start(tools.connector().loops(), Deadline.startingNow(nanos, timeout), _ -> {});
    boolean success = false;
    try {
      success = probers.probe(module.kind(), target, new Sight(tools, attempt, samples, log));
    } catch (Unseen unseen) {
      log.error("Probe cannot go on", "err", unseen.finding().words());
    } catch (RuntimeException bug) {
      LOG.error("event=probe_broken module={}", module.name(), bug);
      log.error("Probe is broken", "err", bug.getClass().getSimpleName());
    } finally {
      attempt.onLoop(attempt::up);
    }
    double took = Sight.seconds(Duration.ofNanos(nanos.nanos() - started));
    samples.set(
        "probe_duration_seconds", "Returns how long the probe took to complete in seconds", took);
    if (success) {
      samples.set("probe_success", "Displays whether or not the probe was a success", 1);
      log.info("Probe succeeded", "duration_seconds", took);
    } else {
      log.error("Probe failed", "duration_seconds", took);
    }
    String metrics = samples.text();
    return new Result(
        success,
        metrics,
        "Logs for the probe:\n"
            + log.text()
            + "\n\n\nMetrics that would have been returned:\n"
            + metrics
            + "\n\n\nModule configuration:\n"
            + module.shown());
  }
}
