package parallax.deploy.carry.blackbox;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.problem.Place;

/**
 * Something that Prometheus has probed.
 *
 * @param place of the target in their file
 * @param name as the label {@code instance} has it
 * @param labels those that series get, without {@code instance}
 * @param standIn whether the target is only an example, for a module by itself
 */
record Probed(
    Place place,
    String name,
    String target,
    String module,
    SortedMap<String, String> labels,
    Optional<Duration> interval,
    Optional<Duration> timeout,
    boolean standIn) {
  Probed {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }
}
