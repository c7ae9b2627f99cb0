package parallax.coordinator.configuration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Loaded;
import parallax.config.problem.Problem;
import parallax.config.secret.SecretSource;
import parallax.coordinator.configuration.change.Candidate;
import parallax.coordinator.configuration.change.Candidate.Descent;
import parallax.coordinator.configuration.git.Fetched;
import parallax.coordinator.configuration.git.GitSource;
import parallax.coordinator.view.SourceRevision;

/**
 * Asks a remote for newer commits, at an interval and whenever it is poked. What cannot be had,
 * cannot be taken or is held back is told, and leaves the last good configuration in force.
 */
public final class GitWatcher implements Watching {
  /** How often it asks by itself. */
  public static final Duration INTERVAL = Duration.ofMinutes(1);

  /** From one time that it asks because it was poked to the next; pokes meanwhile are one. */
  public static final Duration PACE = Duration.ofSeconds(5);

  /** After so long without an answer of the remote it is a warning. */
  public static final Duration STALE = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(GitWatcher.class);
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final GitSource source;
  private final SecretSource secrets;
  private final InstantSource clock;
  private final Gate gate;
  private final Semaphore pokes = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Duration interval;
  private final Thread thread;
  private volatile Instant answered;
  private volatile Optional<String> trouble = Optional.empty();
  private String inForce;
  private String refused = "";
  private boolean isCurrent = true;
  private List<Problem> told = List.of();
  private boolean warned;

  /**
   * What is in force when the watch begins.
   *
   * @param source stays with the caller
   * @param commit empty where the configuration in force is of no commit
   * @param answered when the remote answered last
   */
  public record Begin(
      GitSource source,
      SecretSource secrets,
      String commit,
      Instant answered,
      InstantSource clock) {}

  /** A watcher that is yet to be started. */
  GitWatcher(Begin begin, Gate gate) {
    this(begin, gate, INTERVAL);
  }

  /** The same, which asks by itself at another interval. */
  GitWatcher(Begin begin, Gate gate, Duration interval) {
    this.interval = interval;
    this.source = begin.source();
    this.secrets = begin.secrets();
    this.clock = begin.clock();
    this.gate = gate;
    inForce = begin.commit();
    answered = begin.answered();
    thread = Thread.ofPlatform().name("parallax-configuration").daemon().unstarted(this::run);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void poke() {
    if (pokes.availablePermits() == 0) {
      pokes.release();
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder(
            "parallax.config.last.successful.fetch.timestamp",
            this,
            watcher -> watcher.answered.toEpochMilli() / 1000.0)
        .baseUnit("seconds")
        .description("When the repository of the configuration answered last.")
        .register(registry);
    Gauge.builder("parallax.config.source.up", this, watcher -> watcher.trouble.isEmpty() ? 1 : 0)
        .description("1 when the repository of the configuration answered when it was last asked.")
        .register(registry);
  }

  /** When the remote answered last, whatever it said. */
  public Instant answered() {
    return answered;
  }

  /** Why it did not answer when it was asked last. */
  public Optional<String> trouble() {
    return trouble;
  }

  @Override
  public void close() {
    closed.countDown();
    if (thread.isAlive()) {
      thread.interrupt();
      try {
        thread.join(GOODBYE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    try {
      boolean poked = false;
      while (closed.getCount() > 0) {
        poll();
        if (poked && closed.await(PACE.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        poked = pokes.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
        pokes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks once. */
  void poll() throws InterruptedException {
    try {
      switch (source.fetch()) {
        case Fetched.Failed(var failure) -> failed(failure.message());
        case Fetched.Unfit(SourceRevision revision, List<Problem> problems) -> {
          heard();
          reject(revision, problems);
        }
        case Fetched.Files files -> {
          heard();
          take(files);
        }
      }
    } catch (RuntimeException e) {
      LOG.error("configuration=failed error={}", e.toString(), e);
      failed("an internal error: " + e.getMessage());
    }
  }

  private void heard() {
    trouble.ifPresent(_ -> LOG.info("configuration=reached source={}", source.address()));
    trouble = Optional.empty();
    answered = clock.instant();
    warned = false;
  }

  private void failed(String why) {
    if (!trouble.equals(Optional.of(why))) {
      LOG.warn("configuration=not_fetched kept=last_good error={}", why);
    }
    trouble = Optional.of(why);
    if (!warned && Duration.between(answered, clock.instant()).compareTo(STALE) >= 0) {
      warned = true;
      LOG.error(
          "configuration=stale source={} last_answer={} error={}", source.address(), answered, why);
    }
  }

  private void take(Fetched.Files files) {
    SourceRevision revision = files.revision();
    if (revision.commit().equals(inForce)) {
      backToNormal(revision);
      return;
    }
    switch (files.load(secrets)) {
      case Loaded.Invalid(List<Problem> problems) -> reject(revision, problems);
      case Loaded.Valid(var configuration, var warnings) -> {
        boolean follows = inForce.isEmpty() || source.follows(revision.commit(), inForce);
        Candidate candidate =
            new Candidate(
                configuration, revision.commit(), follows ? Descent.FOLLOWS : Descent.REWRITTEN);
        told = List.of();
        if (gate.offer(new Gate.Offer(candidate, Optional.of(revision)))) {
          warnings.stream()
              .limit(ConfigurationWatcher.MAX_LOGGED)
              .forEach(warning -> LOG.warn("{}", warning));
          inForce = revision.commit();
          isCurrent = true;
          source.keep(inForce);
          LOG.info(
              "configuration=loaded commit={} targets={}", inForce, configuration.targets().size());
        } else {
          isCurrent = false;
        }
      }
    }
  }

  /** What was refused is gone from the branch: what is in force is its newest commit again. */
  private void backToNormal(SourceRevision revision) {
    if (!isCurrent) {
      isCurrent = true;
      told = List.of();
      gate.again(revision);
    }
  }

  private void reject(SourceRevision revision, List<Problem> problems) {
    if (revision.commit().equals(refused) && problems.equals(told)) {
      return;
    }
    refused = revision.commit();
    told = problems;
    isCurrent = false;
    problems.stream()
        .limit(ConfigurationWatcher.MAX_LOGGED)
        .forEach(problem -> LOG.error("{}", problem));
    LOG.error(
        "configuration=rejected commit={} problems={} kept=last_good", refused, problems.size());
    gate.configurationRejected(problems);
  }
}
