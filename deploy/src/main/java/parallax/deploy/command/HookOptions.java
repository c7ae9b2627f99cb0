package parallax.deploy.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.config.secret.ReferenceText;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;
import parallax.coordinator.configuration.hook.PullHook;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who may say by HTTP that there is a newer configuration in git. */
public final class HookOptions {
  private static final String NAME = "--config-webhook-secret";

  @Option(
      names = NAME,
      paramLabel = "REFERENCE",
      description = {
        "Whoever shows this secret has the repository asked at once, by a webhook to",
        "/api/v1/configuration/pull: ${env:NAME} or ${file:/path}. The same for all members."
      })
  private @Nullable String secret;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * The secret.
   *
   * @throws ParameterException when it is none
   */
  public Optional<Secret> secret() {
    return Optional.ofNullable(secret).map(this::read);
  }

  private Secret read(String written) {
    List<ReferenceText.Part> parts = ReferenceText.parse(written).orElse(List.of());
    if (parts.size() != 1) {
      throw wrong("write where it stands, ${env:NAME} or ${file:/path}, not the secret itself");
    }
    SecretSource machine = SecretSource.ofMachine();
    SecretSource.Answer answer =
        switch (parts.getFirst()) {
          case ReferenceText.Variable(String name) -> machine.variable(name);
          case ReferenceText.Content(String path) -> machine.file(Path.of(path));
          case ReferenceText.Literal _, ReferenceText.Captured _ ->
              throw wrong(
                  "write where it stands, ${env:NAME} or ${file:/path}, not the secret itself");
        };
    return switch (answer) {
      case SecretSource.Answer.Known(Secret known) -> known(known);
      case SecretSource.Answer.Missing(String why) -> throw wrong(why);
      case SecretSource.Answer.Elsewhere(String why) -> throw wrong(why);
    };
  }

  private Secret known(Secret known) {
    if (known.reveal().length() < PullHook.MIN_SECRET) {
      throw wrong("it needs " + PullHook.MIN_SECRET + " characters at least");
    }
    return known;
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), NAME + ": " + why);
  }
}
