package parallax.config.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Vantage;
import parallax.config.wire.observation.ObservationWire;
import parallax.config.wire.observation.VantageWire;
import parallax.uplink.v1.Observed;
import parallax.uplink.v1.Uplink;

/**
 * Puts a frame of {@link ProbeFrame.Observations} together from observations that were encoded one
 * by one, without reading them again: what comes out is byte for byte what {@link ProbeFrames}
 * writes. Not thread-safe.
 */
public final class Batch {
  /** What a frame needs beside its observations, their lengths and offsets, with room to spare. */
  public static final int HEAD_ROOM = 512;

  /** What the frame needs at most beside the vantage: tags, lengths, the run, the first number. */
  private static final int HEAD_BYTES = 48;

  /** What an observation needs at most beside itself: tag and length, and its offset. */
  private static final int ITEM_BYTES = 6 + 5;

  private final int maxBytes;
  private final int maxObservations;
  private final Uplink.Observations head;
  private final List<byte[]> observations = new ArrayList<>();
  private final List<Integer> offsets = new ArrayList<>();
  private long first;
  private int bytes;

  /**
   * An empty batch of one run.
   *
   * @param vantage as {@link #encode(Vantage)} gives it
   * @param maxBytes of the whole frame
   */
  public Batch(long boot, byte[] vantage, int maxBytes, int maxObservations) {
    this.maxBytes = Math.min(maxBytes, WireLimits.MAX_PROBE_FRAME_BYTES);
    this.maxObservations = Math.min(maxObservations, WireLimits.MAX_BATCH);
    this.head = head(boot, vantage);
    this.bytes = HEAD_BYTES + vantage.length;
  }

  private static Uplink.Observations head(long boot, byte[] vantage) {
    try {
      return Uplink.Observations.newBuilder()
          .setBoot(boot)
          .mergeVantage(Observed.Vantage.parseFrom(vantage))
          .build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a vantage", e);
    }
  }

  /**
   * An observation as it stands in a frame, without who looked and its number: at most {@link
   * WireLimits#MAX_OBSERVATION_BYTES}.
   */
  public static byte[] encode(Observation observation) {
    Observed.Observation message = ObservationWire.write(observation);
    return message.getSerializedSize() <= WireLimits.MAX_OBSERVATION_BYTES
        ? message.toByteArray()
        : shortened(message).toByteArray();
  }

  /** What is left is bounded by what the records keep of each text. */
  private static Observed.Observation shortened(Observed.Observation message) {
    Observed.Observation.Builder out = message.toBuilder();
    out.getFactsBuilder().clearChain().clearWalk().clearParts();
    Observed.Observation usual = out.build();
    if (usual.getSerializedSize() <= WireLimits.MAX_OBSERVATION_BYTES) {
      return usual;
    }
    out.getFactsBuilder().clearAnswers().clearRoutes();
    return out.build();
  }

  /** Reads what {@link #encode(Observation)} gave; never throws, whatever the bytes are. */
  public static Decoded<Observation> decode(byte[] observation, ObservationId id, Vantage vantage) {
    return Framing.decode(
        Observed.Observation.parser(),
        observation,
        WireLimits.MAX_OBSERVATION_BYTES,
        message -> new Decoded.Good<>(ObservationWire.read(message, id, vantage)));
  }

  /** Reads what {@link #encode(Vantage)} gave; never throws, whatever the bytes are. */
  public static Decoded<Vantage> decodeVantage(byte[] vantage) {
    return Framing.decode(
        Observed.Vantage.parser(),
        vantage,
        WireLimits.MAX_OBSERVATION_BYTES,
        message -> new Decoded.Good<>(VantageWire.read(message)));
  }

  /** Who looked, as it stands in a frame. */
  public static byte[] encode(Vantage vantage) {
    return VantageWire.write(vantage).toByteArray();
  }

  /**
   * Adds an observation; false when it does not fit any more, or is too far from the first. The
   * first one fits into any batch of {@link WireLimits#MIN_BATCH_BYTES}.
   *
   * @param sequence greater than that of the one before
   * @param observation as {@link #encode(Observation)} gives it; not to be changed afterwards
   */
  public boolean add(long sequence, byte[] observation) {
    if (observations.isEmpty()) {
      first = sequence;
    }
    long offset = sequence - first;
    int size = ITEM_BYTES + observation.length;
    if (observations.size() == maxObservations
        || bytes + size > maxBytes
        || offset > Integer.MAX_VALUE) {
      return false;
    }
    observations.add(observation);
    offsets.add((int) offset);
    bytes += size;
    return true;
  }

  public int size() {
    return observations.size();
  }

  /** The frame, of at least one observation. */
  public byte[] frame() {
    boolean gaps = offsets.getLast() != offsets.size() - 1;
    Uplink.Observations.Builder start = head.toBuilder().setFirstSequence(first);
    byte[] before = (gaps ? start.addAllOffsets(offsets) : start).build().toByteArray();
    int length = before.length;
    for (byte[] observation : observations) {
      length +=
          CodedOutputStream.computeByteArraySize(
              Uplink.Observations.OBSERVATIONS_FIELD_NUMBER, observation);
    }
    byte[] frame =
        new byte
            [CodedOutputStream.computeTagSize(Uplink.FromProbe.OBSERVATIONS_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(length)
                + length];
    write(frame, before, length);
    return frame;
  }

  private void write(byte[] frame, byte[] before, int length) {
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(frame);
      out.writeTag(
          Uplink.FromProbe.OBSERVATIONS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeUInt32NoTag(length);
      out.writeRawBytes(before);
      for (byte[] observation : observations) {
        out.writeByteArray(Uplink.Observations.OBSERVATIONS_FIELD_NUMBER, observation);
      }
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
