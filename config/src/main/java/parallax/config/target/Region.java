package parallax.config.target;

/** Where a probe stands: {@code [a-z0-9]([a-z0-9-]*[a-z0-9])?}, at most 63 characters. */
public record Region(String value) implements Comparable<Region> {
  public Region {
    Label.require("region", value);
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
