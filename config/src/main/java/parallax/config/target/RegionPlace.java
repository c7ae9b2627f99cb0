package parallax.config.target;

/**
 * Where a region is, on the globe.
 *
 * @param north degrees, of the south negative; from -90 to 90
 * @param east degrees, of the west negative; from -180 to 180
 */
public record RegionPlace(Region region, double north, double east) {
  /** The pole. */
  public static final double MAX_NORTH = 90;

  /** Where the globe has been gone half around. */
  public static final double MAX_EAST = 180;

  public RegionPlace {
    // Not a number is neither more nor less than anything.
    if (!(Math.abs(north) <= MAX_NORTH && Math.abs(east) <= MAX_EAST)) {
      throw new IllegalArgumentException("not on the globe: " + north + ", " + east);
    }
  }
}
