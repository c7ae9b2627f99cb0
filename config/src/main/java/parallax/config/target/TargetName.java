package parallax.config.target;

import org.jspecify.annotations.Nullable;

/**
 * The name of a target, unique in a configuration. A target written as a bare URL is named by that
 * URL, so a name is printable ASCII without spaces, quotes, backslashes and angle brackets, and
 * safe wherever a name is shown.
 */
public record TargetName(String value) implements Comparable<TargetName> {
  /** The longest name. */
  public static final int MAX_LENGTH = 253;

  public TargetName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a target name: " + value);
    }
  }

  /** Whether {@code value} can be a name. */
  public static boolean isValid(String value) {
    return !value.isEmpty()
        && value.length() <= MAX_LENGTH
        && value.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"'`\\<>".indexOf(c) < 0);
  }

  // Names are compared many times for each observation, and what a record has by itself goes
  // through method handles, which the first compiler does not see through.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TargetName(String name) && value.equals(name);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(TargetName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
