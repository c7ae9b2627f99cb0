package parallax.coordinator.access;

import java.time.Instant;
import java.util.Optional;

/**
 * What a request shows of whom it comes from.
 *
 * @param from where it comes from
 * @param page what a browser says of the page that made it ask
 * @param authorization the Authorization header
 * @param session the cookie of a session
 * @param place the cookie that stands in its place for whoever is not signed in
 * @param deed what is shown with what is more than reading
 */
public record Knock(
    Origin from,
    Page page,
    Optional<String> authorization,
    Optional<String> session,
    Optional<String> place,
    Deed deed,
    Instant at) {
  /**
   * Where a request comes from.
   *
   * @param loopback whether the connection comes from this machine
   * @param forwarded whether it says that it was handed on, by a proxy for example
   * @param host the Host header
   */
  public record Origin(boolean loopback, boolean forwarded, Optional<String> host) {}

  /**
   * What browsers say.
   *
   * @param origin the Origin header (RFC 6454 section 7)
   * @param site the Sec-Fetch-Site header (W3C Fetch Metadata section 2.2)
   */
  public record Page(Optional<String> origin, Optional<String> site) {}

  /**
   * More than reading, or not.
   *
   * @param changes whether it may change something
   * @param form whether it is a form of our pages
   * @param token what forms carry
   */
  public record Deed(boolean changes, boolean form, Optional<String> token) {
    public static final Deed NONE = new Deed(false, false, Optional.empty());
  }
}
