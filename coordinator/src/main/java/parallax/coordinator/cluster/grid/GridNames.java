package parallax.coordinator.cluster.grid;

/** The structures that members share. All maps are replicated and protected in the same way. */
public final class GridNames {
  /** Books of shards, by the shard's number. */
  public static final String BOOKS = "parallax.books";

  /** The newest beat, by the probe's name. */
  public static final String BEATS = "parallax.beats";

  /** Who leads, in one entry. */
  public static final String LEAD = "parallax.lead";

  /** Which probe is connected where, by the probe's name. */
  public static final String STREAMS = "parallax.streams";

  /** How the stream of a probe does, by the probe's name. */
  public static final String PROBES = "parallax.probes";

  /** The configuration, in one entry. */
  public static final String BUNDLE = "parallax.bundle";

  /** Which revision of the configuration a member is ready for, by the member's id. */
  public static final String READY = "parallax.ready";

  /** Probes that are to look again. */
  public static final String LOOK_AGAIN = "parallax.look-again";

  /** The majority without which nothing is read or written. */
  static final String MAJORITY = "parallax.majority";

  static final String ALL_MAPS = "parallax.*";

  private GridNames() {}
}
