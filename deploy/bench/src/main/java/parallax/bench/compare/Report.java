package parallax.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parallax.bench.compare.score.Measure;
import parallax.bench.compare.score.Tally;
import parallax.bench.compare.year.Year;

/**
 * What came out of a comparison, for people and for machines.
 *
 * @param tallies one for each contender
 */
record Report(Comparison comparison, List<Tally> tallies) {
  private static final double MEDIAN = 0.5;
  private static final double HIGH = 0.95;

  /** A Markdown table with a row for each contender. */
  String table() {
    List<String> headings = new ArrayList<>(List.of("rule", "TTD p50", "TTD p95"));
    Stream.of(Measure.values()).map(Measure::heading).forEach(headings::add);
    Table table = new Table(headings);
    for (int index = 0; index < tallies.size(); index++) {
      Tally tally = tallies.get(index);
      List<String> cells = new ArrayList<>(List.of(comparison.contenders().get(index).title()));
      cells.add(intervals(tally, MEDIAN).map(Table::number).orElse("-"));
      cells.add(intervals(tally, HIGH).map(Table::number).orElse("-"));
      Stream.of(Measure.values()).map(measure -> cell(measure, tally)).forEach(cells::add);
      table.add(cells);
    }
    return heading() + table;
  }

  /** A Markdown table of what was called what, with a row for each contender and truth. */
  String confusionTable() {
    TreeSet<String> labels =
        tallies.stream()
            .flatMap(tally -> tally.confusion().values().stream())
            .flatMap(called -> called.keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Table table = new Table(Stream.concat(Stream.of("rule", "truth"), labels.stream()).toList());
    for (int index = 0; index < tallies.size(); index++) {
      String title = comparison.contenders().get(index).title();
      tallies
          .get(index)
          .confusion()
          .forEach(
              (truth, called) ->
                  table.add(
                      Stream.concat(
                              Stream.of(title, truth),
                              labels.stream()
                                  .map(label -> called.getOrDefault(label, 0L).toString()))
                          .toList()));
    }
    return table.toString();
  }

  /** A JSON object for each contender, one a line. */
  String json() {
    StringBuilder lines = new StringBuilder();
    for (int index = 0; index < tallies.size(); index++) {
      lines.append(json(comparison.contenders().get(index), tallies.get(index))).append('\n');
    }
    return lines.toString();
  }

  /** What one contender got wrong, one a line. */
  List<String> mistakes(Contender contender) {
    int index = comparison.contenders().indexOf(contender);
    return index < 0 ? List.of() : tallies.get(index).mistakes();
  }

  private String heading() {
    return String.format(
        Locale.ROOT,
        "%s target-years, %d probes in 6 regions, every %d s, rates %s, seed %d. ty: target-year;"
            + " TTD: time to detect GLOBAL events, in intervals; (< x): upper 95 %% bound.%n%n",
        Table.number(tallies.getFirst().targetYears()),
        comparison.vantages().size(),
        Year.INTERVAL.toSeconds(),
        comparison.rates().name(),
        comparison.seed());
  }

  private static Optional<Double> intervals(Tally tally, double quantile) {
    return tally.detection(quantile).map(millis -> (double) millis / Year.INTERVAL.toMillis());
  }

  private static String cell(Measure measure, Tally tally) {
    long hits = measure.hits(tally);
    double trials = measure.trials(tally);
    if (trials == 0) {
      return "-";
    }
    double scale = measure.isPercent() ? 100 : 1;
    return measure
        .upperBound(tally)
        .map(bound -> "0 (< " + Table.number(scale * bound) + ")")
        .orElseGet(() -> Table.number(scale * hits / trials));
  }

  private String json(Contender contender, Tally tally) {
    Json json =
        new Json()
            .with("rule", contender.key())
            .with("probes", comparison.vantages().size())
            .with("rates", comparison.rates().name())
            .with("seed", comparison.seed())
            .with("targetYears", tally.targetYears())
            .with(
                "detectIntervals",
                new Json()
                    .with("p50", intervals(tally, MEDIAN))
                    .with("p95", intervals(tally, HIGH)));
    for (Measure measure : Measure.values()) {
      long hits = measure.hits(tally);
      double trials = measure.trials(tally);
      json.with(
          measure.key(),
          new Json()
              .with("count", hits)
              .with("of", trials)
              .with("share", trials == 0 ? Optional.empty() : hits / trials)
              .with("upper95", measure.upperBound(tally)));
    }
    Json confusion = new Json();
    tally
        .confusion()
        .forEach(
            (truth, called) -> {
              Json labels = new Json();
              called.forEach(labels::with);
              confusion.with(truth, labels);
            });
    return json.with("confusion", confusion).toString();
  }
}
