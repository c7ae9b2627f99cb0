package parallax.deploy.token;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.config.observation.ProbeName;
import parallax.coordinator.identity.Credential;
import parallax.coordinator.identity.CredentialTable;
import parallax.coordinator.identity.Credentials;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.RecordOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows which tokens there are. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Which tokens there are, by their ids; the tokens themselves are kept nowhere.")
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RecordOptions record = new RecordOptions();

  @Option(names = "--probe", paramLabel = "NAME", description = "Only those of this probe.")
  private @Nullable String probe;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<ProbeName> name =
        Optional.ofNullable(probe).map(written -> Probes.named(spec.commandLine(), written));
    Instant now = InstantSource.system().instant();
    try (Credentials credentials = new CredentialTable(record.shared())) {
      for (Credential each : credentials.list(name)) {
        out.println(json ? TokenText.json(each, now) : TokenText.line(each, now));
      }
    }
    return ExitCode.FINE.status();
  }
}
