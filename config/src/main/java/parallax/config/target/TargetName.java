package parallax.config.target;

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

  @Override
  public int compareTo(TargetName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
