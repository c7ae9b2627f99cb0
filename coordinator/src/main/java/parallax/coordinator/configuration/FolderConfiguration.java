package parallax.coordinator.configuration;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.secret.SecretSource;
import parallax.coordinator.view.SourceRevision;

/** A file or a folder of this machine. */
final class FolderConfiguration implements ConfigurationSource {
  private final Path path;
  private final SecretSource secrets;
  private Fingerprint read;

  FolderConfiguration(Path path, SecretSource secrets) {
    this.path = path;
    this.secrets = secrets;
    read = Fingerprint.of(path);
  }

  @Override
  public Start first() {
    // Taken before the files are read: an edit in between is seen as a change, not missed.
    read = Fingerprint.of(path);
    return switch (load()) {
      case Loaded.Valid(var configuration, var warnings) ->
          new Start.Ready(configuration, warnings, Optional.empty(), Optional.empty());
      case Loaded.Invalid(var problems) -> new Start.Unusable(problems);
    };
  }

  private Loaded load() {
    return ConfigurationLoader.load(path, secrets);
  }

  @Override
  public Watching watch(Start.Ready inForce, Watch watch) {
    Gate gate = new Gate(inForce.configuration(), watch.approvals(), watch.listener());
    return new ConfigurationWatcher(path, read, this::load, gate);
  }

  @Override
  public Optional<SortedMap<String, ByteBuffer>> files(
      Configuration configuration, Optional<SourceRevision> commit) {
    return ConfigurationLoader.files(path, configuration.revision());
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
