package parallax.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parallax.bench.compare.group.Trial;
import parallax.bench.compare.group.Trials;

/**
 * What the product made of shared causes, and of pairs that share none.
 *
 * @param results of all trials
 */
record GroupReport(Trials trials, List<Trial> results) {
  private static final String SHARED = "anything shared";

  /** What is averaged over trials. */
  private record Figure(String key, String heading, ToDoubleFunction<Trial> value) {
    private double mean(List<Trial> of) {
      return of.stream().mapToDouble(value).average().orElse(0);
    }
  }

  private static final List<Figure> FIGURES =
      List.of(
          new Figure("right", "right culprit %", trial -> trial.right() ? 1 : 0),
          new Figure(
              "rightAtFirst", "right when published %", trial -> trial.rightAtFirst() ? 1 : 0),
          new Figure("glued", "glued %", trial -> trial.glued() ? 1 : 0),
          new Figure("pages", "pages", Trial::pages),
          new Figure("pagesWithoutGroups", "pages without groups", Trial::hit),
          new Figure("missing", "missing targets", Trial::missing),
          new Figure("strangers", "wrong targets", Trial::strangers));

  static Table table() {
    return new Table(
        Stream.concat(
                Stream.of("targets", "what broke", "trials"), FIGURES.stream().map(Figure::heading))
            .toList());
  }

  /** Adds a row for each kind of cause. */
  void addRows(Table table) {
    byCause()
        .forEach(
            (cause, of) -> {
              List<String> cells = new ArrayList<>();
              cells.add(Integer.toString(trials.targets()));
              cells.add(cause);
              cells.add(Integer.toString(of.size()));
              for (Figure figure : FIGURES) {
                double scale = figure.heading().endsWith("%") ? 100 : 1;
                cells.add(Table.number(scale * figure.mean(of)));
              }
              table.add(cells);
            });
  }

  /** A JSON object for each kind of cause, one a line. */
  String json() {
    StringBuilder lines = new StringBuilder();
    byCause()
        .forEach(
            (cause, of) -> {
              Json json =
                  new Json()
                      .with("targets", trials.targets())
                      .with("broken", cause)
                      .with("seed", trials.seed())
                      .with("trials", of.size());
              for (Figure figure : FIGURES) {
                json.with(figure.key(), figure.mean(of));
              }
              lines.append(json).append('\n');
            });
    return lines.toString();
  }

  /** Each trial in which something went wrong, one a line. */
  List<String> mistakes() {
    return results.stream()
        .filter(trial -> !trial.right() || trial.glued() || trial.missing() + trial.strangers() > 0)
        .map(Trial::words)
        .toList();
  }

  /** The results by what broke; what is shared once more all together. */
  private Map<String, List<Trial>> byCause() {
    Map<String, List<Trial>> byCause =
        results.stream()
            .collect(Collectors.groupingBy(Trial::cause, LinkedHashMap::new, Collectors.toList()));
    byCause.put(
        SHARED, results.stream().filter(one -> !one.cause().equals(Trials.UNRELATED)).toList());
    return byCause;
  }
}
