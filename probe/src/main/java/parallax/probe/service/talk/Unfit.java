package parallax.probe.service.talk;

import parallax.config.observation.Finding;
import parallax.config.observation.Reason;

/** What was heard ends the dialogue. */
public final class Unfit extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Finding finding;

  public Unfit(Reason reason, String detail) {
    super(detail, null, false, false);
    this.finding = new Finding(reason, detail);
  }

  /** The service does not speak what it should, but {@code heard}. */
  public static Unfit garbage(String heard) {
    return new Unfit(Reason.SERVICE_GARBAGE, "it says " + Quote.of(heard));
  }

  public Finding finding() {
    return finding;
  }
}
