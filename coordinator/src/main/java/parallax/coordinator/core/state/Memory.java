package parallax.coordinator.core.state;

import java.time.Instant;
import java.util.List;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.TargetState;

/**
 * What a core that ran before left behind.
 *
 * @param verdicts what was last held of every target that was known
 * @param open the incidents that were open
 * @param latest when the newest incident on record was opened, by the clock of that time, so that a
 *     clock that was set back since is noticed; {@link Instant#MIN} when there never was one
 */
public record Memory(List<Remembered> verdicts, List<Incident> open, Instant latest) {
  /** Nothing was there before. */
  public static final Memory NONE = new Memory(List.of(), List.of(), Instant.MIN);

  public Memory {
    verdicts = List.copyOf(verdicts);
    open = List.copyOf(open);
  }

  /** The state a target was last held to be in, and since when. */
  public record Remembered(TargetName target, TargetState state, Instant since) {}
}
