package parallax.bench.compare;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import parallax.bench.compare.group.Trial;
import parallax.bench.compare.group.Trials;
import parallax.bench.compare.year.Year;

/** {@code deploy/bench/compare}: a table of decision rules and how often each of them errs. */
public final class CompareMain {
  private static final int WRONG_USAGE = 2;

  private CompareMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      run(new Options(arguments), System.out, System.err);
    } catch (IllegalArgumentException e) {
      System.err.println("compare: " + e.getMessage());
      System.exit(WRONG_USAGE);
    }
  }

  static void run(Options options, PrintStream out, PrintStream err) throws InterruptedException {
    if (options.has("--help")) {
      out.print(Options.usage());
      return;
    }
    int workers = options.number("--workers", 1, Runtime.getRuntime().availableProcessors());
    List<String> mistakes =
        options.has("--groups")
            ? judgeGroups(options, workers, out)
            : compare(options, workers, out);
    if (options.has("--explain")) {
      mistakes.forEach(err::println);
    }
  }

  private static List<String> compare(Options options, int workers, PrintStream out)
      throws InterruptedException {
    int days = options.number("--days", 1, Year.DAYS);
    double yearsOfWorld = (double) Year.TARGETS * days / Year.DAYS;
    Comparison comparison =
        new Comparison(
            options.rules(),
            options.rates(),
            options.vantages(),
            options.number("--seed", 0, 1),
            options.number("--first-year", 0, 0),
            (int) Math.ceil(options.number("--years", 1, 40) / yearsOfWorld),
            days);
    Report report = new Report(comparison, comparison.run(workers));
    if (options.has("--json")) {
      out.print(report.json());
    } else {
      out.print(report.table());
      if (options.has("--confusion")) {
        out.print("\n" + report.confusionTable());
      }
    }
    return report.mistakes(Contender.PARALLAX);
  }

  private static List<String> judgeGroups(Options options, int workers, PrintStream out)
      throws InterruptedException {
    int count = options.number("--trials", 1, 1000);
    Table table = GroupReport.table();
    List<String> mistakes = new ArrayList<>();
    for (int targets : options.targets()) {
      Trials trials = new Trials(targets, options.vantages(), options.number("--seed", 0, 1));
      List<Trial> results = new ArrayList<>();
      Parallel.each(count, workers, trials::shared, results::add);
      Parallel.each(count, workers, trials::unrelated, results::add);
      GroupReport report = new GroupReport(trials, results);
      if (options.has("--json")) {
        out.print(report.json());
      }
      report.addRows(table);
      mistakes.addAll(report.mistakes());
    }
    if (!options.has("--json")) {
      out.print(table);
    }
    return mistakes;
  }
}
