package parallax.probe.bgp.rpki;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/** What came of reading a file of payloads. */
public sealed interface VrpRead {
  /**
   * Read to its end.
   *
   * @param builtAt when the validator says that it made it
   * @param problems how many entries do not count, by why
   */
  record Complete(
      VrpTable table, Optional<Instant> builtAt, SortedMap<VrpProblem, Integer> problems)
      implements VrpRead {}

  /** Not such a file, or it breaks off: nothing of it counts, what was known before stays. */
  record Broken(String reason) implements VrpRead {}
}
