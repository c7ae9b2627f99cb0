package parallax.deploy.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.secret.SecretSource;
import parallax.config.target.Target;
import parallax.coordinator.accounting.Accountant;
import parallax.coordinator.accounting.Month;
import parallax.coordinator.accounting.ReportFormat;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.words.Language;
import parallax.deploy.client.ApiClient;
import parallax.deploy.client.ApiOptions;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tells what a month was like. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "What a month was like: uptime, incidents and objectives, with the method of counting.",
      "A coordinator makes it; with --data and --config it is made here, of a record that no",
      "coordinator works with. Exit status 1 when the coordinator refuses."
    })
public final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ApiOptions api = new ApiOptions();

  @Option(names = "--month", required = true, paramLabel = "YYYY-MM", description = "The month.")
  private String month = "";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Whose midnights begin and end it, as in Europe/Berlin. Default: UTC.")
  private String zone = "UTC";

  @Option(names = "--format", description = "html, csv or json. Default: html.")
  private ReportFormat format = ReportFormat.HTML;

  @Option(names = "--lang", description = "Of html: en or ja. Default: en.")
  private Language language = Language.EN;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where it is written. Default: standard output.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--target", paramLabel = "NAME", description = "Only this target.")
  private Optional<String> target = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "KEY:VALUE",
      description = "Only targets with this label; KEY alone is any value.")
  private String label = "";

  @Option(names = "--data", paramLabel = "DIR", description = "The folder of a record.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "PATH",
      description = "With --data: what is watched, its objectives and maintenance.")
  private Optional<Path> config = Optional.empty();

  @Override
  public Integer call() {
    Month wanted = month();
    if (data.isPresent() != config.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--data and --config go together");
    }
    return data.isPresent() ? ofRecord(wanted, data.get()) : ofCoordinator();
  }

  private Month month() {
    try {
      return Month.parse(month, zone);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int ofRecord(Month wanted, Path folder) {
    Path path = config.orElseThrow();
    return switch (ConfigurationLoader.load(path, SecretSource.unresolved())) {
      case Loaded.Invalid(var problems) -> {
        problems.forEach(problem -> spec.commandLine().getErr().println(problem));
        yield ExitCode.NO.status();
      }
      case Loaded.Valid(Configuration configuration, var _) -> {
        if (!Files.isDirectory(folder)) {
          throw new IllegalStateException("there is no folder " + folder);
        }
        try (Store store = SqliteStore.open(folder)) {
          write(
              format.write(
                  new Accountant(store)
                      .report(
                          wanted, configuration, this::isWanted, InstantSource.system().instant()),
                  language));
        }
        yield ExitCode.FINE.status();
      }
    };
  }

  private boolean isWanted(Target one) {
    return new LabelFilter(label).admits(one)
        && target.filter(name -> !name.equals(one.name().value())).isEmpty();
  }

  private int ofCoordinator() {
    String query =
        "?format="
            + format.label()
            + "&zone="
            + ApiClient.part(zone)
            + "&"
            + Language.PARAMETER
            + "="
            + language.tag()
            + (label.isEmpty() ? "" : "&label=" + ApiClient.part(label))
            + target.map(name -> "&target=" + ApiClient.part(name)).orElse("");
    try (ApiClient client = api.client()) {
      ApiClient.Answer answer = client.get("/reports/" + month + query);
      if (!answer.isFine()) {
        spec.commandLine().getErr().println("parallax: " + answer.problem());
        return ExitCode.NO.status();
      }
      write(answer.body());
      return ExitCode.FINE.status();
    }
  }

  private void write(String text) {
    if (out.isEmpty()) {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
      return;
    }
    try {
      Files.writeString(out.get(), text);
    } catch (IOException e) {
      throw new UncheckedIOException("can't write " + out.get(), e);
    }
  }
}
