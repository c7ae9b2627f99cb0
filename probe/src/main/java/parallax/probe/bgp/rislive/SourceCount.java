package parallax.probe.bgp.rislive;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.probe.bgp.feed.SourceFigures;
import parallax.probe.bgp.rislive.message.RisLiveMessage;

/** Counts. One thread writes, any reads. */
final class SourceCount {
  private SourceFigures figures = SourceFigures.NONE;

  synchronized SourceFigures figures() {
    return figures;
  }

  synchronized void connected() {
    figures =
        new SourceFigures(
            1,
            figures.connected() + 1,
            figures.messages(),
            figures.bytes(),
            figures.malformed(),
            figures.lastMessage(),
            figures.lag());
  }

  synchronized void closed() {
    figures =
        new SourceFigures(
            0,
            figures.connected(),
            figures.messages(),
            figures.bytes(),
            figures.malformed(),
            figures.lastMessage(),
            figures.lag());
  }

  synchronized void message(RisLiveMessage message, int length, Instant now) {
    int malformed = 0;
    Optional<Duration> lag = figures.lag();
    if (message instanceof RisLiveMessage.Heard heard) {
      malformed = heard.passedOver();
      lag = Optional.of(Duration.between(heard.at(), now));
    } else if (message instanceof RisLiveMessage.Malformed) {
      malformed = 1;
    }
    figures =
        new SourceFigures(
            figures.connections(),
            figures.connected(),
            figures.messages() + 1,
            figures.bytes() + length,
            figures.malformed() + malformed,
            Optional.of(now),
            lag);
  }
}
