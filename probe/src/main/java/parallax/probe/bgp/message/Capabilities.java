package parallax.probe.bgp.message;

import java.util.Optional;
import java.util.Set;

/**
 * What a speaker can do (RFC 5492), as far as it matters to a listener; others are ignored.
 *
 * @param families routes it speaks of (RFC 4760 section 8)
 * @param fourByteAs its number, where it speaks in four bytes (RFC 6793)
 * @param sendsPaths families in which it would send more than one path a prefix (RFC 7911)
 * @param receivesPaths families in which it would receive them
 * @param extendedMessage whether it takes messages up to 65,535 bytes (RFC 8654)
 * @param routeRefresh whether it tells its table again when asked (RFC 2918)
 * @param restartSeconds how long it asks to keep its routes while it restarts (RFC 4724)
 */
public record Capabilities(
    Set<Family> families,
    Optional<Long> fourByteAs,
    Set<Family> sendsPaths,
    Set<Family> receivesPaths,
    boolean extendedMessage,
    boolean routeRefresh,
    Optional<Integer> restartSeconds) {
  public static final Capabilities NONE =
      new Capabilities(
          Set.of(), Optional.empty(), Set.of(), Set.of(), false, false, Optional.empty());

  public Capabilities {
    families = Set.copyOf(families);
    sendsPaths = Set.copyOf(sendsPaths);
    receivesPaths = Set.copyOf(receivesPaths);
  }

  /**
   * Those of a listener: all families, all paths, nothing of its own. It asks for no time to
   * restart, and says so, because only then others mark the end of their tables (RFC 4724 section
   * 2).
   */
  public static Capabilities ofListener(long asn) {
    Set<Family> all = Set.of(Family.values());
    return new Capabilities(all, Optional.of(asn), Set.of(), all, true, true, Optional.of(0));
  }
}
