package parallax.coordinator.uplink;

import java.util.List;
import java.util.Locale;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.uplink.session.SessionEffect.What;

/** What the uplink counts. Thread-safe. */
final class UplinkCounters {
  private final Tally streams =
      new Tally("parallax_uplink_streams_total", "Streams of probes that were opened.");
  private final Tally handshakes =
      new Tally(
          "parallax_uplink_handshakes_refused_total",
          "Connections that did not become a stream.",
          "why");
  private final Tally refused =
      new Tally("parallax_uplink_refused_total", "Streams that were ended with a reason.", "why");
  private final Tally cut =
      new Tally("parallax_uplink_cut_total", "Streams that were cut without a word.", "why");
  private final Tally observations =
      new Tally(
          "parallax_uplink_observations_total",
          "Observations that came in: stored, kept by the probe, not of its targets, unreadable.",
          "became");
  private final Tally bytes =
      new Tally("parallax_uplink_received_bytes_total", "Bytes of frames that came in.");
  private final Tally acks = new Tally("parallax_uplink_acks_total", "Ranges acknowledged.");
  private final Tally newer =
      new Tally("parallax_uplink_unknown_frames_total", "Frames of kinds that are not known here.");
  private final Tally heldBack =
      new Tally("parallax_uplink_held_back_total", "How often a stream was not read for a while.");
  private final Tally duplicates =
      new Tally(
          "parallax_uplink_duplicates_total",
          "Streams that wanted to speak for a probe that another stream speaks for.",
          "became");

  UplinkCounters() {
    for (Refused.Why why : Refused.Why.values()) {
      refused.add(0, word(why));
    }
  }

  /** All of them. */
  List<Tally> all() {
    return List.of(
        streams, handshakes, refused, cut, observations, bytes, acks, newer, heldBack, duplicates);
  }

  void opened() {
    streams.count();
  }

  /** A connection ended before it was a stream. */
  void turnedAway(String why) {
    handshakes.count(why);
  }

  void refused(Refused.Why why) {
    refused.count(word(why));
  }

  /** A stream was cut that can no longer be told why. */
  void cut(String why) {
    cut.count(why);
  }

  void received(int length) {
    bytes.add(length);
  }

  /** Somebody wanted to speak for a probe that somebody else speaks for. */
  void duplicate(boolean replaced) {
    duplicates.count(replaced ? "replaced" : "refused");
  }

  void count(What what, long amount) {
    switch (what) {
      case STORED, KEPT, NOT_ASSIGNED, UNREADABLE -> observations.add(amount, word(what));
      case NEWER_FRAMES -> newer.add(amount);
      case ACKS -> acks.add(amount);
      case HELD_BACK -> heldBack.add(amount);
    }
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
