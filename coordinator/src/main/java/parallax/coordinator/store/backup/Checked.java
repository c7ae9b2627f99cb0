package parallax.coordinator.store.backup;

/** Whether a file is a backup, whole and unchanged. */
public sealed interface Checked {
  record Sound(Manifest manifest) implements Checked {}

  /**
   * It is not to be relied on.
   *
   * @param why in words
   */
  record Damaged(String why) implements Checked {}
}
