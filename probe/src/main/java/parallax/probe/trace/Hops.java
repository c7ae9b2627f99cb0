package parallax.probe.trace;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import parallax.config.check.ServerAddress;
import parallax.config.observation.seen.TraceSeen;
import parallax.probe.icmp.EchoHeard;
import parallax.probe.net.AddressText;

/**
 * What came back of requests with one hop to make, two, three and so on. Safe for use by many
 * threads.
 */
final class Hops {
  /** Requests that are sent at once. */
  static final int WAVE = 6;

  /** Silence of so many hops ends it. */
  static final int SILENT = 2 * WAVE;

  private final InetAddress to;
  private final String shown;
  private final List<Optional<EchoHeard>> heard =
      new ArrayList<>(Collections.nCopies(TraceSeen.MAX_HOPS + 1, Optional.empty()));

  /** On the way to a host. */
  Hops(InetAddress to) {
    this(to, AddressText.of(to));
  }

  /** On the way to a port. */
  Hops(InetSocketAddress to) {
    this(
        to.getAddress(),
        new ServerAddress(AddressText.of(to.getAddress()), to.getPort()).toString());
  }

  private Hops(InetAddress to, String shown) {
    this.to = to;
    this.shown = shown;
  }

  /**
   * Something came.
   *
   * @param hop from 1
   */
  synchronized void came(int hop, EchoHeard what) {
    heard.set(hop, Optional.of(what));
  }

  /** Whether {@code hop} has said something. */
  synchronized boolean knows(int hop) {
    return heard.get(hop).isPresent();
  }

  /** Whether all of the first {@code last} hops have answered, or all up to the end. */
  synchronized boolean isWhole(int last) {
    int end = end(last);
    for (int hop = 1; hop <= (end > 0 ? end : last); hop++) {
      if (heard.get(hop).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether there is no sense in going on after {@code last} hops: the end is known, or nobody has
   * answered for long.
   */
  synchronized boolean isEnough(int last) {
    if (last >= TraceSeen.MAX_HOPS || end(last) > 0) {
      return true;
    }
    boolean silent = last >= SILENT;
    for (int hop = last; silent && hop > last - SILENT; hop--) {
      silent = heard.get(hop).isEmpty();
    }
    return silent;
  }

  /** The first hop that is no router on the way; 0 when there is none. */
  private int end(int last) {
    for (int hop = 1; hop <= last; hop++) {
      if (heard.get(hop).filter(Hops::isEnd).isPresent()) {
        return hop;
      }
    }
    return 0;
  }

  private static boolean isEnd(EchoHeard what) {
    return switch (what) {
      case EchoHeard.Reply _ -> true;
      case EchoHeard.Undelivered message -> message.why() != EchoHeard.Why.HOPS;
    };
  }

  /** What is known now. */
  synchronized TraceSeen seen() {
    int end = end(TraceSeen.MAX_HOPS);
    List<TraceSeen.Hop> hops = new ArrayList<>();
    for (int hop = 1; hop <= (end > 0 ? end : TraceSeen.MAX_HOPS); hop++) {
      hops.add(heard.get(hop).map(this::hop).orElse(TraceSeen.Hop.SILENT));
    }
    TraceSeen.End how =
        end == 0
            ? TraceSeen.End.SILENT
            : heard.get(end).orElseThrow() instanceof EchoHeard.Reply
                ? TraceSeen.End.ARRIVED
                : TraceSeen.End.UNREACHABLE;
    // Who finds that there is no way on has said before that hops were used up.
    boolean twice =
        how == TraceSeen.End.UNREACHABLE
            && end > 1
            && hops.getLast().by().isPresent()
            && hops.getLast().by().equals(hops.get(end - 2).by());
    return new TraceSeen(shown, twice ? hops.subList(0, end - 1) : hops, how);
  }

  private TraceSeen.Hop hop(EchoHeard what) {
    Optional<InetAddress> by =
        switch (what) {
          case EchoHeard.Reply _ -> Optional.of(to);
          case EchoHeard.Undelivered message -> message.by();
        };
    Duration after = what.after();
    return by.map(
            address -> new TraceSeen.Hop(Optional.of(AddressText.of(address)), Optional.of(after)))
        .orElse(TraceSeen.Hop.SILENT);
  }
}
