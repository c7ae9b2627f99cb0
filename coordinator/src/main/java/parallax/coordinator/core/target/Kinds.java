package parallax.coordinator.core.target;

import parallax.config.check.CheckKind;

/** What kinds of check tell. */
public final class Kinds {
  private Kinds() {}

  /** Whether users meet what this kind sees; the others only explain what users will meet. */
  public static boolean isUsers(CheckKind check) {
    return switch (check) {
      case REGISTRATION, DELEGATION, BGP, DNS_AUTH -> false;
      case DNS, TCP, TLS, HTTP, ICMP, UDP, NTP, SERVICE, JOURNEY, OPENID, PAGE -> true;
    };
  }
}
