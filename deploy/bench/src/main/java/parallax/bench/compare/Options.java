package parallax.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parallax.bench.compare.run.Vantages;
import parallax.bench.compare.year.Rates;

/** What is asked for on the command line. */
final class Options {
  private static final List<String> FLAGS =
      List.of("--help", "--groups", "--json", "--confusion", "--explain");
  private static final List<String> VALUES =
      List.of(
          "--years",
          "--days",
          "--first-year",
          "--seed",
          "--probes",
          "--rates",
          "--rules",
          "--trials",
          "--targets",
          "--workers");

  private final List<String> flags = new ArrayList<>();
  private final Map<String, String> values = new TreeMap<>();

  /** Throws an IllegalArgumentException, in words for the user, when it is not understood. */
  Options(String... arguments) {
    for (int index = 0; index < arguments.length; index++) {
      String name = arguments[index];
      if (FLAGS.contains(name)) {
        flags.add(name);
      } else if (!VALUES.contains(name)) {
        throw new IllegalArgumentException("unknown option: " + name);
      } else if (++index == arguments.length) {
        throw new IllegalArgumentException("no value for " + name);
      } else {
        values.put(name, arguments[index]);
      }
    }
  }

  static String usage() {
    return """
    Usage: deploy/bench/compare [OPTION]...
           deploy/bench/compare --groups [OPTION]...
    Compares decision rules in random years whose truth is known, or (--groups) judges what the
    product makes of shared causes, and prints a table.

      --years N        target-years to make (40); a world has 4 targets for a year
      --days N         the length of such a year (365)
      --first-year N   the number of the first world to make (0)
      --seed N         another seed is another world (1)
      --probes N       in 6 regions: 6, 12, 18, 24 or 30 (12)
      --rates NAME     %s (base)
      --rules NAME,... %s (all)
      --confusion      also what was called what
      --trials N       with --groups: of each kind, for each number of targets (1000)
      --targets N,...  with --groups: how many targets (200,30)
      --explain        also each mistake of the product, one a line, to standard error
      --workers N      threads (one for each processor); changes nothing but the time it takes
      --json           one JSON object a line in place of tables
    """
        .formatted(
            String.join(", ", Rates.PRESETS.stream().map(Rates::name).toList()),
            String.join(", ", Contender.all().stream().map(Contender::key).toList()));
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  /** A whole number of at least {@code least}. */
  int number(String name, int least, int otherwise) {
    String text = values.getOrDefault(name, Integer.toString(otherwise));
    int number = parsed(name, text);
    if (number < least) {
      throw new IllegalArgumentException(name + " must be at least " + least + ": " + text);
    }
    return number;
  }

  List<Integer> targets() {
    return listed("--targets", "200,30").stream().map(text -> parsed("--targets", text)).toList();
  }

  Vantages vantages() {
    int regions = Vantages.REGIONS.size();
    int probes = number("--probes", regions, 2 * regions);
    if (probes % regions != 0 || probes > regions * Vantages.MAX_PER_REGION) {
      throw new IllegalArgumentException("--probes must be 6, 12, 18, 24 or 30: " + probes);
    }
    return Vantages.perRegion(probes / regions);
  }

  Rates rates() {
    String name = values.getOrDefault("--rates", Rates.PRESETS.getFirst().name());
    return Rates.PRESETS.stream()
        .filter(rates -> rates.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown rates: " + name));
  }

  List<Contender> rules() {
    List<Contender> all = Contender.all();
    String names = String.join(",", all.stream().map(Contender::key).toList());
    return listed("--rules", names).stream()
        .map(
            name ->
                all.stream()
                    .filter(one -> one.key().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown rule: " + name)))
        .toList();
  }

  private List<String> listed(String name, String otherwise) {
    return Arrays.asList(values.getOrDefault(name, otherwise).split(","));
  }

  private static int parsed(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " takes a whole number: " + text, e);
    }
  }
}
