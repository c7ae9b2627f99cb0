package parallax.config.observation.seen;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.text.PrintableText;

/**
 * The way to an address that could not be reached, as connections or ICMP echo requests with few
 * hops to make show it (RFC 792, RFC 4443 section 3.3).
 *
 * @param to the address that echoes were sent to, IPv6 without brackets; with its port, such as
 *     {@code 192.0.2.80:443} or {@code [2001:db8::80]:443}, where connections were begun
 * @param hops from the first on, at most {@link #MAX_HOPS}; silent ones at the end are left out
 * @param end how it ends
 */
public record TraceSeen(String to, List<Hop> hops, End end) {
  /** More hops than this are not looked at. */
  public static final int MAX_HOPS = 30;

  /** Longer addresses are cut, in UTF-16 code units. */
  private static final int MAX_ADDRESS = 64;

  public TraceSeen {
    to = PrintableText.bounded(to, MAX_ADDRESS);
    List<Hop> told = new ArrayList<>(hops.stream().limit(MAX_HOPS).toList());
    while (!told.isEmpty() && told.getLast().by().isEmpty()) {
      told.removeLast();
    }
    hops = List.copyOf(told);
  }

  /** How a trace ends. */
  public enum End {
    /** The address itself answers. */
    ARRIVED,
    /** The last hop says that it cannot be reached. */
    UNREACHABLE,
    /** Nobody says anything after the last hop. */
    SILENT
  }

  /**
   * Who answers at a hop.
   *
   * @param by the router's address, or the one looked for; empty: nobody
   * @param after the round trip
   */
  public record Hop(Optional<String> by, Optional<Duration> after) {
    public static final Hop SILENT = new Hop(Optional.empty(), Optional.empty());

    public Hop {
      by = by.map(address -> PrintableText.bounded(address, MAX_ADDRESS));
      if (by.isPresent() != after.isPresent() || after.filter(Duration::isNegative).isPresent()) {
        throw new IllegalArgumentException("a hop without a time, or with an odd one: " + after);
      }
    }
  }
}
