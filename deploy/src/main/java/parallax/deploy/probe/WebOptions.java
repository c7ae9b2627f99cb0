package parallax.deploy.probe;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a probe's pages are for those who come through a proxy; the exporter's options. */
final class WebOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--web.external-url",
      paramLabel = "URL",
      description = {
        "By which the pages are reached through a proxy. If it has a path, all pages are under it."
      })
  private @Nullable String external;

  @Option(
      names = "--web.route-prefix",
      paramLabel = "PATH",
      description = "Under which the pages are here. Default: the path of --web.external-url.")
  private @Nullable String prefix;

  /** What both say together. */
  WebRoot root() {
    try {
      return WebRoot.of(Optional.ofNullable(external), Optional.ofNullable(prefix));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--web.external-url, --web.route-prefix: " + e.getMessage(), e);
    }
  }
}
