package parallax.deploy.replay;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.policy.DecisionRules;
import parallax.config.problem.Problem;
import parallax.config.problem.Problems;
import parallax.config.secret.SecretSource;
import parallax.coordinator.replay.past.Alert;
import parallax.coordinator.replay.past.Difference;
import parallax.coordinator.replay.past.PastReplay;
import parallax.coordinator.store.Archive;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.Folders;

/** Replays the record and tells what other rules would have made of it. */
final class PastRun {
  private static final int MAX_NAMED = 5;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  PastRun(PrintWriter out, PrintWriter err, boolean json) {
    this.out = out;
    this.err = err;
    this.json = json;
  }

  /**
   * Runs it.
   *
   * @throws parallax.coordinator.store.StoreException when the record cannot be read
   */
  ExitCode run(PastOptions options, Instant[] range) {
    Optional<Configuration> configuration =
        configuration(options.config().orElseGet(Folders::quickstart));
    Optional<DecisionRules> rules =
        configuration.flatMap(known -> rules(options.rules(), known.rules()));
    if (configuration.isEmpty() || rules.isEmpty()) {
      return ExitCode.NO;
    }
    try (Archive archive = SqliteStore.openToRead(options.data().orElseGet(Folders::data))) {
      List<Alert> recorded = PastReplay.recorded(archive, range);
      PastReplay.Outcome replayed =
          PastReplay.run(archive, configuration.get(), rules.get(), range);
      if (replayed.looks() == 0) {
        err.println("parallax: nothing is on record from " + range[0] + " to " + range[1]);
        return ExitCode.COULD_NOT_RUN;
      }
      List<Difference> differences = Difference.between(recorded, replayed.alerts());
      warn(replayed);
      differences.forEach(
          each -> out.println(json ? PastReport.json(each) : PastReport.line(each)));
      PastReport.Counts counts = PastReport.Counts.of(differences);
      out.println(json ? PastReport.json(counts, replayed) : PastReport.line(counts, replayed));
      return counts.isSame() ? ExitCode.FINE : ExitCode.NO;
    }
  }

  private Optional<Configuration> configuration(Path source) {
    return switch (ConfigurationLoader.load(source, SecretSource.ofMachine())) {
      case Loaded.Invalid(var problems) -> {
        show(problems);
        yield Optional.empty();
      }
      case Loaded.Valid(var configuration, var warnings) -> {
        warnings.forEach(warning -> err.println("warning: " + warning));
        yield Optional.of(configuration);
      }
    };
  }

  private Optional<DecisionRules> rules(Optional<Path> file, DecisionRules configured) {
    if (file.isEmpty()) {
      return Optional.of(configured);
    }
    Problems problems = new Problems();
    Optional<DecisionRules> rules =
        ConfigurationLoader.loadRules(file.get(), SecretSource.ofMachine(), problems);
    show(problems.errors());
    return rules;
  }

  private void show(List<Problem> problems) {
    problems.forEach(err::println);
  }

  private void warn(PastReplay.Outcome replayed) {
    if (!replayed.unknown().isEmpty()) {
      err.println(
          "warning: left out, for the configuration does not have them: "
              + String.join(
                  ", ", replayed.unknown().stream().limit(MAX_NAMED).map(Object::toString).toList())
              + (replayed.unknown().size() > MAX_NAMED
                  ? " and " + (replayed.unknown().size() - MAX_NAMED) + " more"
                  : ""));
    }
    if (replayed.gaps() > 0) {
      err.println(
          "warning: the record has gaps, from a stop or from pruning; decided anew after each: "
              + replayed.gaps());
    }
  }
}
