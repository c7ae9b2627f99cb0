package parallax.probe.bgp.message;

import parallax.probe.net.Cidr;

/**
 * One prefix of an update.
 *
 * @param pathId the path identifier (RFC 7911 section 3), unsigned 32 bits; 0 without one
 */
public record Route(Cidr prefix, long pathId) {}
