package parallax.coordinator.configuration.change;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.secret.SecretSource;

/** Configurations as users would write them. */
public final class Configurations {
  private static final String TOLD =
      """
      receivers:
        - {name: ops, webhook: {url: "https://hooks.example.net/1"}}
      routes:
        - {to: [ops]}
      """;

  private Configurations() {}

  /** Targets of these names, of which one receiver is told. */
  public static String yaml(List<String> names) {
    StringBuilder text = new StringBuilder(TOLD).append("targets:\n");
    names.forEach(
        name ->
            text.append(
                "  - {name: %s, url: \"tcp://%s.example.net:443\"}\n".formatted(name, name)));
    return names.isEmpty() ? TOLD + "targets: []\n" : text.toString();
  }

  static Configuration of(String yaml) {
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("a.yaml"), yaml.getBytes(StandardCharsets.UTF_8), SecretSource.ofMachine());
    if (loaded instanceof Loaded.Valid valid) {
      return valid.configuration();
    }
    throw new AssertionError(loaded + "\n" + yaml);
  }
}
