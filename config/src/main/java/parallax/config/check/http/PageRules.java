package parallax.config.check.http;

/**
 * What a page and all that it loads must be.
 *
 * @param sameHost whether only what lies at the page's own host is fetched
 * @param maxResources more are counted and not fetched
 * @param maxBytes of all bodies together; what is left then is counted and not fetched
 * @param blocking what it means when a script or style fails for which the page waits
 * @param others what it means when anything else fails
 */
public record PageRules(
    boolean sameHost, int maxResources, long maxBytes, Weight blocking, Weight others) {
  /** The most resources that can be configured. */
  public static final int MAX_RESOURCES = 300;

  /** The most bytes that can be configured. */
  public static final long MAX_BYTES = 200L * 1024 * 1024;

  public static final PageRules DEFAULT =
      new PageRules(false, 100, 20L * 1024 * 1024, Weight.DOWN, Weight.DEGRADED);

  /** What a failure means for the target. */
  public enum Weight {
    DOWN,
    DEGRADED,
    IGNORED
  }

  public PageRules {
    if (maxResources < 0 || maxResources > MAX_RESOURCES) {
      throw new IllegalArgumentException("0 to 300 resources: " + maxResources);
    }
    if (maxBytes < 1 || maxBytes > MAX_BYTES) {
      throw new IllegalArgumentException("not a number of bytes to fetch: " + maxBytes);
    }
  }
}
