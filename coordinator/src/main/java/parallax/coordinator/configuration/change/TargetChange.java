package parallax.coordinator.configuration.change;

import java.util.List;
import parallax.config.target.Target;

/**
 * A target that stays, written otherwise.
 *
 * @param fields at least one; {@code told} is who hears of it
 */
public record TargetChange(Target before, Target after, List<FieldChange> fields) {
  public TargetChange {
    fields = List.copyOf(fields);
  }

  /** Whether it has another name: what is known of it by the old one is not known by the new. */
  public boolean isRename() {
    return !before.name().equals(after.name());
  }
}
