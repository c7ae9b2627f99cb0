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
 */
public record Memory(List<Remembered> verdicts, List<Incident> open) {
  /** Nothing was there before. */
  public static final Memory NONE = new Memory(List.of(), List.of());

  public Memory {
    verdicts = List.copyOf(verdicts);
    open = List.copyOf(open);
  }

  /** The state a target was last held to be in, and since when. */
  public record Remembered(TargetName target, TargetState state, Instant since) {}
}
