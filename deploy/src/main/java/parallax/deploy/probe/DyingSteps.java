package parallax.deploy.probe;

import java.util.concurrent.atomic.AtomicLong;
import parallax.config.fault.Steps;

/**
 * Ends the process, as kill -9 would, when a step has been passed so many times: {@code
 * -Dparallax.fault.die=probe.appended:17}. For fault campaigns.
 */
final class DyingSteps implements Steps {
  static final String PROPERTY = "parallax.fault.die";

  /** As the shell tells of a process that was killed by signal 9. */
  private static final int KILLED = 128 + 9;

  private final String step;
  private final AtomicLong left;

  private DyingSteps(String step, long times) {
    this.step = step;
    this.left = new AtomicLong(times);
  }

  /**
   * As the property says; without it nobody listens.
   *
   * @throws IllegalArgumentException when it says something else
   */
  static Steps ofProperty() {
    String written = System.getProperty(PROPERTY, "");
    if (written.isEmpty()) {
      return Steps.UNWATCHED;
    }
    int colon = written.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(PROPERTY + " must be STEP:TIMES: " + written);
    }
    return new DyingSteps(
        written.substring(0, colon), Long.parseLong(written.substring(colon + 1)));
  }

  @Override
  public void passed(String passed) {
    if (passed.equals(step) && left.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
