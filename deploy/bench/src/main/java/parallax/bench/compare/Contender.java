package parallax.bench.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.bench.compare.rule.Baseline;
import parallax.bench.compare.rule.RuleListener;
import parallax.bench.compare.run.CoreListener;
import parallax.bench.compare.run.Listener;
import parallax.bench.compare.run.World;

/**
 * One of those that are compared.
 *
 * @param baseline empty for the product itself
 */
record Contender(Optional<Baseline> baseline) {
  static final Contender PARALLAX = new Contender(Optional.empty());

  /** Everyone, the product last. */
  static List<Contender> all() {
    return Stream.concat(
            Arrays.stream(Baseline.values()).map(one -> new Contender(Optional.of(one))),
            Stream.of(PARALLAX))
        .toList();
  }

  /** The name on the command line and in JSON. */
  String key() {
    return baseline
        .map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .orElse("parallax");
  }

  /** The name in a table. */
  String title() {
    return baseline.map(Baseline::title).orElse("**Parallax**");
  }

  Listener listen(World world) {
    return baseline
        .<Listener>map(one -> new RuleListener(one, world))
        .orElseGet(() -> new CoreListener(world));
  }
}
