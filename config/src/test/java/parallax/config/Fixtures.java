package parallax.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;

/** Configurations that stand in files. */
public final class Fixtures {
  public static final Path EXAMPLES = Path.of("examples");
  private static final Path RESOURCES = Path.of("src/test/resources/parallax/config");

  /** Knows one variable, so that what depends on the machine does not show in the fixtures. */
  public static final SecretSource SECRETS =
      new SecretSource() {
        @Override
        public Answer variable(String name) {
          return name.equals("HOME")
              ? new Answer.Known(Secret.of("a-secret-value"))
              : new Answer.Missing("environment variable " + name + " is not set");
        }

        @Override
        public Answer file(Path path) {
          return new Answer.Missing("there is no file " + path.getFileName());
        }
      };

  private Fixtures() {}

  public static List<Path> broken() {
    return yaml(RESOURCES.resolve("broken"));
  }

  public static List<Path> good() {
    return Stream.of(RESOURCES.resolve("good"), EXAMPLES)
        .flatMap(folder -> yaml(folder).stream())
        .toList();
  }

  private static List<Path> yaml(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
