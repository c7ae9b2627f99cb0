package parallax.coordinator.page.dates;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.target.TargetName;
import parallax.coordinator.words.Say;

/**
 * Something that runs out, once for all targets that stand on it.
 *
 * @param name of a domain, or of a server with its port where that is written
 * @param end empty: not known
 * @param by who issued or registered it; where the end is not known, why not; may be empty
 * @param targets sorted, at least one
 */
public record Ending(
    Kind kind, String name, Optional<Instant> end, String by, List<TargetName> targets) {
  public Ending {
    targets = List.copyOf(targets);
  }

  /** What it is. */
  public enum Kind {
    REGISTRATION,
    CERTIFICATE;

    /** For people. */
    public String in(Say say) {
      return say.of("ending." + name());
    }
  }
}
