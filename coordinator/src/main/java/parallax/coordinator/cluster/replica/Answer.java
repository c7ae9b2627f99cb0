package parallax.coordinator.cluster.replica;

import java.util.Optional;
import java.util.function.Function;
import parallax.coordinator.cluster.pack.Packer;
import parallax.coordinator.cluster.pack.Unpacker;
import parallax.coordinator.cluster.pack.Wire;

/** What a book answered, as bytes. Immutable. */
final class Answer {
  /** Refused: somebody with a greater right was there. */
  static final Answer REFUSED = new Answer(Optional.empty());

  /** Done, and there is nothing to say. */
  static final Answer DONE = new Answer(Optional.of(new byte[0]));

  static final Wire<Answer> WIRE =
      new Wire<>(Answer.class, "parallax.Answer", Answer::pack, Answer::unpack);

  private static final int MAX_BYTES = 256 * 1024 * 1024;

  private final Optional<byte[]> bytes;

  private Answer(Optional<byte[]> bytes) {
    this.bytes = bytes;
  }

  static Answer of(byte[] bytes) {
    return new Answer(Optional.of(bytes));
  }

  boolean isRefused() {
    return bytes.isEmpty();
  }

  /** Empty when it was refused. */
  <T> Optional<T> read(Function<byte[], T> unpack) {
    return bytes.map(unpack);
  }

  private byte[] pack() {
    Packer out = new Packer(bytes.map(array -> array.length).orElse(0) + 16);
    out.flag(bytes.isPresent());
    bytes.ifPresent(out::bytes);
    return out.done();
  }

  private static Answer unpack(byte[] packed) {
    Unpacker in = new Unpacker(packed);
    return in.flag() ? of(in.bytes(MAX_BYTES)) : REFUSED;
  }
}
