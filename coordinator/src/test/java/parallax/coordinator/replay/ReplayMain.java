package parallax.coordinator.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.Seeds;

/**
 * Replays scenarios without the command, for people who work on the rules: {@code [--trace] [--seed
 * N]... FILE-OR-FOLDER...}
 */
final class ReplayMain {
  private ReplayMain() {}

  static void main(String[] arguments) throws IOException {
    List<Long> seeds = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    Trace trace = Trace.NONE;
    for (int index = 0; index < arguments.length; index++) {
      switch (arguments[index]) {
        case "--trace" -> trace = new TraceText(System.err::println);
        case "--seed" -> seeds.add(Seeds.parse(arguments[++index]).orElseThrow());
        default -> files.addAll(ScenarioFiles.list(Path.of(arguments[index])));
      }
    }
    long startNanos = System.nanoTime();
    List<Replayed> all = new ArrayList<>();
    long invalid = 0;
    for (Path file : files) {
      ScenarioFiles.Loaded loaded = ScenarioFiles.load(file);
      loaded.problems().forEach(System.out::println);
      loaded.warnings().forEach(System.err::println);
      if (loaded.scenario().isEmpty()) {
        invalid++;
      } else {
        Scenario scenario = loaded.scenario().get();
        for (long seed : seeds.isEmpty() ? List.of(scenario.seed()) : seeds) {
          Replayed replayed = Replayed.of(scenario, seed, trace);
          TextReport.lines(replayed).forEach(System.out::println);
          all.add(replayed);
        }
      }
    }
    System.out.println(TextReport.line(Summary.of(all, invalid)));
    long checks =
        all.stream()
            .mapToLong(one -> one.recording().checksScheduled() + one.recording().checksAsked())
            .sum();
    System.err.printf(
        "%d checks in %.1f s%n", checks, (System.nanoTime() - startNanos) / 1_000_000_000.0);
  }
}
