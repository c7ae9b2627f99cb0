package parallax.config.wire;

import parallax.config.wire.field.Fault;

/**
 * What bytes of a peer turned out to be.
 *
 * @param <F> the frames that the peer may send
 */
public sealed interface Decoded<F> {
  /** A frame. */
  record Good<F>(F frame) implements Decoded<F> {}

  /** A frame of a kind that this version does not know: pass over it and count it. */
  record Newer<F>(String words) implements Decoded<F> {}

  /** No frame: the peer does not keep to the contract. */
  record Bad<F>(Fault fault, String words) implements Decoded<F> {}
}
