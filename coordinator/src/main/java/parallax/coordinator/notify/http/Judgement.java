package parallax.coordinator.notify.http;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import parallax.coordinator.notify.carrier.Sent;

/** What an answer means for a letter: arrived, not now, or never. Pure. */
public final class Judgement {
  /** A wait of more digits of seconds than this is not a number of seconds. */
  private static final int MAX_DIGITS = 9;

  private Judgement() {}

  /** By the status alone, and {@code Retry-After} where it is no use now. */
  public static Sent of(Answer answer, Instant now) {
    return switch (answer) {
      case Answer.Status status -> of(status, waitOf(status, now));
      case Answer.None(String why) -> new Sent.NotNow(why, Optional.empty());
      case Answer.Unsendable(String why) -> new Sent.Never(why);
    };
  }

  /**
   * By the status.
   *
   * @param wait how long the receiver asked us to wait, wherever it said so
   */
  public static Sent of(Answer.Status answer, Optional<Duration> wait) {
    int status = answer.status();
    if (isTaken(status)) {
      return new Sent.Delivered();
    }
    String why = "status " + status;
    // RFC 9110 section 15.5: other client errors stay errors however often they are repeated.
    boolean worthARetry = status >= 500 || status == 408 || status == 425 || status == 429;
    return worthARetry ? new Sent.NotNow(why, wait) : new Sent.Never(why);
  }

  /** Whether the receiver says that it has it. */
  public static boolean isTaken(int status) {
    return status >= 200 && status < 300;
  }

  /** RFC 9110 section 10.2.3: seconds, or a date; empty when it is neither, or over. */
  public static Optional<Duration> waitOf(Answer.Status answer, Instant now) {
    return answer.retryAfter().flatMap(written -> wait(written.strip(), now));
  }

  private static Optional<Duration> wait(String written, Instant now) {
    if (written.length() <= MAX_DIGITS
        && !written.isEmpty()
        && written.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(written)));
    }
    try {
      Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(written, Instant::from);
      return Optional.of(Duration.between(now, until)).filter(wait -> !wait.isNegative());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
