package parallax.probe.bgp.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a source has done since it was started.
 *
 * @param connections that stand now
 * @param connected how often one was made
 * @param messages that came
 * @param bytes of them
 * @param malformed messages, or parts of them, that could not be read and were passed over
 * @param lastMessage when, by our own clock
 * @param lag of the last message that told its time: how long it was under way
 */
public record SourceFigures(
    int connections,
    long connected,
    long messages,
    long bytes,
    long malformed,
    Optional<Instant> lastMessage,
    Optional<Duration> lag) {
  public static final SourceFigures NONE =
      new SourceFigures(0, 0, 0, 0, 0, Optional.empty(), Optional.empty());
}
