package parallax.deploy.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether the public has a listener of its own, and where. */
public final class PublicOptions {
  private static final String NAME = "--public";

  @Option(
      names = NAME,
      paramLabel = "HOST:PORT",
      description = {
        "Where the public status page is served, and nothing else: what 'status_page' in the",
        "configuration names. Port 0: any. Default: nowhere."
      })
  private @Nullable String address;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * Where.
   *
   * @throws picocli.CommandLine.ParameterException when it is no {@code HOST:PORT}
   */
  public Optional<Listen> listen() {
    return Optional.ofNullable(address).map(written -> Listen.parse(spec, NAME, written));
  }
}
