package parallax.probe.uplink;

import parallax.probe.uplink.session.UplinkInput.Sent;

/** A frame of observations of one run, ready to be sent. */
final class Parcel {
  private final Sent content;
  private final byte[] frame;

  Parcel(Sent content, byte[] frame) {
    this.content = content;
    this.frame = frame;
  }

  /** What it will be once it is sent. */
  Sent content() {
    return content;
  }

  byte[] frame() {
    return frame;
  }
}
