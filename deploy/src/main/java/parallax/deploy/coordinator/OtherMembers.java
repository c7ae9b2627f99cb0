package parallax.deploy.coordinator;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parallax.coordinator.cluster.exchange.ProbeStream;
import parallax.coordinator.cluster.exchange.Streams;
import parallax.coordinator.uplink.Claim;
import parallax.coordinator.uplink.Presence;

/**
 * Which probes speak to the other members, as the cluster holds it. A stream of another run that a
 * member which is present has not given up yet is held on to: it is gone as soon as its connection
 * is, and a probe that is refused comes again.
 */
final class OtherMembers implements Presence {
  private final Streams streams;
  private final String own;

  /**
   * @param own the name of this member
   */
  OtherMembers(Streams streams, String own) {
    this.streams = streams;
    this.own = own;
  }

  @Override
  public void connected(Claim claim) {
    streams.opened(claim.probe().value(), claim.boot());
  }

  @Override
  public void disconnected(Claim claim) {
    streams.closed(claim.probe().value(), claim.boot());
  }

  @Override
  public CompletionStage<Boolean> heldElsewhere(Claim newcomer) {
    return CompletableFuture.completedFuture(
        streams.known().stream().anyMatch(stream -> isAnother(stream, newcomer)));
  }

  private boolean isAnother(ProbeStream stream, Claim newcomer) {
    return stream.probe().equals(newcomer.probe().value())
        && stream.boot() != newcomer.boot()
        && !stream.member().equals(own);
  }
}
