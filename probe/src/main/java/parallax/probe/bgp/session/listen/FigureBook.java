package parallax.probe.bgp.session.listen;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.probe.bgp.feed.SourceFigures;

/** Counts what comes by all connections of a source. Safe from any thread. */
public final class FigureBook {
  private SourceFigures figures = SourceFigures.NONE;

  public synchronized SourceFigures figures() {
    return figures;
  }

  public synchronized void opened() {
    figures = with(figures.connections() + 1, figures.connected() + 1);
  }

  public synchronized void closed() {
    figures = with(figures.connections() - 1, figures.connected());
  }

  private SourceFigures with(int connections, long connected) {
    return new SourceFigures(
        connections,
        connected,
        figures.messages(),
        figures.bytes(),
        figures.malformed(),
        figures.lastMessage(),
        figures.lag());
  }

  /**
   * So much came with one reading.
   *
   * @param told when, by those who sent it, if they say
   */
  public synchronized void came(
      int bytes, long messages, long malformed, Instant received, Optional<Instant> told) {
    figures =
        new SourceFigures(
            figures.connections(),
            figures.connected(),
            figures.messages() + messages,
            figures.bytes() + bytes,
            figures.malformed() + malformed,
            messages > 0 ? Optional.of(received) : figures.lastMessage(),
            told.map(at -> Duration.between(at, received)).or(figures::lag));
  }
}
