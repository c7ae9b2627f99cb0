package parallax.probe.bgp.route;

/**
 * A router that tells what it has in its table.
 *
 * @param source who listens to it: a collector such as {@code rrc21}, a BMP router, a file
 * @param address its address as text (RFC 5952), or the name that the source has for it
 * @param asn its autonomous system, unsigned 32 bits (RFC 6793); 0 where the source does not tell
 */
public record Peer(String source, String address, long asn) {}
