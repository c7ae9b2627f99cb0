package parallax.probe.dns.authority;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Since when each of the last serials of a zone has been seen at any of its servers. A server that
 * does not have a serial yet has been behind for as long at most as the serial is known.
 *
 * @param seen in the order in which they were seen first, at most {@link #MAX_SEEN}
 */
public record SerialHistory(List<Seen> seen) {
  /** Older ones are forgotten. */
  public static final int MAX_SEEN = 16;

  public static final SerialHistory NONE = new SerialHistory(List.of());

  /** A serial, and when some server had it first. */
  public record Seen(long serial, Instant first) {}

  public SerialHistory {
    seen = List.copyOf(seen.subList(Math.max(0, seen.size() - MAX_SEEN), seen.size()));
  }

  /** With what the servers have now. */
  public SerialHistory with(Collection<Long> serials, Instant now) {
    List<Seen> all = new ArrayList<>(seen);
    serials.stream()
        .distinct()
        .sorted()
        .filter(serial -> firstSeen(serial).isEmpty())
        .forEach(serial -> all.add(new Seen(serial, now)));
    return new SerialHistory(all);
  }

  /** For how long a server that has {@code serial} can have been behind; zero when it is not. */
  public Duration behind(long serial, Instant now) {
    return seen.stream()
        .filter(other -> Serials.isNewer(other.serial(), serial))
        .map(Seen::first)
        .min(Instant::compareTo)
        .map(since -> Duration.between(since, now))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  private Optional<Instant> firstSeen(long serial) {
    return seen.stream().filter(one -> one.serial() == serial).map(Seen::first).findFirst();
  }
}
