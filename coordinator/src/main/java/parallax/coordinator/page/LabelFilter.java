package parallax.coordinator.page;

import parallax.config.target.Target;

/**
 * Which targets, by a label.
 *
 * @param label as {@code key:value} or {@code key}, cut to {@link #MAX_LABEL} characters; empty:
 *     any target
 */
public record LabelFilter(String label) {
  /** Characters of a label; more are not read. */
  public static final int MAX_LABEL = 253;

  public LabelFilter {
    label = label.substring(0, Math.min(label.length(), MAX_LABEL));
  }

  /** Whether a target has it. */
  public boolean admits(Target target) {
    int colon = label.indexOf(':');
    String key = colon < 0 ? label : label.substring(0, colon);
    return label.isEmpty()
        || (target.labels().containsKey(key)
            && (colon < 0 || label.substring(colon + 1).equals(target.labels().get(key))));
  }
}
