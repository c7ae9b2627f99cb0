package parallax.config.read.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import parallax.config.bind.Kinds;
import parallax.config.bind.Reading;
import parallax.config.policy.Provider;
import parallax.config.problem.Problems;
import parallax.config.secret.SecretSource;
import parallax.config.yaml.YamlParser;

/** The providers that many stand on: {@code providers.yaml} beside this class. */
public final class KnownProviders {
  private static final String FILE = "providers.yaml";
  private static final int MAX_KNOWN = 1_000;
  private static final List<Provider> ALL = read();

  private KnownProviders() {}

  /** {@code own}, and behind them the known ones whose names they do not take. */
  public static List<Provider> behind(List<Provider> own) {
    TreeSet<String> taken = new TreeSet<>();
    own.forEach(provider -> taken.add(provider.name()));
    return Stream.concat(
            own.stream(), ALL.stream().filter(provider -> !taken.contains(provider.name())))
        .toList();
  }

  private static List<Provider> read() {
    Problems problems = new Problems();
    Reading reading = new Reading(problems, SecretSource.ofMachine(), new TreeSet<>(), "providers");
    Optional<List<Provider>> providers =
        YamlParser.parse(Path.of(FILE), ByteBuffer.wrap(bytes()), problems)
            .flatMap(list -> Kinds.listOf(ProviderReader.KIND, 1, MAX_KNOWN).read(list, reading));
    if (problems.hasErrors()) {
      throw new IllegalStateException(problems.errors().toString());
    }
    return providers.orElseThrow();
  }

  private static byte[] bytes() {
    try (InputStream in = KnownProviders.class.getResourceAsStream(FILE)) {
      return Objects.requireNonNull(in, FILE).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
