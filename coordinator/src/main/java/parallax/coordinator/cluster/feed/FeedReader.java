package parallax.coordinator.cluster.feed;

import java.util.List;
import parallax.coordinator.core.fleet.Beat;

/** Who leads, as it reads what probes handed over. All on the feed's thread, which may block. */
public interface FeedReader {
  /** Some evidence. */
  void read(Delivery delivery);

  /** The newest signs of life, of those probes that gave one since the last call. */
  void alive(List<Beat> beats);

  /** All that was there when the feed was opened has been read. */
  void caughtUp();

  /** Another leader reads; nothing follows. */
  void superseded();
}
