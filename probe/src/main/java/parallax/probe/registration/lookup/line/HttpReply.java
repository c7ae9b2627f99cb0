package parallax.probe.registration.lookup.line;

import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * One answer over HTTP, redirects apart.
 *
 * @param address it came from
 * @param retryAfter as it was written
 * @param body at most {@link parallax.probe.registration.Limits#MAX_ANSWER_BYTES}, and one more
 *     where it was cut
 */
public record HttpReply(
    URI from,
    InetAddress address,
    int status,
    Optional<String> location,
    Optional<String> retryAfter,
    Optional<String> mediaType,
    Validators validators,
    Buffer body) {
  private static final int MAX_SECONDS_DIGITS = 9;

  /** How long the server asks to be left alone (RFC 9110 section 10.2.3). */
  public Optional<Duration> pause(Instant now) {
    return retryAfter.map(String::strip).flatMap(text -> pause(text, now));
  }

  private static Optional<Duration> pause(String text, Instant now) {
    try {
      if (!text.isEmpty()
          && text.length() <= MAX_SECONDS_DIGITS
          && text.chars().allMatch(Character::isDigit)) {
        return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
      }
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, at);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeException | ArithmeticException unreadable) {
      return Optional.empty();
    }
  }
}
