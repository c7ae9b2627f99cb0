package parallax.config.observation.seen;

import java.time.Duration;
import java.util.Optional;
import parallax.config.text.PrintableText;

/**
 * What packets told that reach a server without a connection.
 *
 * @param trace the way to it, after it could not be reached
 */
public record ReachSeen(
    Optional<EchoesSeen> echoes, Optional<ClockSeen> clock, Optional<TraceSeen> trace) {
  /** Longer words are cut, in UTF-16 code units. */
  public static final int MAX_WORD = 64;

  public static ReachSeen of(EchoesSeen echoes) {
    return new ReachSeen(Optional.of(echoes), Optional.empty(), Optional.empty());
  }

  public static ReachSeen of(ClockSeen clock) {
    return new ReachSeen(Optional.empty(), Optional.of(clock), Optional.empty());
  }

  public static ReachSeen of(TraceSeen trace) {
    return new ReachSeen(Optional.empty(), Optional.empty(), Optional.of(trace));
  }

  /** This, and of {@code earlier} what this does not tell. */
  public ReachSeen beside(ReachSeen earlier) {
    return new ReachSeen(
        echoes.or(earlier::echoes), clock.or(earlier::clock), trace.or(earlier::trace));
  }

  /**
   * Echo requests and their replies (RFC 792, RFC 4443 section 4).
   *
   * @param received at most {@code sent}
   * @param roundTrips empty when nothing came back
   */
  public record EchoesSeen(int sent, int received, Optional<RoundTrips> roundTrips) {
    public EchoesSeen {
      if (received < 0 || sent < received || roundTrips.isPresent() != received > 0) {
        throw new IllegalArgumentException(received + " replies of " + sent);
      }
    }

    /** How many of a hundred requests got no reply, rounded down; 100 only when none did. */
    public int lossPercent() {
      return sent == 0 ? 0 : (sent - received) * 100 / sent;
    }
  }

  /**
   * Times of those that came back.
   *
   * @param jitter the mean difference between neighbours (as RFC 3550 section 6.4.1 measures it,
   *     without its smoothing); zero of a single one
   */
  public record RoundTrips(Duration shortest, Duration average, Duration longest, Duration jitter) {
    public RoundTrips {
      if (shortest.isNegative()
          || shortest.compareTo(average) > 0
          || average.compareTo(longest) > 0
          || jitter.isNegative()) {
        throw new IllegalArgumentException("not times of replies: " + shortest + " " + longest);
      }
    }
  }

  /**
   * What a time server said (RFC 5905 section 7.3).
   *
   * @param offset of its clock against the probe's: positive when it is ahead
   * @param stratum as sent: 1 with a reference clock of its own, 0 a kiss-o'-death
   * @param reference its reference clock or server, in printable form
   * @param roundTrip of question and answer, without the server's own time
   * @param rootDistance half the delay to the reference clock, and the dispersion
   * @param leap the second that it announces, or that it has no time, in words
   */
  public record ClockSeen(
      Duration offset,
      int stratum,
      String reference,
      Duration roundTrip,
      Duration rootDistance,
      Optional<String> leap) {
    public ClockSeen {
      reference = PrintableText.bounded(reference, MAX_WORD);
      leap = leap.map(words -> PrintableText.bounded(words, MAX_WORD));
    }
  }
}
