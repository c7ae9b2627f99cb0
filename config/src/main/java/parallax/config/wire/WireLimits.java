package parallax.config.wire;

/**
 * Bounds of frames. Texts and lists inside them have bounds of their own where they are read. What
 * a frame becomes in memory is bounded by these: some fifty times its size at worst, for a frame of
 * nothing but empty messages.
 */
public final class WireLimits {
  /** The largest frame of a probe, in bytes. */
  public static final int MAX_PROBE_FRAME_BYTES = 256 * 1024;

  /** The largest frame of a coordinator, in bytes. */
  public static final int MAX_COORDINATOR_FRAME_BYTES = 4 * 1024 * 1024;

  /**
   * The largest observation that a probe sends, in bytes. With all lists of facts full of long
   * names one could be larger; then it is sent without what is told only now and then, and if that
   * is not enough without its answers and routes.
   */
  public static final int MAX_OBSERVATION_BYTES = 32 * 1024;

  /** The least that a coordinator takes in one frame, in bytes: any observation fits. */
  public static final int MIN_BATCH_BYTES = MAX_OBSERVATION_BYTES + 2 * 1024;

  /** Observations in one frame. */
  public static final int MAX_BATCH = 5_000;

  /** Targets in one frame. */
  public static final int MAX_TARGETS = 20_000;

  /** Frames of one assignment. */
  public static final int MAX_PARTS = 256;

  /** What a probe tells that it does not support, of one assignment. */
  public static final int MAX_NOT_SUPPORTED = 200;

  /** Counts of drops in one frame: more than there are priorities and causes. */
  static final int MAX_DROPS = 64;

  /** UTF-16 code units of texts for people: the software's name, why a stream ends. */
  public static final int MAX_TEXT = 300;

  /** How deeply messages lie in one another; those known to this version, eight. */
  static final int MAX_DEPTH = 24;

  private WireLimits() {}
}
