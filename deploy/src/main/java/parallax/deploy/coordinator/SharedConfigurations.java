package parallax.deploy.coordinator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.problem.Problem;
import parallax.config.secret.SecretSource;
import parallax.coordinator.cluster.bundle.Bundle;
import parallax.coordinator.cluster.bundle.BundleFollower;
import parallax.coordinator.cluster.bundle.SharedConfiguration;
import parallax.coordinator.configuration.ConfigurationSource;
import parallax.coordinator.configuration.ConfigurationWatcher;
import parallax.coordinator.configuration.Watching;
import parallax.coordinator.configuration.change.Change;
import parallax.coordinator.view.SourceRevision;

/**
 * One configuration for all members: the one that leads watches the source and publishes what it
 * takes; every member reads the published files with its own secrets and applies them when all do.
 */
final class SharedConfigurations implements BundleFollower, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedConfigurations.class);

  private final ConfigurationSource source;
  private final SecretSource secrets;
  private final ConfigurationWatcher.Listener applied;
  private final AtomicReference<Optional<Prepared>> prepared =
      new AtomicReference<>(Optional.empty());
  private volatile Optional<String> trouble =
      Optional.of("it has not heard yet which configuration is in force");
  private volatile boolean late;
  private boolean anyApplied;
  private volatile ConfigurationSource.Start.Ready inForce;
  private final AtomicReference<Optional<Watching>> watching =
      new AtomicReference<>(Optional.empty());

  /** A bundle as it reads here. */
  private record Prepared(Bundle bundle, Loaded loaded) {}

  /**
   * @param inForce what this member began with
   * @param applied is told what is in force on all members
   */
  SharedConfigurations(
      ConfigurationSource source,
      SecretSource secrets,
      ConfigurationSource.Start.Ready inForce,
      ConfigurationWatcher.Listener applied) {
    this.source = source;
    this.secrets = secrets;
    this.inForce = inForce;
    this.applied = applied;
  }

  /** Why what is in force elsewhere is not in force here. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Whether others may go by what was published, and this one does not yet. */
  boolean isLate() {
    return late;
  }

  /** This member leads: it publishes what is in force, and watches the source from now on. */
  synchronized void lead(SharedConfiguration shared, ConfigurationSource.Watch watch) {
    follow();
    Publisher publisher = new Publisher(shared, watch.listener());
    // Always: what the one before published may have gone with it, and newcomers wait for it.
    publisher.publish(inForce.configuration(), inForce.source());
    Watching begun =
        source.watch(
            inForce, new ConfigurationSource.Watch(watch.approvals(), watch.clock(), publisher));
    begun.start();
    watching.set(Optional.of(begun));
  }

  /** Somebody says that there is something newer; only who leads asks. */
  void poke() {
    watching.get().ifPresent(Watching::poke);
  }

  /** Another member watches the source. */
  synchronized void follow() {
    watching.getAndSet(Optional.empty()).ifPresent(Watching::close);
  }

  @Override
  public boolean prepare(Bundle bundle) {
    late = true;
    Loaded loaded = load(bundle);
    prepared.set(Optional.of(new Prepared(bundle, loaded)));
    return loaded instanceof Loaded.Valid;
  }

  @Override
  public void apply(Bundle bundle) {
    Loaded loaded =
        prepared
            .getAndSet(Optional.empty())
            .filter(ready -> ready.bundle().revision() == bundle.revision())
            .map(Prepared::loaded)
            .orElseGet(() -> load(bundle));
    switch (loaded) {
      case Loaded.Valid(Configuration configuration, List<Problem> warnings) -> {
        trouble = Optional.empty();
        Optional<SourceRevision> commit = CommitText.parse(bundle.commit());
        boolean same =
            anyApplied
                && commit.equals(inForce.source())
                && configuration.revision().equals(inForce.configuration().revision());
        inForce =
            new ConfigurationSource.Start.Ready(configuration, warnings, commit, Optional.empty());
        anyApplied = true;
        if (!same) {
          commit.ifPresentOrElse(
              of -> applied.configure(configuration, of), () -> applied.configure(configuration));
        }
        late = false;
      }
      case Loaded.Invalid(List<Problem> problems) -> {
        trouble =
            Optional.of(
                "the configuration that is in force cannot be used here: " + problems.getFirst());
        LOG.error("configuration=unusable_here first=\"{}\"", problems.getFirst());
        applied.configurationRejected(problems);
      }
    }
  }

  private static SortedMap<String, String> texts(SortedMap<String, ByteBuffer> files) {
    SortedMap<String, String> texts = new TreeMap<>();
    files.forEach(
        (path, bytes) ->
            texts.put(path, StandardCharsets.UTF_8.decode(bytes.duplicate()).toString()));
    return texts;
  }

  private Loaded load(Bundle bundle) {
    SortedMap<String, ByteBuffer> files = new TreeMap<>();
    bundle
        .files()
        .forEach(
            (path, text) ->
                files.put(
                    path,
                    ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer()));
    return ConfigurationLoader.load(Path.of("."), files, secrets);
  }

  @Override
  public synchronized void close() {
    follow();
  }

  /** Hands on what the source gives, to all members. */
  private final class Publisher implements ConfigurationWatcher.Listener {
    private final SharedConfiguration shared;
    private final ConfigurationWatcher.Listener rejections;
    private long last;

    Publisher(SharedConfiguration shared, ConfigurationWatcher.Listener rejections) {
      this.shared = shared;
      this.rejections = rejections;
      this.last = shared.active().map(Bundle::revision).orElse(0L);
    }

    @Override
    public void configure(Configuration configuration) {
      publish(configuration, Optional.empty());
    }

    @Override
    public void configure(Configuration configuration, SourceRevision commit) {
      publish(configuration, Optional.of(commit));
    }

    @Override
    public void configurationRejected(List<Problem> problems) {
      rejections.configurationRejected(problems);
    }

    @Override
    public void configurationHeld(List<Problem> problems, Optional<Change> change) {
      rejections.configurationHeld(problems, change);
    }

    private void publish(Configuration configuration, Optional<SourceRevision> commit) {
      Optional<SortedMap<String, ByteBuffer>> files = source.files(configuration, commit);
      if (files.isEmpty()) {
        // They changed again while they were read: the next look has them.
        LOG.info("configuration=changing revision={}", configuration.revision());
        return;
      }
      last = Math.max(last, shared.active().map(Bundle::revision).orElse(0L)) + 1;
      Bundle bundle = new Bundle(last, commit.map(CommitText::of).orElse(""), texts(files.get()));
      shared
          .publish(bundle)
          .whenComplete(
              (taken, failure) -> {
                if (failure != null || !taken) {
                  LOG.warn(
                      "configuration=not_published revision={} commit={}",
                      configuration.revision(),
                      bundle.commit());
                }
              });
    }
  }
}
