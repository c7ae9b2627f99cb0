package parallax.deploy.token;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.config.observation.ProbeName;
import parallax.coordinator.identity.Credential;
import parallax.coordinator.identity.CredentialTable;
import parallax.coordinator.identity.Credentials;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.RecordOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes tokens back. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = {
      "Takes tokens back. Within 10 seconds they count no more, and streams opened with them end.",
      "Exit status 1 when there was none that counted."
    })
final class RevokeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RecordOptions record = new RecordOptions();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Which which = new Which();

  /** One of these. */
  static final class Which {
    @Option(names = "--id", paramLabel = "ID", description = "The one that `list` shows so.")
    private @Nullable String id;

    @Option(names = "--probe", paramLabel = "NAME", description = "All of this probe.")
    private @Nullable String probe;
  }

  @Override
  public Integer call() {
    Optional<ProbeName> probe =
        Optional.ofNullable(which.probe).map(name -> Probes.named(spec.commandLine(), name));
    Credentials.By me = Probes.me(InstantSource.system());
    boolean any = false;
    try (Credentials credentials = new CredentialTable(record.shared())) {
      List<String> ids =
          probe.isPresent()
              ? credentials.list(probe).stream()
                  .filter(each -> each.isValid(me.at()))
                  .map(Credential::id)
                  .toList()
              : List.of(String.valueOf(which.id));
      for (String id : ids) {
        any |= revoke(credentials, id, me);
      }
    }
    return (any ? ExitCode.FINE : ExitCode.NO).status();
  }

  private boolean revoke(Credentials credentials, String id, Credentials.By me) {
    PrintWriter err = spec.commandLine().getErr();
    return switch (credentials.revoke(id, me)) {
      case Credentials.TakenBack.Done(Credential done) -> {
        spec.commandLine().getOut().println("revoked " + done.id() + " of probe " + done.probe());
        yield true;
      }
      case Credentials.TakenBack.Before(Credential before) -> {
        err.println("parallax: it counts no more already: " + TokenText.line(before, me.at()));
        yield false;
      }
      case Credentials.TakenBack.Unknown() -> {
        err.println("parallax: there is no token " + id + "; see parallax token list");
        yield false;
      }
    };
  }
}
