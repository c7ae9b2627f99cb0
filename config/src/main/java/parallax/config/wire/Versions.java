package parallax.config.wire;

import java.util.Optional;

/**
 * Versions of the wire form that a peer speaks, {@code oldest} and {@code newest} included.
 *
 * @param oldest at least 1
 */
public record Versions(int oldest, int newest) {
  /** What this build speaks. */
  public static final Versions OWN = new Versions(1, 1);

  public Versions {
    if (oldest < 1 || newest < oldest) {
      throw new IllegalArgumentException("not a range of versions: " + oldest + "-" + newest);
    }
  }

  /** The newest version that both speak. */
  public Optional<Integer> agree(Versions other) {
    int common = Math.min(newest, other.newest);
    return common >= Math.max(oldest, other.oldest) ? Optional.of(common) : Optional.empty();
  }
}
