package parallax.config.target;

import org.jspecify.annotations.Nullable;

/** Where a probe stands: {@code [a-z0-9]([a-z0-9-]*[a-z0-9])?}, at most 63 characters. */
public record Region(String value) implements Comparable<Region> {
  public Region {
    Label.require("region", value);
  }

  // Names are compared many times for each observation, and what a record has by itself goes
  // through method handles, which the first compiler does not see through.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Region(String name) && value.equals(name);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(Region other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
