package parallax.coordinator.notify;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the Retry-After field (RFC 9110 section 10.2.3): seconds, or an HTTP date. */
final class RetryAfter {
  /** More digits than this are not a time anybody means. */
  private static final int MAX_DIGITS = 9;

  private RetryAfter() {}

  /** The time asked for, never negative; empty when the field cannot be read. */
  static Optional<Duration> parse(String field, Instant now) {
    String text = field.strip();
    if (!text.isEmpty()
        && text.length() <= MAX_DIGITS
        && text.chars().allMatch(RetryAfter::isDigit)) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, at);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
