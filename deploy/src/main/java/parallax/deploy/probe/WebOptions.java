package parallax.deploy.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.deploy.command.Listen;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a probe's pages are, and who may see them; the exporter's options. */
final class WebOptions {
  private static final String USUAL = "127.0.0.1:9115";
  private static final int MAX_PLACES = 16;

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

  @Option(
      names = "--web.config.file",
      paramLabel = "FILE",
      description = {
        "Serves the pages over TLS, asks who comes, limits how often, as this file says; see",
        "docs/blackbox.md."
      })
  private @Nullable Path file;

  @Option(
      names = {"--listen", "--web.listen-address"},
      paramLabel = "HOST:PORT",
      description = {
        "Where metrics and /probe are served; may be given several times. Default:",
        "127.0.0.1:9115; port 0: any."
      })
  private List<String> listen = new ArrayList<>();

  /**
   * What all of them say together.
   *
   * @param everywhere whether a port alone may be given, of every address of this machine
   */
  WebSettings settings(boolean everywhere) {
    if (listen.size() > MAX_PLACES) {
      throw new ParameterException(
          spec.commandLine(), "--listen can be given " + MAX_PLACES + " times at most");
    }
    List<Listen> places =
        (listen.isEmpty() ? List.of(USUAL) : listen)
            .stream()
                .map(each -> everywhere && each.startsWith(":") ? "0.0.0.0" + each : each)
                .map(each -> Listen.parse(spec, "--listen", each))
                .distinct()
                .toList();
    return new WebSettings(places, root(), file());
  }

  /** The file that says who may see the pages. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** What the options about proxies say together. */
  WebRoot root() {
    try {
      return WebRoot.of(Optional.ofNullable(external), Optional.ofNullable(prefix));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--web.external-url, --web.route-prefix: " + e.getMessage(), e);
    }
  }
}
