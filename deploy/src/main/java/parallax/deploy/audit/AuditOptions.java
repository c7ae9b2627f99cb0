package parallax.deploy.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.check.ServerAddress;
import parallax.config.read.check.UrlKinds;
import parallax.config.text.DurationText;
import parallax.config.text.UrlText;
import parallax.probe.audit.gather.AuditSettings;
import parallax.probe.audit.judge.Severity;
import parallax.probe.audit.origin.OriginFile;
import parallax.probe.audit.origin.Routes;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How an audit is to be made. */
final class AuditOptions {
  private static final Duration PER_QUESTION = Duration.ofSeconds(5);
  private static final Duration WHOLE = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int DNS_PORT = 53;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description = "critical, warning or notice: what exit status 1 takes. Default: warning.")
  private Severity failOn = Severity.WARNING;

  @Option(
      names = "--origins",
      paramLabel = "FILE",
      description = {
        "Routes of the internet: lines \"192.0.2.0 24 64500\" as CAIDA's pfx2as has them, or",
        "\"192.0.2.0/24 64500\"; may be gzipped. Without it Team Cymru's DNS service is asked for",
        "the origins of public addresses; with --root-hints alone nobody."
      })
  private @Nullable Path origins;

  @Option(
      names = "--status-page",
      paramLabel = "URL",
      description = "A page that tells others how it goes and is no target; may be repeated.")
  private List<String> statusPages = new ArrayList<>();

  @Option(
      names = "--resolver",
      paramLabel = "HOST[:PORT]",
      description = "Asked for names, where a target does not name its own.")
  private @Nullable String resolver;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "How long all of it may take, such as 10m. Default: 2m.")
  private @Nullable String deadline;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** What exit status 1 takes. */
  Severity failOn() {
    return failOn;
  }

  AuditSettings settings() {
    List<ServerAddress> resolvers =
        Optional.ofNullable(resolver)
            .map(
                written ->
                    UrlKinds.server(written, DNS_PORT)
                        .orElseThrow(
                            () -> wrong("--resolver: write host or host:port, not " + written)))
            .stream()
            .toList();
    return new AuditSettings(
        statusPages.stream().map(this::page).toList(),
        new Naming(resolvers, AddressFamily.ANY),
        PER_QUESTION,
        Optional.ofNullable(deadline).map(this::time).orElse(WHOLE));
  }

  /** The routes in the file; lines that are none are told. */
  Optional<Routes> routes(PrintWriter err) {
    return Optional.ofNullable(origins).map(file -> read(file, err));
  }

  private Routes read(Path file, PrintWriter err) {
    try {
      OriginFile read = OriginFile.read(file);
      read.problems().forEach(problem -> err.println("warning: " + problem));
      if (read.unread() > 0) {
        err.println("warning: " + file + ": " + read.unread() + " more lines are not routes");
      }
      if (read.routes().size() == 0) {
        throw wrong("--origins: no route in " + file);
      }
      return read.routes();
    } catch (IOException e) {
      throw wrong("--origins: cannot read " + file + ": " + e.getMessage());
    }
  }

  private UrlText page(String written) {
    return switch (UrlText.parse(written)) {
      case UrlText.Parsed.Good(UrlText url)
          when url.scheme().equals("https") || url.scheme().equals("http") ->
          url;
      case UrlText.Parsed.Good _ -> throw wrong("--status-page: must be an http or https URL");
      case UrlText.Parsed.Bad(String why) -> throw wrong("--status-page: " + why);
    };
  }

  private Duration time(String written) {
    return DurationText.parse(written)
        .filter(time -> time.isPositive() && time.compareTo(LONGEST) <= 0)
        .orElseThrow(() -> wrong("--deadline: write a time up to 1h, such as 10m: " + written));
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
