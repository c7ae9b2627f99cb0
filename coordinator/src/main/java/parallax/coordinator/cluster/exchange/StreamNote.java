package parallax.coordinator.cluster.exchange;

import java.time.Instant;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.pack.Wire;

/**
 * A stream as members tell it.
 *
 * @param memberId of the start of the member that holds it, see {@code MemberAttributes.id}
 */
record StreamNote(ProbeStream stream, String memberId) {
  static final Wire<StreamNote> WIRE =
      new Wire<>(StreamNote.class, "parallax.Stream", StreamNote::pack, StreamNote::unpack);

  private static final int MAX_TEXT_BYTES = 1_024;

  private byte[] pack() {
    return new Packer()
        .text(stream.probe())
        .number(stream.boot())
        .text(stream.member())
        .number(stream.since().toEpochMilli())
        .text(memberId)
        .done();
  }

  private static StreamNote unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    StreamNote note =
        new StreamNote(
            new ProbeStream(
                in.text(MAX_TEXT_BYTES),
                in.number(),
                in.text(MAX_TEXT_BYTES),
                Instant.ofEpochMilli(in.number())),
            in.text(MAX_TEXT_BYTES));
    in.end();
    return note;
  }
}
