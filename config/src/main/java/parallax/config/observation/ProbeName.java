package parallax.config.observation;

import parallax.config.target.Label;

/** The name of a probe: {@code [a-z0-9]([a-z0-9-]*[a-z0-9])?}, at most 63 characters. */
public record ProbeName(String value) implements Comparable<ProbeName> {
  public ProbeName {
    Label.require("probe", value);
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
