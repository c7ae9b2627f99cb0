package parallax.config.secret;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks another source for each value once, so that a secret of the defaults is not read again for
 * every target and is the same for all of them. For one load; not thread-safe. Holds no more than
 * one answer for each reference written.
 */
public final class RememberedSecrets implements SecretSource {
  private final SecretSource source;
  private final Map<String, Answer> variables = new LinkedHashMap<>();
  private final Map<Path, Answer> files = new LinkedHashMap<>();

  public RememberedSecrets(SecretSource source) {
    this.source = source;
  }

  @Override
  public Answer variable(String name) {
    return variables.computeIfAbsent(name, source::variable);
  }

  @Override
  public Answer file(Path path) {
    return files.computeIfAbsent(path, source::file);
  }
}
