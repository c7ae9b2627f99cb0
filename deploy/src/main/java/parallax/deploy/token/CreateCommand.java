package parallax.deploy.token;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.config.observation.ProbeName;
import parallax.coordinator.identity.Credential;
import parallax.coordinator.identity.CredentialTable;
import parallax.coordinator.identity.Credentials;
import parallax.coordinator.identity.Token;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.RecordOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a token and shows it once. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a token for one probe and prints it, and nothing else, this one time:",
      "  (umask 077; parallax token create --probe tokyo-1 > tokyo-1.token)",
      "Two may be valid at once: create, hand out, then revoke the old one.",
      "Exit status 1 when the probe has two already."
    })
final class CreateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RecordOptions record = new RecordOptions();

  @Option(
      names = "--probe",
      required = true,
      paramLabel = "NAME",
      description = "The only probe that it speaks for.")
  private String probe = "";

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "It counts for so many days. Default: until it is revoked.")
  private @Nullable Integer days;

  @Override
  public Integer call() {
    ProbeName name = Probes.named(spec.commandLine(), probe);
    Credentials.By me = Probes.me(InstantSource.system());
    PrintWriter err = spec.commandLine().getErr();
    try (Credentials credentials = new CredentialTable(record.shared())) {
      return switch (credentials.create(name, expires(me.at()), me)) {
        case Credentials.Created.New(Credential made, Token token) -> {
          spec.commandLine().getOut().println(token.reveal());
          err.println("token " + made.id() + " of probe " + name);
          yield ExitCode.FINE.status();
        }
        case Credentials.Created.TooMany(var valid) -> {
          err.println("parallax: probe " + name + " has two valid tokens already:");
          valid.forEach(each -> err.println("  " + TokenText.line(each, me.at())));
          err.println("Revoke one first: parallax token revoke --id ID");
          yield ExitCode.NO.status();
        }
        case Credentials.Created.Full() -> {
          err.println(
              "parallax: there are %s valid tokens already; revoke some"
                  .formatted(Credentials.MAX_ALL));
          yield ExitCode.NO.status();
        }
      };
    }
  }

  private Optional<Instant> expires(Instant now) {
    Optional<Integer> given = Optional.ofNullable(days);
    if (given.filter(count -> count < 1).isPresent()) {
      throw new ParameterException(spec.commandLine(), "--days takes a number from 1");
    }
    return given.map(count -> now.plus(Duration.ofDays(count)));
  }
}
