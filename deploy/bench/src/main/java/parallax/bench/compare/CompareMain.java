package parallax.bench.compare;

import java.io.PrintStream;
import java.util.List;
import parallax.bench.compare.score.Tally;
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

  private static void run(Options options, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (options.has("--help")) {
      out.print(Options.usage());
      return;
    }
    int workers = options.number("--workers", 1, Runtime.getRuntime().availableProcessors());
    Comparison comparison =
        new Comparison(
            options.rules(),
            options.rates(),
            options.vantages(),
            options.number("--seed", 0, 1),
            options.number("--first-year", 0, 0),
            Math.ceilDiv(options.number("--years", 1, 40), Year.TARGETS));
    List<Tally> tallies = comparison.run(workers);
    Report report = new Report(comparison, tallies);
    out.print(options.has("--json") ? report.json() : report.table());
    if (options.has("--confusion") && !options.has("--json")) {
      out.print("\n" + report.confusionTable());
    }
    if (options.has("--explain")) {
      int product = comparison.contenders().indexOf(Contender.PARALLAX);
      if (product >= 0) {
        tallies.get(product).mistakes().forEach(err::println);
      }
    }
  }
}
