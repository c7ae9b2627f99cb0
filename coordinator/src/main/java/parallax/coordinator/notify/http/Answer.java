package parallax.coordinator.notify.http;

import java.util.Optional;

/** What came of handing something over. */
public sealed interface Answer {
  /**
   * An answer, of which at least the head came.
   *
   * @param body its beginning, at most {@link HttpSender#MAX_BODY_BYTES}; the part that came when
   *     the rest did not come in time. From anyone: to be parsed, not to be shown
   * @param retryAfter the header as it was written
   */
  record Status(int status, String body, Optional<String> retryAfter) implements Answer {
    @Override
    public String toString() {
      return "Status[" + status + "]";
    }
  }

  /**
   * No answer. What was sent may have arrived all the same.
   *
   * @param why in words, without secrets
   */
  record None(String why) implements Answer {}

  /**
   * It cannot be sent as it is, whoever listens.
   *
   * @param why in words, without secrets
   */
  record Unsendable(String why) implements Answer {}
}
