package parallax.probe.http.body;

import parallax.probe.check.Deadline;

/**
 * A text that stops whoever reads it when the deadline has passed: matching is linear in the text,
 * yet a pattern can still take seconds for a large one, and knows no other way to be stopped.
 */
final class PatientText implements CharSequence {
  private static final int READS_BETWEEN_LOOKS = 1 << 14;

  /** The deadline passed while matching. */
  static final class DeadlinePassed extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeadlinePassed() {
      super("deadline passed while matching", null, false, false);
    }
  }

  private final String text;
  private final Deadline deadline;
  private int reads;

  PatientText(String text, Deadline deadline) {
    this.text = text;
    this.deadline = deadline;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    reads++;
    if (reads % READS_BETWEEN_LOOKS == 0 && deadline.hasPassed()) {
      throw new DeadlinePassed();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
