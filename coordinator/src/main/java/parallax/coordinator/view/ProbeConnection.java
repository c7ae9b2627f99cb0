package parallax.coordinator.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.wire.ProbeFrame;

/**
 * A stream of a probe to a coordinator, as it is shown.
 *
 * @param boot the run of the probe
 * @param address from where it came, without the port; empty: it is in the coordinator's process
 * @param credential the id of its token, never the token; empty: a client certificate, or none
 * @param coordinator the name of the one that it is connected to
 * @param since by that one's clock, as all times here
 * @param accepted the assignment it works by; empty: none yet
 * @param notSupported what it leaves out of that, the first {@link #MAX_NOT_SUPPORTED}
 * @param clock how far its clock is ahead; empty: not measured yet
 * @param spool what waits at the probe; empty: it does not tell
 * @param drops what it never handed over in this run
 * @param heard when its last frame came
 */
public record ProbeConnection(
    Vantage vantage,
    long boot,
    Optional<String> address,
    Optional<String> credential,
    String coordinator,
    Instant since,
    String software,
    Optional<Long> accepted,
    List<ProbeFrame.NotSupported> notSupported,
    Optional<Clock> clock,
    Optional<ProbeFrame.Spooled> spool,
    SortedMap<ProbeFrame.Dropped, Long> drops,
    Instant heard,
    State state) {
  /** More of what a probe does not support is not shown. */
  public static final int MAX_NOT_SUPPORTED = 20;

  public ProbeConnection {
    notSupported = notSupported.stream().limit(MAX_NOT_SUPPORTED).toList();
    drops = Collections.unmodifiableSortedMap(new TreeMap<>(drops));
  }

  /** What it is doing; of several streams of one probe the one that comes first here is shown. */
  public enum State {
    /** All is well. */
    OPEN,
    /** It was welcomed and is not read for a while, because too much came. */
    HELD_BACK,
    /** It was not welcomed yet: another stream may speak for this probe. */
    WAITING,
    /** It has ended; the rest is what was known last. */
    GONE
  }

  /**
   * Its clock (RFC 5905 section 8).
   *
   * @param ahead of the coordinator's; negative: behind
   * @param roundTrip of the message by which that was measured; the error is at most half of it
   */
  public record Clock(Duration ahead, Duration roundTrip) {}

  /** Whether there is no such stream any more. */
  public boolean isGone() {
    return state == State.GONE;
  }

  /** The same after its end. */
  public ProbeConnection gone() {
    return new ProbeConnection(
        vantage,
        boot,
        address,
        credential,
        coordinator,
        since,
        software,
        accepted,
        notSupported,
        clock,
        spool,
        drops,
        heard,
        State.GONE);
  }

  /** One of each probe, the one that says most of it. */
  public static SortedMap<ProbeName, ProbeConnection> byProbe(Collection<ProbeConnection> all) {
    SortedMap<ProbeName, ProbeConnection> best = new TreeMap<>();
    all.forEach(each -> best.merge(each.vantage().probe(), each, ProbeConnection::better));
    return best;
  }

  private static ProbeConnection better(ProbeConnection one, ProbeConnection other) {
    int byState = one.state.compareTo(other.state);
    boolean later = other.since.isAfter(one.since);
    return byState < 0 || (byState == 0 && !later) ? one : other;
  }
}
