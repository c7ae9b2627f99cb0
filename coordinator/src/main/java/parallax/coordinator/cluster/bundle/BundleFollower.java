package parallax.coordinator.cluster.bundle;

/** Applies what the leader publishes: in turn, on one thread. */
public interface BundleFollower {
  /**
   * A new bundle will become active soon: reads it and gets ready.
   *
   * @return whether it could be applied here
   */
  boolean prepare(Bundle bundle);

  /** The bundle is active on all members from now on, prepared here or not. */
  void apply(Bundle bundle);
}
