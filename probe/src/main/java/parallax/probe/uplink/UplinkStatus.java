package parallax.probe.uplink;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.wire.ProbeFrame.Dropped;
import parallax.probe.spool.Spool;

/**
 * How an uplink does.
 *
 * @param connected whether a coordinator listens
 * @param coordinator which one, or which is tried next
 * @param assignment the revision that the probe works by
 * @param unacknowledged observations on the way
 * @param counts since the start
 * @param drops what was never handed over, since the start
 */
public record UplinkStatus(
    boolean connected,
    String coordinator,
    Optional<Long> assignment,
    int unacknowledged,
    Counts counts,
    Spool.Fill spool,
    SortedMap<Dropped, Long> drops) {
  public UplinkStatus {
    drops = Collections.unmodifiableSortedMap(new TreeMap<>(drops));
  }

  /**
   * Since the start.
   *
   * @param streams that a coordinator has welcomed
   * @param failures streams that ended, and attempts to make one that failed
   * @param framesIn that came, of any kind
   * @param framesOut that were given to a stream
   * @param newer frames of kinds that this version does not know
   * @param sent observations in frames, repeated ones too
   * @param defective observations that were lost through a defect of this program
   */
  public record Counts(
      long streams,
      long failures,
      long framesIn,
      long framesOut,
      long newer,
      long sent,
      long defective) {}
}
