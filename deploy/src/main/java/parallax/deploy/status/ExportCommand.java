package parallax.deploy.status;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.config.text.DurationText;
import parallax.coordinator.notebook.PlainText;
import parallax.deploy.client.ApiClient;
import parallax.deploy.client.Printed;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a copy of the public status page, to be served where nothing of ours is needed. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the public status page with its feeds, badges and notice to a folder, to be served",
      "somewhere else, also when everything here is down. It says as of when it is.",
      "Exit status 1 when there is nothing public, 3 when the coordinator does not answer."
    })
final class ExportCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final String PATH = "/public/export.json";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The folder; made where it is missing.")
  private Path folder = Path.of("");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A coordinator's own listener. Default: http://127.0.0.1:8080.")
  private String url = "http://127.0.0.1:8080";

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "Goes on, once in this time (10s to 1d), until Ctrl-C. Default: once.")
  private @Nullable String every;

  @Override
  public Integer call() throws InterruptedException {
    Optional<Duration> pause = Optional.ofNullable(every).map(this::pause);
    try (ApiClient client = new ApiClient(base(), Optional.empty())) {
      if (pause.isEmpty()) {
        return export(client);
      }
      // Never counted down: it ends with the process.
      CountDownLatch over = new CountDownLatch(1);
      do {
        tryToExport(client);
      } while (!over.await(pause.get().toMillis(), TimeUnit.MILLISECONDS));
    }
    return ExitCode.FINE.status();
  }

  /** What fails now may work next time; what was written before stays until then. */
  private void tryToExport(ApiClient client) {
    try {
      export(client);
    } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(
          "parallax: " + PlainText.line(String.valueOf(e.getMessage()), PlainText.MAX_LINE));
    }
  }

  private int export(ApiClient client) {
    Printed printed = new Printed(spec.commandLine());
    ApiClient.Answer answer = client.get(PATH);
    if (!answer.isFine()) {
      return printed.answer(answer, _ -> {});
    }
    JsonObject all = answer.json();
    if (all.getInteger("services", 0) == 0) {
      spec.commandLine()
          .getErr()
          .println("parallax: nothing is public; name services under 'status_page'");
      return ExitCode.NO.status();
    }
    Map<String, String> files = new LinkedHashMap<>();
    for (JsonObject file : Printed.objects(all, "files")) {
      files.put(file.getString("name", ""), file.getString("body", ""));
    }
    new StaticFolder(folder).write(files);
    printed.line(
        folder + ": " + files.size() + " files, as of " + all.getString("at", "an unknown time"));
    return ExitCode.FINE.status();
  }

  private Duration pause(String written) {
    return DurationText.parse(written)
        .filter(time -> time.compareTo(SHORTEST) >= 0 && time.compareTo(LONGEST) <= 0)
        .orElseThrow(() -> wrong("--every must be a time from 10s to 1d, such as 1m"));
  }

  private URI base() {
    try {
      URI base = new URI(url.replaceFirst("/+$", ""));
      String scheme = Optional.ofNullable(base.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (web && base.getHost() != null && base.getRawUserInfo() == null) {
        return base;
      }
    } catch (URISyntaxException e) {
      throw wrong("--url: not a URL");
    }
    throw wrong("--url must be a URL such as http://127.0.0.1:8080");
  }

  private ParameterException wrong(String words) {
    return new ParameterException(spec.commandLine(), words);
  }
}
