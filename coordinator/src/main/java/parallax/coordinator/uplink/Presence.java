package parallax.coordinator.uplink;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which probes speak to the other members. Thread-safe; never blocks. The other direction is {@link
 * UplinkServer#holdsOnTo}.
 */
public interface Presence {
  /** There are no other members. */
  Presence ALONE =
      new Presence() {
        @Override
        public void connected(Claim claim) {}

        @Override
        public void disconnected(Claim claim) {}

        @Override
        public CompletionStage<Boolean> heldElsewhere(Claim newcomer) {
          return CompletableFuture.completedFuture(false);
        }
      };

  /** The probe speaks to this member now. */
  void connected(Claim claim);

  /** It does not any more. */
  void disconnected(Claim claim);

  /**
   * Whether another member has a stream of this probe and holds on to it: asks the member that said
   * it was connected, by {@link UplinkServer#holdsOnTo} there. A member that cannot be asked does
   * not.
   *
   * @return completes within {@link UplinkServer#CONTEST} and a little more, and never
   *     exceptionally
   */
  CompletionStage<Boolean> heldElsewhere(Claim newcomer);
}
