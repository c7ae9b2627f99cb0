package parallax.deploy.notify;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.policy.Receiver;
import parallax.config.secret.SecretSource;
import parallax.coordinator.notify.Trial;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.letter.Letter;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends a receiver a letter that says that it is a test. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a receiver of a configuration a message that says that it is a test.",
      "Exit status 1 when it did not arrive; then it is said why."
    })
final class TestCommand implements Callable<Integer> {
  private static final Map<String, Letter.Language> LANGUAGES =
      new TreeMap<>(Map.of("en", Letter.Language.ENGLISH, "ja", Letter.Language.JAPANESE));

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RECEIVER", description = "Its name.")
  private String name = "";

  @Option(
      names = "--config",
      paramLabel = "PATH",
      description = "A YAML file, or a folder of *.yaml. Default: the current folder.")
  private Path path = Path.of(".");

  @Option(
      names = "--language",
      paramLabel = "en|ja",
      description = "Default: what the receiver is told in.")
  private Optional<String> language = Optional.empty();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<Letter.Language> written = language.map(this::language);
    return switch (ConfigurationLoader.load(path, SecretSource.ofMachine())) {
      case Loaded.Invalid(var problems) -> {
        problems.forEach(problem -> spec.commandLine().getErr().println(problem));
        yield ExitCode.COULD_NOT_RUN.status();
      }
      case Loaded.Valid(var configuration, _) -> {
        Receiver receiver = receiver(configuration);
        Sent sent =
            Trial.of(receiver, configuration, written, InstantSource.system(), Version.NUMBER);
        out.println(name + ": " + words(sent));
        yield sent instanceof Sent.Delivered ? ExitCode.FINE.status() : ExitCode.NO.status();
      }
    };
  }

  private Letter.Language language(String tag) {
    return Optional.ofNullable(LANGUAGES.get(tag))
        .orElseThrow(() -> wrong("--language must be en or ja; found " + tag));
  }

  private Receiver receiver(Configuration configuration) {
    List<String> names = configuration.receivers().stream().map(Receiver::name).toList();
    return configuration.receivers().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    "there is no receiver '"
                        + name
                        + "', there are: "
                        + (names.isEmpty() ? "none" : String.join(", ", names))));
  }

  private static String words(Sent sent) {
    return switch (sent) {
      case Sent.Delivered _ -> "delivered";
      case Sent.NotNow(String why, var after) ->
          "not now: " + why + after.map(wait -> "; again in " + wait.toSeconds() + " s").orElse("");
      case Sent.Never(String why) -> "refused: " + why;
    };
  }

  private ParameterException wrong(String words) {
    return new ParameterException(spec.commandLine(), words);
  }
}
