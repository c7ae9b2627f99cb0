package parallax.config.observation;

import org.jspecify.annotations.Nullable;
import parallax.config.target.Label;

/** The name of a probe: {@code [a-z0-9]([a-z0-9-]*[a-z0-9])?}, at most 63 characters. */
public record ProbeName(String value) implements Comparable<ProbeName> {
  public ProbeName {
    Label.require("probe", value);
  }

  // Names are compared many times for each observation, and what a record has by itself goes
  // through method handles, which the first compiler does not see through.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProbeName(String name) && value.equals(name);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(ProbeName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
