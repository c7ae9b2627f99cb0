package parallax.probe.dns.dnssec.denial;

/**
 * How much work replies may still cause in one judgement: whoever answers can ask for any amount of
 * it (CVE-2023-50387 by signatures, CVE-2023-50868 by hashes). Each reply has its share, so that a
 * hostile server does not spend what the others need. Confined to one judgement.
 */
public final class WorkBudget {
  private final int share;
  private int left;
  private int leftOfShare;
  private boolean exhausted;

  /**
   * @param total units of work in all
   * @param share units of work that one reply may take
   */
  public WorkBudget(int total, int share) {
    this.share = share;
    this.left = total;
    this.leftOfShare = Math.min(total, share);
  }

  /** What follows is caused by another reply. */
  public void beginShare() {
    leftOfShare = Math.min(left, share);
    exhausted = false;
  }

  /** Takes {@code units}, or nothing when not so many are left. */
  public boolean take(int units) {
    if (exhausted || units > leftOfShare) {
      exhausted = true;
      return false;
    }
    leftOfShare -= units;
    left -= units;
    return true;
  }

  /** From now on nothing is left for this reply. */
  public void exhaust() {
    exhausted = true;
  }

  /** Whether something was left undone for this reply, so that what failed may be right. */
  public boolean isExhausted() {
    return exhausted;
  }
}
