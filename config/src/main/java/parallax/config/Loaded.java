package parallax.config;

import java.util.List;
import parallax.config.problem.Problem;

/** What came of loading a configuration. */
public sealed interface Loaded {
  /**
   * It can be used.
   *
   * @param warnings what deserves a look, sorted
   */
  record Valid(Configuration configuration, List<Problem> warnings) implements Loaded {
    public Valid {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It can't be used.
   *
   * @param problems at least one, sorted
   */
  record Invalid(List<Problem> problems) implements Loaded {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
