package parallax.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import parallax.bench.compare.run.Listener;
import parallax.bench.compare.run.Simulation;
import parallax.bench.compare.run.Vantages;
import parallax.bench.compare.score.Counter;
import parallax.bench.compare.score.Scorer;
import parallax.bench.compare.score.Tally;
import parallax.bench.compare.year.Draws;
import parallax.bench.compare.year.Rates;
import parallax.bench.compare.year.Year;

/**
 * The same years for every rule. The result depends on nothing but this.
 *
 * @param firstYear the number of the first year
 * @param years how many worlds, each of {@link Year#TARGETS} targets
 * @param days the length of each year
 */
record Comparison(
    List<Contender> contenders,
    Rates rates,
    Vantages vantages,
    long seed,
    int firstYear,
    int years,
    int days) {

  /** A tally for each contender. */
  List<Tally> run(int workers) throws InterruptedException {
    List<Tally> sums = Stream.generate(Tally::new).limit(contenders.size()).toList();
    Parallel.each(
        years,
        workers,
        number -> tallies(firstYear + number),
        tallies -> {
          for (int index = 0; index < sums.size(); index++) {
            sums.get(index).add(tallies.get(index));
          }
        });
    return sums;
  }

  private List<Tally> tallies(int number) {
    Year year = new Year(rates, vantages, Draws.key(seed, number), days);
    List<Listener> listeners = contenders.stream().map(one -> one.listen(year)).toList();
    Simulation simulation = new Simulation(year, listeners);
    simulation.run(year.length());
    List<Tally> tallies = new ArrayList<>();
    for (int index = 0; index < listeners.size(); index++) {
      Tally tally = Scorer.score(year, "year " + number, listeners.get(index).alarms());
      tally.add(Counter.CHECKS_SCHEDULED, simulation.scheduledCount());
      tally.add(Counter.CHECKS_ASKED, simulation.askedCount(index));
      tallies.add(tally);
    }
    return tallies;
  }
}
