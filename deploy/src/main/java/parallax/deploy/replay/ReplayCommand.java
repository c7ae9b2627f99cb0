package parallax.deploy.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import parallax.coordinator.replay.Replayed;
import parallax.coordinator.replay.ScenarioFiles;
import parallax.coordinator.replay.Summary;
import parallax.coordinator.replay.TextReport;
import parallax.coordinator.replay.Trace;
import parallax.coordinator.replay.TraceText;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.Seeds;
import parallax.coordinator.store.StoreException;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs labelled scenarios through the real core and compares. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Runs labelled scenarios through the real decision engine on a virtual clock and compares"
          + " what it concludes with what it must conclude.",
      "With --from, replays what is on record and tells which past alerts the rules would have"
          + " sent or spared.",
      "Exit status 1 when a scenario fails, alerts differ or a file is invalid; 3 when the record"
          + " cannot be read."
    })
public final class ReplayCommand implements Callable<Integer> {
  /** More seeds than this are not replayed at once. */
  static final int MAX_SEEDS = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private PastOptions past = new PastOptions();

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "Scenarios, or folders of *.yaml.")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Replay with this seed in place of the scenario's own; may be repeated.")
  private List<String> seeds = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object a line, a summary in the last one.")
  private boolean json;

  @Option(names = "--trace", description = "Tell every decision as it falls, on stderr.")
  private boolean trace;

  @Override
  public Integer call() throws IOException {
    if (past.isGiven()) {
      return ofRecord().status();
    }
    if (paths.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "name scenarios, or say from when on the record is replayed: --from");
    }
    List<Long> others = otherSeeds();
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      files.addAll(ScenarioFiles.list(path));
    }
    List<Replayed> replays = new ArrayList<>();
    int invalid = 0;
    for (Path file : files) {
      ScenarioFiles.Loaded loaded = ScenarioFiles.load(file);
      show(loaded);
      if (loaded.scenario().isEmpty()) {
        invalid++;
      } else {
        replay(loaded.scenario().get(), others, replays);
      }
    }
    Summary summary = Summary.of(replays, invalid);
    println(json ? JsonReport.of(summary).encode() : TextReport.line(summary));
    return (summary.passed() == summary.total() ? ExitCode.FINE : ExitCode.NO).status();
  }

  private ExitCode ofRecord() {
    if (!paths.isEmpty() || !seeds.isEmpty() || trace) {
      throw new ParameterException(
          spec.commandLine(), "with --from the record is replayed, and no FILE, --seed or --trace");
    }
    PrintWriter err = spec.commandLine().getErr();
    Instant[] range;
    try {
      range = past.range(InstantSource.system().instant());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    try {
      return new PastRun(spec.commandLine().getOut(), err, json).run(past, range);
    } catch (StoreException e) {
      err.println("parallax: " + e.getMessage());
      return ExitCode.COULD_NOT_RUN;
    }
  }

  private List<Long> otherSeeds() {
    if (seeds.size() > MAX_SEEDS) {
      throw new ParameterException(spec.commandLine(), "more than " + MAX_SEEDS + " seeds");
    }
    return seeds.stream()
        .map(
            text ->
                Seeds.parse(text)
                    .orElseThrow(
                        () ->
                            new ParameterException(
                                spec.commandLine(),
                                "--seed must be a whole number from 0 to 2^64 - 1: " + text)))
        .toList();
  }

  private void show(ScenarioFiles.Loaded loaded) {
    PrintWriter err = spec.commandLine().getErr();
    loaded.warnings().forEach(warning -> err.println("warning: " + warning));
    loaded
        .problems()
        .forEach(problem -> println(json ? JsonReport.of(problem).encode() : problem.toString()));
  }

  private void replay(Scenario scenario, List<Long> others, List<Replayed> replays) {
    for (long seed : others.isEmpty() ? List.of(scenario.seed()) : others) {
      Replayed replayed = Replayed.of(scenario, seed, traceOf(scenario, seed));
      replays.add(replayed);
      if (json) {
        println(JsonReport.of(replayed).encode());
      } else {
        TextReport.lines(replayed).forEach(this::println);
      }
    }
  }

  private Trace traceOf(Scenario scenario, long seed) {
    if (!trace) {
      return Trace.NONE;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("trace of " + scenario.id() + ", seed " + Long.toUnsignedString(seed));
    return new TraceText(err::println);
  }

  private void println(String line) {
    spec.commandLine().getOut().println(line);
  }
}
