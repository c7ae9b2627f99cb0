package parallax.bench.core;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Runs {@link CoreBenchmark} and prints a row for each world. */
public final class CoreMain {
  private static final String GARBAGE = "gc.alloc.rate.norm";
  private static final String ROW = "%-32s %8s %8s %8s %8s %10s%n";

  private CoreMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws RunnerException {
    System.out.printf(
        "one observation, %,d targets x %d probes, one thread%n", Feed.TARGETS, Feed.PROBES);
    System.out.printf(ROW, "", "p50 us", "p99 us", "max us", "mean us", "bytes");
    double world = garbage(run("nothing", World.QUIET).iterator().next());
    for (World each : World.values()) {
      for (RunResult result : run("take", each)) {
        Statistics time = result.getPrimaryResult().getStatistics();
        System.out.printf(
            ROW,
            each.title(),
            number(time.getPercentile(50)),
            number(time.getPercentile(99)),
            number(time.getMax()),
            number(time.getMean()),
            String.format(Locale.ROOT, "%.0f", garbage(result) - world));
      }
    }
  }

  private static Collection<RunResult> run(String method, World world) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(CoreBenchmark.class.getName() + "." + method + "$")
                .param("world", world.name())
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }

  private static double garbage(RunResult result) {
    return result.getSecondaryResults().get(GARBAGE).getScore();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
