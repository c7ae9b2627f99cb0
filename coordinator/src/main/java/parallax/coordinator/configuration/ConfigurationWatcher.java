package parallax.coordinator.configuration;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.Loaded;
import parallax.config.problem.Problem;
import parallax.coordinator.configuration.change.Change;
import parallax.coordinator.view.SourceRevision;

/**
 * Reads users' files again after they changed and came to rest. What cannot be taken is told and
 * leaves the last good configuration in force.
 */
public final class ConfigurationWatcher implements Watching {
  /** How often the files are looked at; they are read when two looks in a row agree. */
  public static final Duration POLL = Duration.ofSeconds(1);

  /** Of more problems than this the further ones are counted, not logged. */
  static final int MAX_LOGGED = 100;

  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatcher.class);

  private final Path root;
  private final Supplier<Loaded> loader;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private Fingerprint loaded;
  private Fingerprint seen;

  /** Who is told. */
  public interface Listener {
    void configure(Configuration configuration);

    /** The same, of a commit. */
    default void configure(Configuration configuration, SourceRevision source) {
      configure(configuration);
    }

    void configurationRejected(List<Problem> problems);

    /**
     * The same of what could come into force, and waits for an approval.
     *
     * @param change what it would change; empty where nothing is in force
     */
    default void configurationHeld(List<Problem> problems, Optional<Change> change) {
      configurationRejected(problems);
    }

    /** The files were looked at, whether or not there was something new. */
    default void polled() {}
  }

  /**
   * A watcher that is yet to be started.
   *
   * @param loaded of the files when they were read last
   * @param loader reads the files; may block
   */
  public ConfigurationWatcher(
      Path root, Fingerprint loaded, Supplier<Loaded> loader, Listener listener) {
    this.root = root;
    this.loaded = loaded;
    this.loader = loader;
    this.listener = listener;
    seen = loaded;
    thread = Thread.ofPlatform().name("parallax-configuration").daemon().unstarted(this::run);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void poke() {
    // It looks every second anyway.
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    // Files on this machine are as new as they are.
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      if (!thread.join(POLL.multipliedBy(2))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        poll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once. */
  void poll() {
    Fingerprint now = Fingerprint.of(root);
    boolean atRest = now.equals(seen);
    seen = now;
    if (atRest && !now.equals(loaded)) {
      loaded = now;
      reload(now);
    }
    listener.polled();
  }

  private void reload(Fingerprint now) {
    Loaded result =
        switch (now) {
          case Fingerprint.Unreadable(String why) -> unreadable("cannot be read: " + why);
          case Fingerprint.Present _ -> load();
        };
    switch (result) {
      case Loaded.Valid(Configuration configuration, List<Problem> warnings) -> {
        warnings.stream().limit(MAX_LOGGED).forEach(warning -> LOG.warn("{}", warning));
        LOG.info(
            "configuration=loaded revision={} targets={}",
            configuration.revision(),
            configuration.targets().size());
        listener.configure(configuration);
      }
      case Loaded.Invalid(List<Problem> problems) -> {
        problems.stream().limit(MAX_LOGGED).forEach(problem -> LOG.error("{}", problem));
        LOG.error("configuration=rejected problems={} kept=last_good", problems.size());
        listener.configurationRejected(problems);
      }
    }
  }

  private Loaded load() {
    try {
      return loader.get();
    } catch (RuntimeException e) {
      LOG.error("configuration=failed error={}", e.toString(), e);
      return unreadable("could not be read because of an internal error");
    }
  }

  private Loaded unreadable(String why) {
    return new Loaded.Invalid(List.of(new Problem(root, 1, 1, why)));
  }
}
