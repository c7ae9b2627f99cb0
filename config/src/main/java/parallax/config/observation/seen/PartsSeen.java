package parallax.config.observation.seen;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.config.text.PrintableText;

/**
 * The requests of which a look is made: the steps of a journey, a page and what it loads, or the
 * looks at each address of a name.
 *
 * @param parts in the order in which they started, at most {@link #MAX_PARTS}; of more those that
 *     failed and those that took longest
 * @param more how many there were beyond these
 */
public record PartsSeen(List<Part> parts, int more) {
  /** More parts than this are counted. */
  public static final int MAX_PARTS = 24;

  /** Longer names and faults are cut, in UTF-16 code units. */
  public static final int MAX_TEXT = 200;

  public PartsSeen {
    more = Math.max(0, more) + Math.max(0, parts.size() - MAX_PARTS);
    parts = parts.stream().limit(MAX_PARTS).toList();
  }

  /**
   * One request, redirects included.
   *
   * @param name the number and name of a step; of what a page loads its URL without the query; an
   *     address
   * @param status the final status code
   * @param start after the start of the look
   * @param bytes of the body
   * @param fault what is wrong with it, in words
   */
  public record Part(
      String name,
      Optional<Integer> status,
      Duration start,
      Spent spent,
      Optional<Long> bytes,
      Optional<String> fault) {
    public Part {
      name = PrintableText.bounded(name, MAX_TEXT);
      fault = fault.map(text -> PrintableText.bounded(text, MAX_TEXT));
    }
  }

  /** How long each phase took, all hops together; zero where it was not reached. */
  public record Spent(
      Duration resolve, Duration connect, Duration tls, Duration firstByte, Duration transfer) {
    /** The sum of all phases. */
    public Duration total() {
      return resolve.plus(connect).plus(tls).plus(firstByte).plus(transfer);
    }
  }
}
