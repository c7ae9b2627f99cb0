package parallax.probe.bgp.bmp;

import java.time.Instant;
import java.util.Optional;

/**
 * Of which peer a message speaks, and in which table it looked (RFC 7854 section 4.2, RFC 8671
 * section 4, RFC 9069 section 4.2).
 *
 * @param legacyPaths whether paths are written with numbers of two bytes
 * @param filtered whether only a part of the router's own table is told, with {@link View#LOC_RIB}
 * @param asn unsigned 32 bits; 0 where the router does not say
 * @param identifier of the peer, its 32 bits
 * @param at when the routes came or the session changed, by the router's clock, where it says so;
 *     FRR tells when it was booted with some
 */
public record PeerHeader(
    PeerKey key,
    View view,
    boolean legacyPaths,
    boolean filtered,
    long asn,
    int identifier,
    Optional<Instant> at) {
  /** Which of a router's tables. */
  public enum View {
    /** What the peer sent. */
    PRE_POLICY,
    /** What the router made of it. */
    POST_POLICY,
    /** What the router has for the peer. */
    OUT_PRE_POLICY,
    /** What the router sends to the peer. */
    OUT_POST_POLICY,
    /** What the router itself goes by. */
    LOC_RIB
  }
}
