package parallax.coordinator.core.incident;

import java.time.Instant;
import java.util.List;
import parallax.config.target.TargetName;
import parallax.coordinator.core.target.Ruling;
import parallax.coordinator.core.watch.Dependency;

/**
 * A target in an incident.
 *
 * @param ruling while it failed, the last
 * @param onset when its trouble began
 * @param isFailing whether it still fails
 * @param pace how fast things go for it
 */
public record Member(
    TargetName target,
    List<Dependency> dependencies,
    Ruling ruling,
    Instant onset,
    boolean isFailing,
    Pace pace) {
  /** Whether an incident is labelled the same with the other one in its place. */
  boolean tellsTheSameAs(Member other) {
    return isFailing == other.isFailing
        && onset.equals(other.onset)
        && ruling.scope().equals(other.ruling.scope())
        && ruling.regions().equals(other.ruling.regions())
        && ruling.cause().equals(other.ruling.cause());
  }

  /** The same, fine again. */
  public Member recovered() {
    return new Member(target, dependencies, ruling, onset, false, pace);
  }
}
