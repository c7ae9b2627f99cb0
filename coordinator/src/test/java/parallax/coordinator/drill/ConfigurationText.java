package parallax.coordinator.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.secret.SecretSource;

/** Configurations as people write them. */
final class ConfigurationText {
  private ConfigurationText() {}

  static Configuration read(String yaml) {
    try {
      Path file = Files.createTempFile("drill", ".yaml");
      try {
        Files.writeString(file, yaml);
        return switch (ConfigurationLoader.load(file, SecretSource.ofMachine())) {
          case Loaded.Valid(var configuration, _) -> configuration;
          case Loaded.Invalid(var problems) -> throw new AssertionError(problems.toString());
        };
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
