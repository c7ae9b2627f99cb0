package parallax.coordinator.configuration;

import java.util.List;
import parallax.config.Configuration;
import parallax.coordinator.view.ConfigurationStatus.Fault;

/** What reading users' files again gave. */
public sealed interface Reload {
  /** What is watched from now on. */
  record Valid(Configuration configuration, List<String> warnings) implements Reload {
    public Valid {
      warnings = List.copyOf(warnings);
    }
  }

  /** Nothing changes, for these reasons, at least one. */
  record Invalid(List<Fault> problems) implements Reload {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
