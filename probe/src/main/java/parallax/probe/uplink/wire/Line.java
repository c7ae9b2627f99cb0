package parallax.probe.uplink.wire;

/** One stream to a coordinator, from the attempt to make it on. Safe for use by many threads. */
public interface Line {
  /** Whether little enough waits to be written that another frame may be sent. */
  boolean hasRoom();

  /**
   * Sends a frame.
   *
   * @param observations whether it holds any: {@link LineEvent.Written} tells when it was written
   */
  void send(byte[] frame, boolean observations);

  /** Frames may come again, after the listener has said that it cannot take more. */
  void resume();

  /** Ends it, after what was sent is written; its end is still told. */
  void close();
}
