package parallax.probe.uplink.wire;

/** Makes streams to the coordinators of a list. */
public interface Dialer {
  /** How many there are. */
  int addresses();

  /** The one at a place of the list, to be shown to people. */
  String name(int address);

  /**
   * Begins to make a stream. May wait for the disk.
   *
   * @param listener called on an event loop or by the caller; must return at once
   */
  Line dial(int address, Listener listener);

  /** What the credentials on disk are made of; another one when they have changed. */
  String credentialsMark();

  /** Who is told what happens. */
  @FunctionalInterface
  interface Listener {
    /**
     * Tells it.
     *
     * @return false when no more can be taken before {@link Line#resume}
     */
    boolean told(LineEvent event);
  }
}
