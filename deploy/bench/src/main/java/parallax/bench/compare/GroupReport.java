package parallax.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
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
  private enum Figure {
    RIGHT("right", "right culprit %", trial -> trial.right() ? 1 : 0),
    RIGHT_AT_FIRST("rightAtFirst", "right when published %", trial -> trial.rightAtFirst() ? 1 : 0),
    GLUED("glued", "glued %", trial -> trial.glued() ? 1 : 0),
    PAGES("pages", "pages", Trial::pages),
    PAGES_OF_ONE("pagesWithoutGroups", "pages without groups", Trial::hit),
    MISSING("missing", "missing targets", Trial::missing),
    STRANGERS("strangers", "wrong targets", Trial::strangers);

    private final String key;
    private final String heading;
    private final ToDoubleFunction<Trial> value;

    Figure(String key, String heading, ToDoubleFunction<Trial> value) {
      this.key = key;
      this.heading = heading;
      this.value = value;
    }

    private double mean(List<Trial> of) {
      return of.stream().mapToDouble(value).average().orElse(0);
    }
  }

  static Table table() {
    return new Table(
        Stream.concat(
                Stream.of("targets", "what broke", "trials"),
                Arrays.stream(Figure.values()).map(figure -> figure.heading))
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
              for (Figure figure : Figure.values()) {
                double scale = figure.heading.endsWith("%") ? 100 : 1;
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
              for (Figure figure : Figure.values()) {
                json.with(figure.key, figure.mean(of));
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
