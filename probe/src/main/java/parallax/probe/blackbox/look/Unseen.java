package parallax.probe.blackbox.look;

import parallax.config.observation.Finding;

/** The probe cannot go on: what it needed did not happen, or not in time. */
public final class Unseen extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Finding finding;

  public Unseen(Finding finding) {
    super(finding.words());
    this.finding = finding;
  }

  /** Why. */
  public Finding finding() {
    return finding;
  }
}
