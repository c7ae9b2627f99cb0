package parallax.config.target;

/** Short names that stand in metrics, URLs and files: lower-case letters, digits, inner hyphens. */
public final class Label {
  /** The longest label, as in DNS (RFC 1035 section 2.3.4). */
  public static final int MAX_LENGTH = 63;

  /** What is valid, as a regular expression that leaves out the length. */
  public static final String PATTERN = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";

  private Label() {}

  /** Whether {@code value} is {@code [a-z0-9]([a-z0-9-]*[a-z0-9])?} of at most 63 characters. */
  public static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      return false;
    }
    for (int index = 0; index < value.length(); index++) {
      char character = value.charAt(index);
      boolean alphanumeric =
          (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
      boolean inner = index > 0 && index < value.length() - 1;
      if (!alphanumeric && !(character == '-' && inner)) {
        return false;
      }
    }
    return true;
  }

  /** Throws when {@code value} is not a label. */
  public static void require(String what, String value) {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          what + " must be lower-case letters, digits and inner hyphens, 1 to 63: " + value);
    }
  }
}
