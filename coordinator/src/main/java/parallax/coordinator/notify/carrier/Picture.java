package parallax.coordinator.notify.carrier;

/**
 * A picture that goes with a letter: PNG, of the incident from before it began to now. It shows
 * nothing that the letter's page does not say; whoever cannot show it leaves it away.
 */
public final class Picture {
  /** Larger ones are not sent. */
  public static final int MAX_BYTES = 256 * 1024;

  private final byte[] png;

  /**
   * A picture.
   *
   * @throws IllegalArgumentException when it is larger than {@link #MAX_BYTES}
   */
  public Picture(byte[] png) {
    if (png.length > MAX_BYTES) {
      throw new IllegalArgumentException("a picture has at most " + MAX_BYTES + " bytes");
    }
    this.png = png.clone();
  }

  public byte[] png() {
    return png.clone();
  }
}
