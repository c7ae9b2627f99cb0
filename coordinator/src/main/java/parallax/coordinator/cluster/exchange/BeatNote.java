package parallax.coordinator.cluster.exchange;

import java.time.Instant;
import java.util.Optional;
import parallax.config.observation.Vantage;
import parallax.config.wire.Batch;
import parallax.config.wire.Decoded;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.pack.Wire;
import parallax.coordinator.core.fleet.Beat;

/** A beat as members tell it, who have measured the clock of the probe that they listen to. */
record BeatNote(Beat beat) {
  static final Wire<BeatNote> WIRE =
      new Wire<>(BeatNote.class, "parallax.Beat", BeatNote::pack, BeatNote::unpack);

  private static final int MAX_BYTES = 1_024;
  private static final long NANOS = 1_000_000_000;

  private byte[] pack() {
    Packer out = new Packer();
    out.bytes(Batch.encode(beat.vantage()));
    write(out, beat.country());
    write(out, beat.resolver());
    return out.number(nanos(beat.sent())).number(nanos(beat.received())).done();
  }

  private static BeatNote unpack(byte[] bytes) {
    Unpacker in = new Unpacker(bytes);
    if (Batch.decodeVantage(in.bytes(MAX_BYTES)) instanceof Decoded.Good<Vantage>(var vantage)) {
      Beat beat =
          new Beat(vantage, text(in), text(in), instant(in.number()), instant(in.number()), true);
      in.end();
      return new BeatNote(beat);
    }
    throw new IllegalArgumentException("a beat of nobody");
  }

  private static void write(Packer out, Optional<String> text) {
    out.flag(text.isPresent());
    text.ifPresent(out::text);
  }

  private static Optional<String> text(Unpacker in) {
    return in.flag() ? Optional.of(in.text(MAX_BYTES)) : Optional.empty();
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * NANOS + instant.getNano();
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }
}
