package parallax.coordinator.uplink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.metrics.Tally;

/** The port at which probes hand over what they saw, and are told what to look at. Thread-safe. */
public final class UplinkServer implements AutoCloseable {
  /** The path of the WebSocket. */
  public static final String PATH = "/uplink/v1";

  /** How long a stream has to show that it is alive when another speaks for the same probe. */
  public static final Duration CONTEST = Duration.ofSeconds(5);

  private UplinkServer() {}

  /**
   * Listens.
   *
   * @throws UplinkException when it cannot; the message says why
   */
  public static UplinkServer start(UplinkSettings settings, UplinkPorts ports) {
    throw new UnsupportedOperationException(settings + " " + ports.nanos());
  }

  /** The port that it listens on. */
  public int port() {
    return 0;
  }

  /**
   * Gives every probe the targets of its region from here on. Until the first call newcomers are
   * asked to come again.
   *
   * @param revision stands for the same targets for ever, on every member
   */
  public void assign(long revision, List<Target> targets) {}

  /** Asks a probe to look once more; false: its stream does not end here. */
  public boolean lookAgain(TargetName target, CheckKind check, ProbeName probe, Duration after) {
    return false;
  }

  /** The streams that end here, by the name of the probe. */
  public List<ProbeConnection> probes() {
    return List.of();
  }

  /**
   * For {@link Presence#heldElsewhere} of another member: whether a stream here holds on to the
   * probe. One of the same run gives way at once; one of another run gives way unless it answers.
   *
   * @return completes within {@link #CONTEST} and a little more, and never exceptionally
   */
  public CompletionStage<Boolean> holdsOnTo(Claim newcomer) {
    return CompletableFuture.completedFuture(false);
  }

  /** What it counts. */
  public List<Tally> tallies() {
    return List.of();
  }

  /** Tells all probes to go elsewhere, and stops within a bounded time. */
  @Override
  public void close() {}
}
