package parallax.coordinator.configuration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import parallax.config.secret.SecretSource;
import parallax.coordinator.configuration.git.GitSource;
import parallax.coordinator.configuration.git.address.GitAddress;
import parallax.coordinator.configuration.git.address.GitAddressText;

/** Makes sources of what is written on a command line. */
public final class ConfigurationSources {
  /** Mirrors lie there, below the folder of data. */
  public static final String MIRRORS = "configuration";

  private ConfigurationSources() {}

  /**
   * The source that {@code written} names: a file, a folder, or a {@link GitAddress}.
   *
   * @param data where a mirror is kept
   * @throws IllegalArgumentException when it cannot be one; the message is for people
   */
  public static ConfigurationSource of(String written, Path data) {
    return of(written, data, Optional.empty());
  }

  /**
   * The same, where commits count only when they are signed.
   *
   * @param signers a file of allowed signers; folders on a disk are not signed, and refused
   */
  public static ConfigurationSource of(String written, Path data, Optional<Path> signers) {
    return switch (GitAddressText.parse(written)) {
      case GitAddressText.Parsed.Wrong(String why) -> throw new IllegalArgumentException(why);
      case GitAddressText.Parsed.Local(Path path) -> {
        if (signers.isPresent()) {
          throw new IllegalArgumentException("signatures are of commits; name a git repository");
        }
        yield new FolderConfiguration(path, SecretSource.ofMachine());
      }
      case GitAddressText.Parsed.Git(GitAddress address) -> {
        GitSource.Settings usual = GitSource.Settings.usual(address, data.resolve(MIRRORS));
        yield git(signers.map(usual::signedBy).orElse(usual));
      }
    };
  }

  /** A source in git. */
  public static ConfigurationSource git(GitSource.Settings settings) {
    try {
      return new GitConfiguration(GitSource.open(settings), settings.secrets());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "no mirror can be kept in " + settings.folder() + ": " + e.getMessage(), e);
    }
  }
}
