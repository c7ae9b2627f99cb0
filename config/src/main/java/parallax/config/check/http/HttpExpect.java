package parallax.config.check.http;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an HTTP answer must be.
 *
 * @param status one of these ranges
 * @param header by lower-case name the text that one of the header's values must contain, ignoring
 *     case; an empty text only asks for the header
 * @param latencyWarn slower than this is DEGRADED
 * @param latencyFail slower than this is DOWN
 */
public record HttpExpect(
    List<StatusRange> status,
    BodyExpect body,
    SortedMap<String, String> header,
    Optional<Duration> latencyWarn,
    Optional<Duration> latencyFail) {

  /** Any 2xx, whatever the content. */
  public static final HttpExpect DEFAULT =
      new HttpExpect(
          List.of(new StatusRange(200, 299)),
          BodyExpect.ANYTHING,
          new TreeMap<>(),
          Optional.empty(),
          Optional.empty());

  public HttpExpect {
    status = List.copyOf(status);
    header = Collections.unmodifiableSortedMap(new TreeMap<>(header));
  }

  public boolean acceptsStatus(int code) {
    for (StatusRange range : status) {
      if (range.first() <= code && code <= range.last()) {
        return true;
      }
    }
    return false;
  }

  /** Status codes from {@code first} to {@code last}, both included. */
  public record StatusRange(int first, int last) {
    public StatusRange {
      if (first < 100 || last > 599 || first > last) {
        throw new IllegalArgumentException("not a range of status codes: " + first + "-" + last);
      }
    }
  }
}
