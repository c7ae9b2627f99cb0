package parallax.probe.service.lines;

import parallax.config.check.service.Security;
import parallax.config.observation.Reason;
import parallax.probe.service.talk.Quote;
import parallax.probe.service.talk.Unfit;

/** Whether a dialogue goes over to TLS. */
public final class StartTls {
  private StartTls() {}

  /**
   * Whether to ask for TLS.
   *
   * @throws Unfit when it must be, and is not offered
   */
  public static boolean wanted(Security security, boolean offered) throws Unfit {
    return switch (security) {
      case CLEAR, TLS -> false;
      case STARTTLS_IF_OFFERED -> offered;
      case STARTTLS_REQUIRED -> {
        if (!offered) {
          throw notOffered("");
        }
        yield true;
      }
    };
  }

  /** Nothing came of it. */
  public static Unfit notOffered(String why) {
    return new Unfit(Reason.STARTTLS_NOT_OFFERED, why);
  }

  /** It was offered, and then was not done. */
  public static Unfit refused(String answer) {
    return new Unfit(Reason.STARTTLS_REFUSED, Quote.of(answer));
  }
}
